/* SPDX-License-Identifier: MIT */
#include "image/patch.h"
#include "base/fs.h"
#include "base/util.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PIECE = 1 << 16, MOST = 64 << 20 }; /* more than MOST bytes are no small change */

void patch_init(struct patch *p, struct arena *a, const char *record, const char *parent,
		struct output *out)
{
	*p = (struct patch){.arena = a, .record = record, .parent = parent, .out = out};
}

static const struct image_range *ranges(const struct buf *b, size_t *n)
{
	*n = b->len / sizeof(struct image_range);
	return (const struct image_range *)b->data;
}

static const char *stamp(struct arena *a, const char *path)
{
	struct stat st;

	if (lstat(path, &st) < 0)
		return "-";
	return arena_printf(a, "%jx:%ju %jd %jd.%09ld", (uintmax_t)st.st_dev, (uintmax_t)st.st_ino,
			    (intmax_t)st.st_size, (intmax_t)st.st_mtim.tv_sec, st.st_mtim.tv_nsec);
}

/* The lines that a record begins with. */
static const char *head(const struct patch *p)
{
	return arena_printf(p->arena, "parent %s\nimage %s\n", stamp(p->arena, p->parent),
			    stamp(p->arena, p->out->path));
}

static bool read_record(struct patch *p)
{
	struct buf text = {0};
	struct image_range r;
	uint64_t sum = 0;
	int used;

	bool ok = read_file(p->record, &text);
	const char *at = ok ? after_prefix(buf_str(&text), head(p)) : NULL;
	while (at && sscanf(at, "%" SCNu64 " %" SCNu64 "\n%n", &r.at, &r.len, &used) == 2) {
		buf_add(&p->places, &r, sizeof(r));
		sum += r.len;
		at += used;
	}
	ok = at && streq(at, "end\n") && sum <= MOST;
	buf_free(&text);
	return ok;
}

static bool read_range(int fd, const struct image_range *r, char *bytes)
{
	return pread(fd, bytes, (size_t)r->len, (off_t)r->at) == (ssize_t)r->len;
}

/* Keeps the bytes of each place, and puts those of the parent there. */
static bool put_back(struct patch *p, int image, int parent)
{
	size_t n;
	const struct image_range *r = ranges(&p->places, &n);
	bool ok = image >= 0 && parent >= 0;

	for (size_t i = 0; ok && i < n; i++) {
		size_t len = (size_t)r[i].len;
		char *bytes = xcalloc(1, len + 1);

		buf_reserve(&p->old, len);
		ok = read_range(image, &r[i], p->old.data + p->old.len) &&
		     read_range(parent, &r[i], bytes) &&
		     pwrite(image, bytes, len, (off_t)r[i].at) == (ssize_t)len;
		p->old.len += len;
		free(bytes);
	}
	return ok;
}

static void close_both(int a, int b)
{
	if (a >= 0)
		close(a);
	if (b >= 0)
		close(b);
}

bool patch_undo(struct patch *p)
{
	struct stat st;

	if (!read_record(p) || lstat(p->out->path, &st) < 0 || st.st_nlink != 1 ||
	    rename(p->out->path, p->out->temp) < 0)
		return false;
	int image = open(p->out->temp, O_RDWR | O_CLOEXEC);
	int parent = open(p->parent, O_RDONLY | O_CLOEXEC);
	p->mtime = st.st_mtim;
	p->undone = put_back(p, image, parent);
	close_both(image, parent);
	if (!p->undone)
		unlink(p->out->temp);
	return p->undone;
}

void patch_note(struct patch *p, io_channel channel)
{
	size_t n;
	const struct image_range *r = image_written(channel, &n);

	buf_add(&p->written, r, n * sizeof(*r));
}

/* What stood at a place in the image that was: the parent's bytes but where it differed. */
static bool read_old(const struct patch *p, int parent, const struct image_range *r, char *bytes)
{
	size_t n;
	const struct image_range *places = ranges(&p->places, &n);
	const char *old = p->old.data;

	if (!read_range(parent, r, bytes))
		return false;
	for (size_t i = 0; i < n; old += places[i++].len) {
		uint64_t at = places[i].at > r->at ? places[i].at : r->at;
		uint64_t end = places[i].at + places[i].len, last = r->at + r->len;

		end = end < last ? end : last;
		if (at < end)
			memcpy(bytes + (at - r->at), old + (at - places[i].at), (size_t)(end - at));
	}
	return true;
}

/* Whether the new image has the old one's bytes in these places. */
static bool same_in(const struct patch *p, int image, int parent, const struct buf *places)
{
	size_t n;
	const struct image_range *r = ranges(places, &n);
	char was[PIECE], is[PIECE];

	for (size_t i = 0; i < n; i++)
		for (uint64_t done = 0, len; done < r[i].len; done += len) {
			len = r[i].len - done < PIECE ? r[i].len - done : PIECE;
			const struct image_range piece = {r[i].at + done, len};

			if (!read_old(p, parent, &piece, was) || !read_range(image, &piece, is) ||
			    memcmp(was, is, (size_t)len) != 0)
				return false;
		}
	return true;
}

/* Elsewhere both have the parent's bytes. An equal image gets its old time back. */
static bool same_as_before(const struct patch *p)
{
	int image = open(p->out->temp, O_RDWR | O_CLOEXEC);
	int parent = open(p->parent, O_RDONLY | O_CLOEXEC);
	const struct timespec times[] = {p->mtime, p->mtime};
	bool same = image >= 0 && parent >= 0 && same_in(p, image, parent, &p->written) &&
		    same_in(p, image, parent, &p->places) && futimens(image, times) == 0;

	close_both(image, parent);
	return same;
}

static void write_record(const struct patch *p)
{
	struct buf b = {0};
	size_t n;
	const struct image_range *r = ranges(&p->written, &n);

	buf_puts(&b, head(p));
	for (size_t i = 0; i < n; i++)
		buf_printf(&b, "%" PRIu64 " %" PRIu64 "\n", r[i].at, r[i].len);
	buf_puts(&b, "end\n");
	write_file(p->record, b.data, b.len, 0644);
	buf_free(&b);
}

bool patch_end(struct patch *p, bool ok)
{
	bool same = ok && p->undone && same_as_before(p);

	if (p->undone)
		ok = output_end(p->out, ok);
	else
		ok = output_end_if_changed(p->out, ok);
	if (ok && !same)
		write_record(p);
	buf_free(&p->places);
	buf_free(&p->old);
	buf_free(&p->written);
	return ok;
}
