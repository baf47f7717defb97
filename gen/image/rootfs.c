/* SPDX-License-Identifier: MIT */
#include "image/rootfs.h"
#include "base/util.h"
#include "image/image.h"
#include "image/spool.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { MAX_SYMLINKS = 40, MAX_NAME = 255 };

void rootfs_init(struct rootfs *fs, struct arena *a)
{
	*fs = (struct rootfs){.arena = a};
	fs->root = rootfs_inode(fs, S_IFDIR | 0755);
	fs->root->parent = fs->root;
	fs->root->name = "";
}

void rootfs_close(struct rootfs *fs)
{
	for (struct image *i = fs->images, *next; i; i = next) {
		next = i->next;
		image_close(i);
	}
	fs->images = NULL;
	for (; fs->spools; fs->spools = fs->spools->next)
		spool_close(fs->spools);
}

struct inode *rootfs_inode(struct rootfs *fs, mode_t mode)
{
	struct inode *inode = arena_new(fs->arena, struct inode);

	inode->mode = mode;
	inode->names.arena = fs->arena;
	inode->changed = S_ISDIR(mode);
	return inode;
}

struct inode *rootfs_get(struct rootfs *fs, struct inode *dir, const char *name)
{
	if (streq(name, ".."))
		return dir->parent;
	if (dir->unread)
		image_read_dir(fs, dir);
	return map_get(&dir->names, name);
}

const char *rootfs_path(struct rootfs *fs, const struct inode *dir, const char *name)
{
	if (dir == fs->root)
		return arena_printf(fs->arena, "/%s", name);
	return arena_printf(fs->arena, "%s/%s", rootfs_path(fs, dir->parent, dir->name), name);
}

static bool is_empty(struct rootfs *fs, struct inode *dir)
{
	if (dir->unread)
		image_read_dir(fs, dir);
	map_each (e, &dir->names)
		if (e->value)
			return false;
	return true;
}

/* Takes a name away from an inode. */
static void drop(struct rootfs *fs, struct inode *inode)
{
	bool listed = inode->touched && !S_ISDIR(inode->mode);

	inode->links = S_ISDIR(inode->mode) ? 0 : inode->links - 1;
	inode->touched = true;
	if (!inode->number || listed)
		return;
	inode->next = fs->dropped;
	fs->dropped = inode;
}

void rootfs_read(struct rootfs *fs, struct inode *dir, const char *name, struct inode *inode)
{
	struct map *names = &dir->names;

	map_put(names, name, inode);
	if (!S_ISDIR(inode->mode))
		return;
	inode->parent = dir;
	inode->name = arena_strdup(fs->arena, name);
}

static struct inode *set_name(struct rootfs *fs, struct inode *dir, const char *name,
			      struct inode *inode)
{
	size_t len = strlen(name);

	if (!len || len > MAX_NAME || strchr(name, '/') || streq(name, ".") || streq(name, ".."))
		die("not a possible file name: '%s'", name);
	rootfs_read(fs, dir, name, inode);
	inode->links++;
	inode->touched = true;
	dir->changed = true;
	return inode;
}

static struct inode *make_dir(struct rootfs *fs, struct inode *dir, const char *name)
{
	return set_name(fs, dir, name, rootfs_inode(fs, S_IFDIR | 0755));
}

static struct inode *walk(struct rootfs *fs, struct inode *dir, const char *path, bool make,
			  int *links)
{
	char *copy = arena_strdup(fs->arena, path), *rest;

	if (*path == '/')
		dir = fs->root;
	for (char *name = strtok_r(copy, "/", &rest); name; name = strtok_r(NULL, "/", &rest)) {
		if (streq(name, "."))
			continue;
		struct inode *inode = rootfs_get(fs, dir, name);
		if (!inode && make)
			inode = make_dir(fs, dir, name);
		else if (inode && S_ISLNK(inode->mode) && ++*links <= MAX_SYMLINKS)
			inode = walk(fs, dir, inode->target, make, links);
		if (inode && S_ISDIR(inode->mode)) {
			dir = inode;
			continue;
		}
		errno = !inode ? ENOENT : S_ISLNK(inode->mode) ? ELOOP : ENOTDIR;
		if (*links > MAX_SYMLINKS)
			errno = ELOOP;
		return NULL;
	}
	return dir;
}

struct inode *rootfs_dir(struct rootfs *fs, struct inode *dir, const char *path, bool make)
{
	int links = 0;

	return walk(fs, dir, path, make, &links);
}

/* The directory that a new directory under this name would merge into, or NULL. */
static struct inode *merges_into(struct rootfs *fs, struct inode *dir, const char *name,
				 struct inode *old)
{
	if (old && S_ISLNK(old->mode))
		return rootfs_dir(fs, dir, name, true);
	return old && S_ISDIR(old->mode) ? old : NULL;
}

static struct inode *merge(struct inode *into, const struct inode *dir)
{
	into->touched |= into->mode != dir->mode || into->uid != dir->uid || into->gid != dir->gid;
	into->mode = dir->mode;
	into->uid = dir->uid;
	into->gid = dir->gid;
	if (dir->xattrs)
		into->xattrs = dir->xattrs;
	return into;
}

struct inode *rootfs_put(struct rootfs *fs, struct inode *dir, const char *name,
			 struct inode *inode)
{
	struct inode *old = rootfs_get(fs, dir, name), *into = NULL;

	if (S_ISDIR(inode->mode))
		into = merges_into(fs, dir, name, old);
	if (into)
		return merge(into, inode);
	if (old && S_ISDIR(old->mode) && !is_empty(fs, old))
		die("%s is a directory that is not empty: what is no directory cannot replace it",
		    rootfs_path(fs, dir, name));
	if (old)
		drop(fs, old);
	return set_name(fs, dir, name, inode);
}

struct inode *rootfs_put_path(struct rootfs *fs, const char *path, struct inode *inode)
{
	char *copy = arena_strdup(fs->arena, path);
	size_t len = strlen(copy);

	while (len && copy[len - 1] == '/')
		copy[--len] = '\0';
	char *slash = strrchr(copy, '/');
	const char *name = slash ? slash + 1 : copy;
	const char *parent = slash ? (*slash = '\0', copy) : "";

	if (!len && S_ISDIR(inode->mode))
		return merge(fs->root, inode);
	struct inode *dir = rootfs_dir(fs, fs->root, parent, true);
	if (!dir)
		die("cannot make the directories above %s:", path);
	return rootfs_put(fs, dir, name, inode);
}

static int by_name(const void *a, const void *b)
{
	const struct map_entry *x = a, *y = b;

	return strcmp(x->key, y->key);
}

struct map_entry *rootfs_names(struct rootfs *fs, struct inode *dir, size_t *n)
{
	if (dir->unread)
		image_read_dir(fs, dir);
	struct map_entry *names = xcalloc(dir->names.n + 1, sizeof(*names));

	*n = 0;
	map_each (e, &dir->names)
		if (e->value)
			names[(*n)++] = *e;
	qsort(names, *n, sizeof(*names), by_name);
	return names;
}
