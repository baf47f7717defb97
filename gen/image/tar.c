/* SPDX-License-Identifier: MIT */
#include "image/tar.h"
#include "base/path.h"
#include "base/util.h"
#include "image/spool.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <locale.h>
#include <string.h>
#include <sys/stat.h>

enum { CHUNK = 1 << 17 };

struct tar {
	struct rootfs *fs;
	const char *path;
	struct archive *archive;
	struct archive_entry *entry;
	struct spool *spool;
	const char *name; /* of the entry */
};

__attribute__((noreturn)) static void failed(const struct tar *t)
{
	const char *why = archive_error_string(t->archive);

	die("cannot read %s%s%s: %s", t->path, t->name ? ": " : "", t->name ? t->name : "",
	    why ? why : "it is damaged");
}

__attribute__((noreturn)) static void refused(const struct tar *t, const char *why)
{
	die("%s: %s: %s", t->path, t->name, why);
}

/* A name of the archive as a path from the root, which it does not leave. */
static const char *rooted(const struct tar *t, const char *name)
{
	char *path = arena_alloc(t->fs->arena, strlen(name) + 2), *end = path;

	for (const char *part = name + strspn(name, "/"); *part; part += strspn(part, "/")) {
		size_t len = strcspn(part, "/");

		if (len == 2 && !memcmp(part, "..", 2))
			refused(t, "its name leads out of the root (..)");
		if (len > 1 || *part != '.') {
			*end++ = '/';
			memcpy(end, part, len);
			end += len;
		}
		part += len;
	}
	return path;
}

static void put_hard_link(struct tar *t, const char *path, const char *to)
{
	struct arena *a = t->fs->arena;
	const char *from = rooted(t, to);
	struct inode *dir = rootfs_dir(t->fs, t->fs->root, path_dir(a, from), false);
	struct inode *inode = dir ? rootfs_get(t->fs, dir, path_base(from)) : NULL;

	if (!inode || S_ISDIR(inode->mode))
		die("%s: %s: it is a hard link to %s, which is %s", t->path, t->name, to,
		    inode ? "a directory" : "not there before it");
	rootfs_put_path(t->fs, path, inode);
}

static void read_bytes(struct tar *t, struct inode *inode)
{
	const void *bytes;
	size_t len;
	la_int64_t at;
	uint64_t start = t->spool->end;
	uint64_t size = (uint64_t)archive_entry_size(t->entry);
	int got;

	spool_give(t->spool, inode, size);
	while ((got = archive_read_data_block(t->archive, &bytes, &len, &at)) == ARCHIVE_OK)
		spool_write(t->spool, start + (uint64_t)at, bytes, len);
	if (got != ARCHIVE_EOF)
		failed(t);
}

static uint32_t owner(const struct tar *t, la_int64_t id)
{
	if (id < 0 || id > UINT32_MAX)
		refused(t, "the number of its owner is no 32-bit number");
	return (uint32_t)id;
}

static void read_xattrs(struct tar *t, struct inode *inode)
{
	struct arena *a = t->fs->arena;
	const char *name;
	const void *value;
	size_t len;

	archive_entry_xattr_reset(t->entry);
	while (archive_entry_xattr_next(t->entry, &name, &value, &len) == ARCHIVE_OK) {
		struct xattr *x = arena_new(a, struct xattr);

		*x = (struct xattr){arena_strdup(a, name), arena_alloc(a, len + 1), len,
				    inode->xattrs};
		memcpy((char *)x->value, value, len);
		inode->xattrs = x;
	}
}

static struct inode *new_inode(struct tar *t)
{
	struct archive_entry *e = t->entry;
	mode_t mode = archive_entry_mode(e);
	struct inode *inode = rootfs_inode(t->fs, mode);

	inode->uid = owner(t, archive_entry_uid(e));
	inode->gid = owner(t, archive_entry_gid(e));
	if (S_ISLNK(mode))
		inode->target = arena_strdup(t->fs->arena, archive_entry_symlink(e));
	else if (S_ISCHR(mode) || S_ISBLK(mode))
		inode->rdev = archive_entry_rdev(e);
	else if (S_ISREG(mode))
		read_bytes(t, inode);
	else if (!S_ISDIR(mode) && !S_ISFIFO(mode))
		refused(t, "its type is not known here");
	read_xattrs(t, inode);
	return inode;
}

static void put_entry(struct tar *t)
{
	const char *name = archive_entry_pathname(t->entry);
	const char *link = archive_entry_hardlink(t->entry);

	if (!name)
		failed(t);
	t->name = arena_strdup(t->fs->arena, name);
	const char *path = rooted(t, name);
	if (link)
		put_hard_link(t, path, link);
	else
		rootfs_put_path(t->fs, path, new_inode(t));
	t->name = NULL;
}

static void read_entries(struct tar *t)
{
	int got;

	while ((got = archive_read_next_header(t->archive, &t->entry)) == ARCHIVE_OK ||
	       got == ARCHIVE_WARN) {
		if (got == ARCHIVE_WARN)
			warn("%s: %s", t->path, archive_error_string(t->archive));
		put_entry(t);
	}
	if (got != ARCHIVE_EOF)
		failed(t);
}

void tar_put(struct rootfs *fs, const char *path)
{
	struct tar t = {.fs = fs, .path = path, .archive = archive_read_new()};
	/* Names are UTF-8 in some formats, and bytes elsewhere: this keeps both as they are. */
	locale_t utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
	locale_t old = utf8 ? uselocale(utf8) : (locale_t)0;

	if (!t.archive)
		die("out of memory");
	t.spool = spool_open(fs);
	archive_read_support_filter_all(t.archive);
	if (archive_read_support_format_tar(t.archive) != ARCHIVE_OK ||
	    archive_read_open_filename(t.archive, path, CHUNK) != ARCHIVE_OK)
		failed(&t);
	read_entries(&t);
	archive_read_free(t.archive);
	if (utf8) {
		uselocale(old);
		freelocale(utf8);
	}
}
