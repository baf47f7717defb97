/* SPDX-License-Identifier: MIT */
#include "run/terminal.h"
#include "base/util.h"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

static void null_stdin(void)
{
	int fd = open("/dev/null", O_RDONLY);

	if (fd < 0 || dup2(fd, STDIN_FILENO) < 0)
		die("cannot open /dev/null:");
	if (fd > STDERR_FILENO)
		close(fd);
}

void terminal_open(struct terminal *t)
{
	for (int fd = 0; fd < 3; fd++)
		if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", fd ? O_WRONLY : O_RDONLY) != fd)
			die("cannot open /dev/null:");
	if (isatty(STDIN_FILENO) && tcgetpgrp(STDIN_FILENO) != getpgrp())
		null_stdin();
	t->interactive = tcgetattr(STDIN_FILENO, &t->saved) == 0;
	for (int fd = 0; fd < 3; fd++)
		t->flags[fd] = fcntl(fd, F_GETFL);
}

void terminal_restore(const struct terminal *t)
{
	for (int fd = 0; fd < 3; fd++)
		fcntl(fd, F_SETFL, t->flags[fd]);
	if (t->interactive && tcgetpgrp(STDIN_FILENO) == getpgrp())
		tcsetattr(STDIN_FILENO, TCSADRAIN, &t->saved);
}
