/* SPDX-License-Identifier: MIT */
#include "run/rundir.h"
#include "base/fs.h"
#include "base/util.h"

#include <errno.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <time.h>

#define TOP   "runOutput"
#define TRIES 100

/* A directory in runOutput that nobody else has, or NULL with errno set. */
static const char *new_dir(struct arena *a, const char *name, const char *verb)
{
	char when[32];
	time_t now = time(NULL);
	struct tm tm;

	strftime(when, sizeof(when), "%Y-%m-%d--%H-%M-%S", gmtime_r(&now, &tm));
	for (int i = 0; i < TRIES; i++) {
		unsigned random;

		if (getrandom(&random, sizeof(random), 0) != sizeof(random))
			return NULL;
		const char *dir = arena_printf(a, "%s-%s-%s-%08X", name, verb, when, random);
		if (mkdir(arena_printf(a, TOP "/%s", dir), 0755) == 0)
			return dir;
		if (errno != EEXIST)
			return NULL;
	}
	return NULL;
}

const char *rundir_make(struct arena *a, const char *name, const char *verb)
{
	const char *dir = make_dirs(TOP, 0755) ? new_dir(a, name, verb) : NULL;

	if (!dir) {
		warn("cannot make a directory in " TOP ":");
		return NULL;
	}
	const char *latest = arena_printf(a, TOP "/%s-latest", name);
	if (!make_symlink(dir, latest))
		warn("note: cannot turn the link %s to this run:", latest);
	return arena_printf(a, TOP "/%s", dir);
}

const char *rundir_part(struct arena *a, const char *dir, const char *name)
{
	const char *path = arena_printf(a, "%s/%s", dir, name);

	if (make_dirs(path, 0755))
		return path;
	warn("cannot make %s:", path);
	return NULL;
}
