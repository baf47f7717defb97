/* SPDX-License-Identifier: MIT */
/*
 * A root file system in memory. Readers (host trees, node files, ext4 images) put inodes under
 * names, all by the same rules; writers (cpio, ext4) walk what came out. What a tree was based on
 * is read directory by directory when it is needed, so a small change to a big image is small work.
 *
 * Nothing has been written while a tree is filled, so what is wrong with it ends the program (die).
 */
#ifndef FMGEN_IMAGE_ROOTFS_H
#define FMGEN_IMAGE_ROOTFS_H

#include "base/arena.h"
#include "base/map.h"

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

struct image;
struct spool;

/* An extended attribute, by its whole name. */
struct xattr {
	const char *name;
	const void *value;
	size_t len;
	struct xattr *next;
};

/* A file, directory, link or node. A file may stand under several names. */
struct inode {
	mode_t mode;
	uint32_t uid, gid;
	dev_t rdev;
	uint64_t size;
	const char *target; /* of a symlink */

	const char *host;     /* the host file that holds its bytes and attributes, or NULL */
	struct image *image;  /* else the file system that it was read from, or NULL */
	uint32_t ino;	      /* its number in image */
	struct spool *spool;  /* else what keeps its bytes, or NULL */
	uint64_t at;	      /* its place in spool */
	struct xattr *xattrs; /* of one without host, in any order */

	uint32_t number;  /* in the file system that is written; 0: none yet */
	uint32_t written; /* names that a writer has seen */
	uint32_t links;	  /* names; of an inode of the base, those not yet read too */
	bool touched;	  /* mode, owner or links differ from the base */

	/* Of a directory. */
	struct inode *parent; /* the root is its own parent */
	const char *name;
	struct map names; /* name -> struct inode *, NULL where it was removed */
	bool unread;	  /* the names are still to be read from image */
	bool changed;	  /* the names differ from the base */

	struct inode *next; /* in rootfs.dropped */
};

struct rootfs {
	struct arena *arena;
	struct inode *root;
	struct image *base;    /* the file system to change, or NULL */
	struct image *images;  /* all that are open */
	struct spool *spools;  /* the same */
	const char *scratch;   /* the directory for them; NULL: the current one */
	struct inode *dropped; /* inodes of the base that lost a name */
};

/* An empty tree: a root directory of mode 0755. */
void rootfs_init(struct rootfs *fs, struct arena *a);
/* Closes the images it was read from; the memory is the arena's. */
void rootfs_close(struct rootfs *fs);
/* A new inode of owner 0:0, without a name. */
struct inode *rootfs_inode(struct rootfs *fs, mode_t mode);
/* What stands under name in dir, or NULL; ".." works. */
struct inode *rootfs_get(struct rootfs *fs, struct inode *dir, const char *name);
/*
 * The directory at path, seen from dir ("/…" from the root), through symlinks, never above the
 * root. Missing parts are made (0755) when make is set. NULL with errno ENOENT, ENOTDIR or ELOOP.
 */
struct inode *rootfs_dir(struct rootfs *fs, struct inode *dir, const char *path, bool make);
/*
 * Puts inode under name in dir, and returns what stands there then: a directory merges into a
 * directory, also through a symlink, and gives it its mode and owner; else what was there is
 * replaced. A directory that is not empty is never replaced: die.
 */
struct inode *rootfs_put(struct rootfs *fs, struct inode *dir, const char *name,
			 struct inode *inode);
/* As rootfs_put, for a path whose missing parents are made. */
struct inode *rootfs_put_path(struct rootfs *fs, const char *path, struct inode *inode);
/* Puts inode under a name that stood in the base: for readers of the base only. */
void rootfs_read(struct rootfs *fs, struct inode *dir, const char *name, struct inode *inode);
/* The entries of dir that were not removed, sorted bytewise; *n counts them. The memory belongs to
 * the caller (free). */
struct map_entry *rootfs_names(struct rootfs *fs, struct inode *dir, size_t *n);
/* The path of name in dir, for messages. */
const char *rootfs_path(struct rootfs *fs, const struct inode *dir, const char *name);

#endif
