/* SPDX-License-Identifier: MIT */
#include "image/layer.h"
#include "base/fs.h"
#include "base/path.h"
#include "base/util.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* One walk: files with several names are one inode within it. */
struct layer {
	struct rootfs *fs;
	struct map seen; /* "device:inode" -> struct inode * */
};

static const char *read_target(struct arena *a, const char *path, size_t size)
{
	size_t room = size ? size + 1 : 4096; /* links in /proc have size 0 */
	char *target = arena_alloc(a, room + 1);
	ssize_t len = readlink(path, target, room);

	if (len < 0)
		die("cannot read the link %s:", path);
	return target;
}

static struct inode *new_inode(struct rootfs *fs, const char *path, const struct stat *st)
{
	struct inode *inode = rootfs_inode(fs, st->st_mode);

	if (S_ISREG(st->st_mode)) {
		inode->size = (uint64_t)st->st_size;
		if (access(path, R_OK) < 0)
			die("cannot read %s:", path);
	}
	if (S_ISLNK(st->st_mode))
		inode->target = read_target(fs->arena, path, (size_t)st->st_size);
	else
		inode->host = path;
	if (S_ISCHR(st->st_mode) || S_ISBLK(st->st_mode))
		inode->rdev = st->st_rdev;
	return inode;
}

/* The inode of a host file, or NULL for what is left out. */
static struct inode *read_inode(struct layer *l, const char *path)
{
	struct arena *a = l->fs->arena;
	struct stat st;

	if (lstat(path, &st) < 0)
		die("cannot read %s:", path);
	if (S_ISSOCK(st.st_mode)) {
		warn("%s is a socket: left out", path);
		return NULL;
	}
	if (st.st_nlink < 2 || S_ISDIR(st.st_mode))
		return new_inode(l->fs, path, &st);
	const char *key = arena_printf(a, "%llx:%llx", (unsigned long long)st.st_dev,
				       (unsigned long long)st.st_ino);
	struct inode *inode = map_get(&l->seen, key);
	if (!inode)
		map_put(&l->seen, key, inode = new_inode(l->fs, path, &st));
	return inode;
}

static void put_names(struct layer *l, struct inode *into, const char *path);

static void put(struct layer *l, struct inode *dir, const char *name, const char *path)
{
	struct inode *inode = read_inode(l, path);

	if (!inode)
		return;
	inode = rootfs_put(l->fs, dir, name, inode);
	if (S_ISDIR(inode->mode))
		put_names(l, inode, path);
}

static void put_names(struct layer *l, struct inode *into, const char *path)
{
	size_t n;
	char **names = list_dir(l->fs->arena, path, &n);

	if (!names)
		die("cannot read the directory %s:", path);
	for (size_t i = 0; i < n; i++)
		put(l, into, names[i], arena_printf(l->fs->arena, "%s/%s", path, names[i]));
}

void layer_put(struct rootfs *fs, const char *path)
{
	struct layer l = {.fs = fs, .seen.arena = fs->arena};

	put_names(&l, fs->root, path);
}

static char *strip_slashes(struct arena *a, const char *path)
{
	char *copy = arena_strdup(a, path);
	size_t len = strlen(copy);

	while (len > 1 && copy[len - 1] == '/')
		copy[--len] = '\0';
	return copy;
}

void layer_put_file(struct rootfs *fs, const char *src, const char *dst)
{
	struct layer l = {.fs = fs, .seen.arena = fs->arena};
	const char *from = strip_slashes(fs->arena, src), *to = strip_slashes(fs->arena, dst);
	const char *name = path_base(from);
	bool contents = streq(name, ".") || streq(name, "..") || streq(from, "/");
	bool into = has_suffix(dst, "/");

	if (*dst != '/')
		die("the destination of %s is not an absolute path: %s", src, dst);
	if (has_suffix(src, "/") && !is_dir(src))
		die("%s is no directory", src);
	struct inode *dir = rootfs_dir(fs, fs->root, to, into || contents);
	if (!dir && (into || contents || errno == ELOOP))
		die("cannot put %s into %s:", src, dst);
	if (contents) {
		put_names(&l, dir, from);
		return;
	}
	if (!dir) {
		const char *parent = path_dir(fs->arena, to);

		name = path_base(to);
		dir = rootfs_dir(fs, fs->root, parent, true);
		if (!dir)
			die("cannot make %s for %s:", parent, src);
	}
	put(&l, dir, name, from);
}
