/* SPDX-License-Identifier: MIT */
#include "run/tokens.h"
#include "base/util.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_pipe(int fd)
{
	struct stat st;

	return fd >= 0 && fstat(fd, &st) == 0 && S_ISFIFO(st.st_mode);
}

/* What make passes on: two descriptors, which are closed where it lends nothing, or (since 4.4) the
 * path of a pipe. */
struct tokens tokens_find(void)
{
	static const char option[] = "--jobserver-auth=";
	struct tokens t = {-1, -1};
	const char *flags = getenv("MAKEFLAGS"), *at = NULL, *fifo;

	for (const char *p = flags; p && (p = strstr(p, option)); p++)
		at = p + sizeof(option) - 1;
	if (!at)
		return t;
	fifo = after_prefix(at, "fifo:");
	if (fifo) {
		char *path = strndup(fifo, strcspn(fifo, " "));

		t.in = t.out = path ? open(path, O_RDWR | O_CLOEXEC) : -1;
		free(path);
	} else if (sscanf(at, "%d,%d", &t.in, &t.out) != 2) {
		t.in = t.out = -1;
	}
	if (!is_pipe(t.in) || !is_pipe(t.out))
		t.in = t.out = -1;
	return t;
}

void token_give(const struct tokens *t)
{
	while (t->out >= 0 && write(t->out, "+", 1) < 0 && errno == EINTR)
		;
}

/* Make itself may have set the pipe not to block. */
void token_take(const struct tokens *t)
{
	struct pollfd ready = {.fd = t->in, .events = POLLIN};
	char token;

	while (t->in >= 0 && read(t->in, &token, 1) != 1)
		if (errno != EINTR &&
		    (errno != EAGAIN || (poll(&ready, 1, -1) < 0 && errno != EINTR)))
			return;
}
