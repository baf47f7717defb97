/* SPDX-License-Identifier: MIT */
#include "run/turn.h"
#include "base/fs.h"
#include "base/util.h"
#include "run/tokens.h"
#include "track/lock.h"
#include "track/settle.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#define POOL_MAX 1000

static const struct timespec tick = {.tv_nsec = 50000000};

static int open_lock(const char *path)
{
	int fd = make_parents(path) ? open(path, O_RDWR | O_CREAT, 0644) : -1;

	if (fd < 0)
		warn("cannot open %s:", path);
	return fd;
}

enum got { GOT, BUSY, BROKEN };

static enum got try_lock(int fd, int how, const char *path)
{
	if (flock(fd, how | LOCK_NB) == 0)
		return GOT;
	if (errno == EWOULDBLOCK || errno == EINTR)
		return BUSY;
	warn("cannot lock %s:", path);
	return BROKEN;
}

bool turn_is_on(void)
{
	int fd = open_lock(SETTLE_LOCK);
	enum got got = fd < 0 ? BROKEN : BUSY;

	while (got == BUSY) {
		got = try_lock(fd, LOCK_SH, SETTLE_LOCK);
		if (got == BUSY)
			nanosleep(&tick, NULL);
	}
	lock_note(fd);
	return got == GOT;
}

/* Looks at each place of a pool once. */
static enum got try_pool(struct arena *a, const char *name, long depth)
{
	enum got got = BUSY;

	for (long i = 0; got == BUSY && i < depth; i++) {
		const char *path = arena_printf(a, "out/stage/pool-%s.%ld.lock", name, i);
		int fd = open_lock(path);

		got = fd < 0 ? BROKEN : try_lock(fd, LOCK_EX, path);
		if (got == BUSY)
			close(fd);
		else
			lock_note(fd);
	}
	return got;
}

bool turn_in_pool(struct arena *a, const char *pool)
{
	const char *colon = strchr(pool, ':');
	long depth = colon ? atol(colon + 1) : 0;

	if (depth < 1 || depth > POOL_MAX) {
		warn("run: --pool=%s: NAME:DEPTH expected", pool);
		return false;
	}
	const char *name = arena_dup(a, pool, (size_t)(colon - pool));
	enum got got = try_pool(a, name, depth);
	if (got != BUSY)
		return got == GOT;
	/* Else a kernel that waits for another one would keep that from using all processors. */
	struct tokens tokens = tokens_find();
	token_give(&tokens);
	while (got == BUSY) {
		nanosleep(&tick, NULL);
		got = try_pool(a, name, depth);
	}
	token_take(&tokens);
	return got == GOT;
}

static const char *stamp_new(struct arena *a, const char *stamp)
{
	return arena_printf(a, "%s.new", stamp);
}

bool stamp_begin(struct arena *a, const char *stamp)
{
	const char *path = stamp_new(a, stamp);

	/* A new file gets its time from the clock that outputs get theirs from. */
	if (make_parents(path) && (unlink(path) == 0 || errno == ENOENT)) {
		int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);

		if (fd >= 0 && close(fd) == 0)
			return true;
	}
	warn("cannot write %s:", path);
	return false;
}

bool stamp_end(struct arena *a, const char *stamp)
{
	if (rename(stamp_new(a, stamp), stamp) == 0)
		return true;
	warn("cannot write %s:", stamp);
	return false;
}
