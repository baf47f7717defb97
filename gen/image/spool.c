/* SPDX-License-Identifier: MIT */
#include "image/spool.h"
#include "base/fs.h"
#include "base/util.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

enum { BLOCK = 4096 }; /* holes are found by whole blocks */

static int open_named(struct arena *a, const char *dir)
{
	char *path = arena_printf(a, "%s/.tmp-XXXXXX", dir);
	int fd = mkostemp(path, O_CLOEXEC);

	if (fd >= 0)
		unlink(path);
	return fd;
}

struct spool *spool_open(struct rootfs *fs)
{
	const char *dir = fs->scratch ? fs->scratch : ".";
	struct spool *s = arena_new(fs->arena, struct spool);

	make_dirs(dir, 0777);
	s->fd = open(dir, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	if (s->fd < 0)
		s->fd = open_named(fs->arena, dir);
	if (s->fd < 0)
		die("cannot write below %s:", dir);
	s->next = fs->spools;
	return fs->spools = s;
}

void spool_write(struct spool *s, uint64_t at, const void *bytes, size_t len)
{
	while (len) {
		ssize_t n = pwrite(s->fd, bytes, len, (off_t)at);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			die("cannot unpack an archive:");
		bytes = (const char *)bytes + n;
		at += (size_t)n;
		len -= (size_t)n;
	}
}

void spool_give(struct spool *s, struct inode *inode, uint64_t size)
{
	inode->spool = s;
	inode->at = s->end;
	inode->size = size;
	if (size > INT64_MAX - BLOCK - s->end)
		die("cannot unpack an archive: its files are too large");
	s->end += (size + BLOCK - 1) / BLOCK * BLOCK;
	if (ftruncate(s->fd, (off_t)s->end) < 0)
		die("cannot unpack an archive:");
}

void spool_close(struct spool *s)
{
	close(s->fd);
}
