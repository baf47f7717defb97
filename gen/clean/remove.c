/* SPDX-License-Identifier: MIT */
/* The part of heap.h that removes. */
#include "base/fs.h"
#include "base/util.h"
#include "clean/heap.h"
#include "track/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <sys/file.h>
#include <unistd.h>

static long long counted; /* nftw hands nothing on */

/* A file with several names is counted in parts, so that all of them together give its size. */
static int count(const char *path, const struct stat *st, int type, struct FTW *at)
{
	(void)path, (void)type, (void)at;
	if (S_ISREG(st->st_mode))
		counted += (long long)st->st_blocks * 512 / (long long)st->st_nlink;
	return 0;
}

static long long size_of(const char *path)
{
	counted = 0;
	nftw(path, count, 16, FTW_PHYS);
	return counted;
}

static long long sizes_of(const struct paths *p)
{
	long long sum = 0;

	for (size_t i = 0; i < p->n; i++)
		sum += size_of(p->v[i]);
	return sum;
}

static const char *show_size(struct arena *a, long long bytes)
{
	static const char *const units[] = {"kB", "MB", "GB", "TB"};
	double size = (double)bytes / 1000;
	size_t i = 0;

	for (; size >= 1000 && i + 1 < LEN(units); i++)
		size /= 1000;
	return arena_printf(a, "%.*f %s", size < 10 && i ? 1 : 0, size, units[i]);
}

/* Whoever boots from a disk has the lock. It is kept until the end of this process. */
static bool take_disk(struct arena *a, const char *name)
{
	int fd = open(arena_printf(a, "state/%s.lock", name), O_RDWR | O_CLOEXEC | O_NOFOLLOW);

	if (fd < 0 || flock(fd, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK)
		return true;
	warn("%s is running, so nothing is removed: end it first", name);
	close(fd);
	return false;
}

static bool take_locks(struct heap *h)
{
	for (size_t i = 0; i < h->disks.n; i++)
		if (!take_disk(h->arena, h->disks.v[i]))
			return false;
	for (size_t i = 0; i < h->stages.n; i++) {
		int fd = stage_lock(h->arena, h->stages.v[i], LOCK_EX);

		if (fd < 0)
			return false;
		lock_note(fd);
	}
	return true;
}

static bool remove_all(const struct paths *p)
{
	bool ok = true;

	for (size_t i = 0; i < p->n; i++)
		if (!remove_tree(p->v[i])) {
			warn("cannot remove %s:", p->v[i]);
			ok = false;
		}
	return ok;
}

bool heap_remove(struct heap *h, bool dry, bool each)
{
	struct arena *a = h->arena;
	bool ok = true;

	if (!dry && !take_locks(h))
		return false;
	long long sum = sizes_of(&h->things) + sizes_of(&h->records);
	for (size_t i = 0; each && i < h->things.n; i++)
		printf("%s (%s)\n", h->things.v[i], show_size(a, size_of(h->things.v[i])));
	/* The things first: without its record a file of images/ would be taken for the user's. */
	if (!dry)
		ok = remove_all(&h->things) && remove_all(&h->records);
	if (!h->things.n && !h->records.n)
		puts("nothing to remove");
	else if (ok)
		printf("%s %zu %s, %s\n", dry ? "would remove" : "removed", h->things.n,
		       h->things.n == 1 ? "stage, file or disk" : "stages, files and disks",
		       show_size(a, sum));
	return ok;
}
