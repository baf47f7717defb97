/* SPDX-License-Identifier: MIT */
#include "image/cpio.h"
#include "base/util.h"
#include "image/data.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

enum { CHUNK = 65536, BLOCK = 512 };

struct cpio {
	struct rootfs *fs;
	struct archive *archive;
	struct archive_entry *entry;
	uint32_t last; /* inode number given out */
	char buf[CHUNK];
};

/* Counts the names of each file, for a base may have had others. */
static void count_links(struct rootfs *fs, struct inode *dir, bool reset)
{
	size_t n;
	struct map_entry *names = rootfs_names(fs, dir, &n);

	for (size_t i = 0; i < n; i++) {
		struct inode *inode = names[i].value;

		inode->links = reset ? 0 : inode->links + 1;
		inode->number = 0;
		if (S_ISDIR(inode->mode))
			count_links(fs, inode, reset);
	}
	free(names);
}

static bool failed(struct cpio *c, const char *path)
{
	const char *why = archive_error_string(c->archive);

	errno = archive_errno(c->archive);
	warn("cannot write %s into the archive: %s:", path, why ? why : "");
	return false;
}

static bool write_data(struct cpio *c, const struct inode *inode, const char *path)
{
	struct data d;
	bool ok = data_open(&d, inode);

	for (uint64_t at = 0; ok && at < inode->size;) {
		size_t len = inode->size - at < CHUNK ? (size_t)(inode->size - at) : CHUNK;

		ok = data_read(&d, at, c->buf, len);
		if (ok && archive_write_data(c->archive, c->buf, len) != (la_ssize_t)len)
			ok = failed(c, path);
		at += len;
	}
	data_close(&d);
	return ok;
}

/* Of the names of one file the last carries the bytes, as other programs write it. */
static bool write_entry(struct cpio *c, struct inode *inode, const char *path, unsigned names_left)
{
	struct archive_entry *e = archive_entry_clear(c->entry);
	bool data = S_ISREG(inode->mode) && !names_left;

	if (!inode->number)
		inode->number = ++c->last;
	archive_entry_copy_pathname(e, path);
	archive_entry_set_mode(e, inode->mode);
	archive_entry_set_uid(e, inode->uid);
	archive_entry_set_gid(e, inode->gid);
	archive_entry_set_ino64(e, inode->number);
	archive_entry_set_nlink(e, S_ISDIR(inode->mode) ? 2 : inode->links);
	archive_entry_set_rdev(e, inode->rdev);
	archive_entry_set_mtime(e, 0, 0);
	archive_entry_set_size(e, data ? (la_int64_t)inode->size : 0);
	if (inode->target)
		archive_entry_copy_symlink(e, inode->target);
	if (archive_write_header(c->archive, e) != ARCHIVE_OK)
		return failed(c, path);
	return !data || write_data(c, inode, path);
}

static bool write_names(struct cpio *c, struct inode *dir, const char *prefix)
{
	size_t n;
	struct map_entry *names = rootfs_names(c->fs, dir, &n);
	bool ok = true;

	for (size_t i = 0; ok && i < n; i++) {
		struct inode *inode = names[i].value;
		const char *path = arena_printf(c->fs->arena, "%s%s", prefix, names[i].key);

		if (S_ISDIR(inode->mode))
			ok = write_entry(c, inode, path, 0) &&
			     write_names(c, inode, arena_printf(c->fs->arena, "%s/", path));
		else
			ok = write_entry(c, inode, path, inode->links - ++inode->written);
	}
	free(names);
	return ok;
}

static bool write_archive(struct cpio *c, const char *path)
{
	struct archive *a = c->archive;

	archive_write_set_bytes_per_block(a, CHUNK);
	archive_write_set_bytes_in_last_block(a, BLOCK);
	if (archive_write_set_format_cpio_newc(a) == ARCHIVE_OK &&
	    archive_write_open_filename(a, path) == ARCHIVE_OK)
		return write_names(c, c->fs->root, "") &&
		       (archive_write_close(a) == ARCHIVE_OK || failed(c, path));
	return failed(c, path);
}

bool cpio_write(struct rootfs *fs, const char *path)
{
	struct cpio *c = arena_new(fs->arena, struct cpio);
	bool ok;

	c->fs = fs;
	c->archive = archive_write_new();
	c->entry = archive_entry_new();
	if (!c->archive || !c->entry)
		die("out of memory");
	count_links(fs, fs->root, true);
	count_links(fs, fs->root, false);
	ok = write_archive(c, path);
	archive_entry_free(c->entry);
	archive_write_free(c->archive);
	return ok;
}
