/* SPDX-License-Identifier: MIT */
#include "base/dirlock.h"
#include "base/arena.h"
#include "base/holder.h"
#include "base/proc.h"
#include "base/util.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define PATIENCE 4 /* looks before it says that it waits */

static int held = -1;

static bool is_ancestor(struct arena *a, int pid)
{
	for (int above = (int)getppid(); above > 1; above = proc_info(a, above).parent)
		if (above == pid)
			return true;
	return false;
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
		if (tries == PATIENCE && fstat(fd, &st) == 0 && !announce(a, lock_holder(a, &st)))
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
