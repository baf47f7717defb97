/* SPDX-License-Identifier: MIT */
#include "base/dirlock.h"
#include "base/arena.h"
#include "base/fs.h"
#include "base/proc.h"
#include "base/util.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#define PATIENCE 4 /* looks before it says that it waits */

static int held = -1;

/* Whether a process has a directory open; true also where nobody may know. Two file systems can
 * have equal inodes. */
static bool has_open(struct arena *a, int pid, const struct stat *dir)
{
	const char *fds = arena_printf(a, "/proc/%d/fd", pid);
	struct stat st;
	size_t n = 0;
	char **names = list_dir(a, fds, &n);

	for (size_t i = 0; names && i < n; i++)
		if (stat(arena_printf(a, "%s/%s", fds, names[i]), &st) == 0 &&
		    st.st_ino == dir->st_ino && st.st_dev == dir->st_dev)
			return true;
	return !names;
}

/* The process that has the lock of a directory, as the kernel tells; 0: not known. */
static int find_holder(struct arena *a, const struct stat *dir)
{
	struct buf text = {0};
	unsigned long ino;
	int pid = 0, who;

	if (!read_file("/proc/locks", &text))
		return 0;
	for (char *rest = text.data, *line; !pid && (line = strsep(&rest, "\n"));)
		if (sscanf(line, "%*s FLOCK %*s WRITE %d %*x:%*x:%lu", &who, &ino) == 2 &&
		    ino == dir->st_ino && has_open(a, who, dir))
			pid = who;
	buf_free(&text);
	return pid;
}

static bool is_ancestor(struct arena *a, int pid)
{
	for (int above = (int)getppid(); above > 1; above = proc_info(a, above).parent)
		if (above == pid)
			return true;
	return false;
}

/* The command line of a process, as far as it is of use. */
static const char *command_of(struct arena *a, int pid)
{
	struct buf b = {0};

	if (!read_file(arena_printf(a, "/proc/%d/cmdline", pid), &b) || !b.len)
		buf_puts(&b, "?");
	for (size_t i = 0; i + 1 < b.len; i++)
		if ((unsigned char)b.data[i] < ' ')
			b.data[i] = ' ';
	const char *text = arena_strdup(a, buf_str(&b));
	buf_free(&b);
	return text;
}

/* Says for whom it waits; false where that one waits for us. */
static bool announce(struct arena *a, int pid)
{
	if (pid <= 0) {
		warn("waiting for another process that builds in this directory");
		return true;
	}
	const char *command = command_of(a, pid);
	if (is_ancestor(a, pid)) {
		warn("process %d (%s) builds in this directory, and waits for this one", pid,
		     command);
		return false;
	}
	warn("waiting for process %d (%s), which builds in this directory", pid, command);
	return true;
}

static bool wait_for(struct arena *a, int fd)
{
	const struct timespec tick = {.tv_nsec = 50000000};
	struct stat st;

	for (int tries = 0; flock(fd, LOCK_EX | LOCK_NB) < 0; tries++) {
		if (errno != EWOULDBLOCK && errno != EINTR)
			return true;
		if (tries == PATIENCE && fstat(fd, &st) == 0 && !announce(a, find_holder(a, &st)))
			return false;
		nanosleep(&tick, NULL);
	}
	return true;
}

bool dirlock_take(void)
{
	struct arena a = {0};
	bool ok = true;

	if (held >= 0)
		return true;
	held = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (held >= 0)
		ok = wait_for(&a, held);
	if (!ok)
		dirlock_leave();
	arena_free(&a);
	return ok;
}

void dirlock_leave(void)
{
	if (held >= 0)
		close(held);
	held = -1;
}
