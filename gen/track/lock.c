/* SPDX-License-Identifier: MIT */
#include "track/lock.h"
#include "base/fs.h"
#include "base/holder.h"
#include "base/util.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#define PATIENCE 20 /* looks before it says that it waits */

static int *noted;
static size_t nnoted;

static void announce(int fd, const char *id, const char *path)
{
	struct arena a = {0};
	struct stat st;
	int pid = fstat(fd, &st) == 0 ? lock_holder(&a, &st) : 0;

	if (pid > 0)
		warn("%s: waiting for process %d (%s), which holds %s", id, pid,
		     command_of(&a, pid), path);
	else
		warn("%s: waiting for another build that holds %s", id, path);
	arena_free(&a);
}

static bool wait_for(int fd, int how, const char *id, const char *path)
{
	const struct timespec tick = {.tv_nsec = 50000000};

	for (int tries = 0; flock(fd, how | LOCK_NB) < 0; tries++) {
		if (errno != EWOULDBLOCK && errno != EINTR) {
			warn("cannot lock %s:", path);
			return false;
		}
		if (how & LOCK_NB)
			return false;
		if (tries == PATIENCE)
			announce(fd, id, path);
		nanosleep(&tick, NULL);
	}
	return true;
}

int stage_lock(struct arena *a, const char *id, int how)
{
	const char *path = arena_printf(a, "out/stage/%s.lock", id);
	int fd = make_parents(path) ? open(path, O_RDWR | O_CREAT, 0644) : -1;

	if (fd < 0)
		warn("cannot open %s:", path);
	if (fd >= 0 && !wait_for(fd, how, id, path)) {
		close(fd);
		fd = -1;
	}
	return fd;
}

void lock_note(int fd)
{
	if (fd < 0)
		return;
	noted = xrealloc(noted, (nnoted + 1) * sizeof(*noted));
	noted[nnoted++] = fd;
}

void locks_leave(void)
{
	for (size_t i = 0; i < nnoted; i++)
		flock(noted[i], LOCK_UN);
	free(noted);
	noted = NULL;
	nnoted = 0;
}
