/* SPDX-License-Identifier: MIT */
#include "image/output.h"
#include "base/fs.h"
#include "base/util.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

bool output_begin(struct output *o, struct arena *a, const char *path)
{
	/* No leading dash: the name may become an argument of another program. */
	o->path = *path == '-' ? arena_printf(a, "./%s", path) : path;
	o->temp = arena_printf(a, "%s.tmp", o->path);
	if (make_parents(o->path) && (unlink(o->temp) == 0 || errno == ENOENT))
		return true;
	warn("cannot write %s:", path);
	return false;
}

bool output_end(struct output *o, bool ok)
{
	if (ok && rename(o->temp, o->path) == 0)
		return true;
	if (ok)
		warn("cannot write %s:", o->path);
	unlink(o->temp);
	return false;
}

/* Where data is next, at or behind a place; size: nowhere. */
static off_t next_data(int fd, off_t at, off_t size)
{
	off_t data = lseek(fd, at, SEEK_DATA);

	if (data < 0)
		return errno == ENXIO ? size : at;
	return data;
}

static bool same_block(int a, int b, off_t at, size_t len)
{
	char p[65536], q[65536];

	return pread(a, p, len, at) == (ssize_t)len && pread(b, q, len, at) == (ssize_t)len &&
	       memcmp(p, q, len) == 0;
}

/* Only looks where one of them has data. */
static bool same_data(int a, int b)
{
	const off_t block = 65536;
	struct stat x, y;

	if (fstat(a, &x) < 0 || fstat(b, &y) < 0 || x.st_size != y.st_size)
		return false;
	for (off_t at = 0; at < x.st_size; at += block) {
		off_t first = next_data(a, at, x.st_size), other = next_data(b, at, x.st_size);

		at = first < other ? first : other;
		off_t left = x.st_size - at;
		if (left > 0 && !same_block(a, b, at, (size_t)(left < block ? left : block)))
			return false;
	}
	return true;
}

bool same_contents(const char *a, const char *b)
{
	int x = open(a, O_RDONLY | O_CLOEXEC), y = open(b, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	bool same = x >= 0 && y >= 0 && same_data(x, y);

	if (x >= 0)
		close(x);
	if (y >= 0)
		close(y);
	return same;
}

bool output_end_if_changed(struct output *o, bool ok)
{
	if (!ok || !same_contents(o->temp, o->path))
		return output_end(o, ok);
	unlink(o->temp);
	return true;
}

static bool write_all(int fd, const char *p, size_t len, off_t at)
{
	while (len) {
		ssize_t n = pwrite(fd, p, len, at);

		if (n < 0)
			return false;
		p += n;
		at += n;
		len -= (size_t)n;
	}
	return true;
}

static bool copy_range(int in, int out, off_t at, off_t end)
{
	char buf[65536];

	while (at < end) {
		off_t from = at, to = at;
		size_t want = (size_t)(end - at);
		ssize_t n = copy_file_range(in, &from, out, &to, want, 0);

		if (n <= 0) {
			n = pread(in, buf, want < sizeof(buf) ? want : sizeof(buf), at);
			if (n == 0)
				errno = EIO; /* the file became shorter */
			if (n <= 0 || !write_all(out, buf, (size_t)n, at))
				return false;
		}
		at += n;
	}
	return true;
}

static bool copy_data(int in, int out)
{
	struct stat st;
	off_t end = 0;

	if (ioctl(out, FICLONE, in) == 0)
		return true;
	if (fstat(in, &st) < 0 || ftruncate(out, st.st_size) < 0)
		return false;
	while (end < st.st_size) {
		off_t data = lseek(in, end, SEEK_DATA);

		if (data < 0 && errno == ENXIO)
			break;
		if (data < 0)
			data = end; /* no such call here */
		end = lseek(in, data, SEEK_HOLE);
		if (end < 0)
			end = st.st_size;
		if (!copy_range(in, out, data, end))
			return false;
	}
	return true;
}

static bool copy_to(const char *from, int to, const char *name)
{
	int in = open(from, O_RDONLY | O_CLOEXEC);
	bool ok = in >= 0;

	if (!ok)
		warn("cannot read %s:", from);
	else if (!(ok = copy_data(in, to)))
		warn("cannot copy %s to %s:", from, name);
	if (in >= 0)
		close(in);
	return ok;
}

bool copy_sparse_to(const char *from, int to)
{
	return copy_to(from, to, "a temporary file");
}

bool copy_sparse(const char *from, const char *to, mode_t mode)
{
	int out = open(to, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, mode);
	bool ok = out >= 0 && copy_to(from, out, to);

	if (out < 0 || (close(out) < 0 && ok)) {
		warn("cannot write %s:", to);
		ok = false;
	}
	return ok;
}
