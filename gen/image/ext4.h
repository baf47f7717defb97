/* SPDX-License-Identifier: MIT */
/*
 * Writes a tree into an ext4 file system, through libext2fs: no mount, no root. Equal trees over
 * equal bases give equal bytes: inodes and blocks are given out in the order of the sorted names,
 * blocks of zeros become holes whatever the host had, all times are SOURCE_DATE_EPOCH (else 0).
 */
#ifndef FMGEN_IMAGE_EXT4_H
#define FMGEN_IMAGE_EXT4_H

#include "image/rootfs.h"

#include <ext2fs/ext2fs.h>

struct ext4_options {
	const char *out;
	uint64_t size;	    /* of the file, in bytes; 0: content and margin, at least the base's */
	uint64_t margin;    /* bytes left free when size is 0 */
	const char *record; /* see patch.h; or NULL */
};

/* Starts a tree from the image at path base, or, where that is NULL, with what every new file
 * system holds. */
void ext4_begin(struct rootfs *tree, struct arena *a, const char *base);
/* Writes the tree, with its base or with none, to a new image. False with a message on failure;
 * then there is no output. */
bool ext4_make(struct rootfs *tree, const struct ext4_options *o);

/* The rest is between the files ext4-*.c. */

/* The shape of a file system that decides how many blocks things take. */
struct ext4_shape {
	uint32_t block;	  /* bytes */
	bool csum, ftype; /* directory blocks end in a checksum, names carry types */
};

struct ext4 {
	struct rootfs *tree;
	ext2_filsys fs;
	struct ext4_shape shape;
	blk64_t goal;		      /* where free blocks are looked for next */
	uint32_t time;		      /* of everything */
	char *chunk;		      /* EXT4_CHUNK bytes */
	struct ext2_inode_large *raw; /* room for one inode */
};

enum {
	EXT4_CHUNK = 1 << 20,
	EXT4_BLOCK = 4096,
	EXT4_INODE = 256
}; /* the last two: of new file systems */

/* ext4-blocks.c: gives out blocks and maps them into one file, in rising order. */
struct ext4_blocks {
	struct ext4 *w;
	ext2_ino_t ino;
	ext2_extent_handle_t extents; /* NULL: mapped by blocks */
	struct ext2fs_extent last;    /* not inserted yet; e_len 0: none */
	uint64_t count;
};
errcode_t ext4_blocks_begin(struct ext4_blocks *b, struct ext4 *w, ext2_ino_t ino);
/* Takes up to want blocks in one piece for the file's blocks from at on; they start at *start and
 * are *got. */
errcode_t ext4_blocks_take(struct ext4_blocks *b, blk64_t at, blk64_t want, blk64_t *start,
			   blk64_t *got);
/* Stores what is left, and the size and the count of blocks in the inode. err: what went wrong
 * before, or 0. */
errcode_t ext4_blocks_end(struct ext4_blocks *b, uint64_t size, errcode_t err);

/* ext4-inode.c: reads and writes w->raw; gives a new inode (a regular file with its bytes, a link
 * with its target) a number and its place on disk. */
errcode_t ext4_read_raw(struct ext4 *w, ext2_ino_t ino);
errcode_t ext4_write_raw(struct ext4 *w, ext2_ino_t ino);
bool ext4_create(struct ext4 *w, struct inode *dir, const char *name, struct inode *inode);
/* Says why something about a path failed; false. */
bool ext4_failed(struct ext4 *w, const struct inode *dir, const char *name, errcode_t err);
bool ext4_is_zero(const char *p, size_t len);

/* ext4-xattr.c: gives a new inode the attributes user.* and security.capability of its host file,
 * or all that it has from an archive. */
errcode_t ext4_write_xattrs(struct ext4 *w, const struct inode *inode);

/* ext4-dir.c: the names of a directory as blocks. */
size_t ext4_dir_blocks(const struct ext4_shape *shape, const struct map_entry *names, size_t n);
errcode_t ext4_write_dir(struct ext4 *w, struct inode *dir, const struct map_entry *names,
			 size_t n);

/* ext4-write.c: writes all that differs from the base; the times and counts of a file system that
 * nobody ever used. */
bool ext4_write(struct rootfs *tree, ext2_filsys fs, uint32_t time);
struct ext4_shape ext4_shape(ext2_filsys fs); /* of a new one when NULL */
errcode_t ext4_canonical(struct ext4 *w);

/* ext4-size.c: how much a tree takes beyond its base. */
struct ext4_need {
	int64_t blocks; /* negative: it frees some */
	int64_t inodes;
};
/* exact: reads files to find their blocks of zeros, else a file takes what its size says. */
bool ext4_need(struct rootfs *tree, const struct ext4_shape *shape, bool exact,
	       struct ext4_need *need);
/*
 * The number of blocks of a file system, new (base NULL) or grown from base, that has room for that
 * need and for spare more blocks: as few MiB as it is sure to fit in; the base as it is where that
 * is enough.
 */
uint64_t ext4_fit(ext2_filsys base, const struct ext4_need *need, uint64_t spare);
/* The number of inodes, and the blocks of the journal, of a new file system of so many blocks. */
uint64_t ext4_inodes(uint64_t blocks, const struct ext4_need *need);
uint64_t ext4_journal(uint64_t blocks);

/* ext4-tools.c: the programs that make, grow and check file systems. A name's path, also where
 * users have no sbin on their PATH; NULL with a message. */
const char *ext4_tool(struct arena *a, const char *name);
bool ext4_mke2fs(struct arena *a, const char *path, uint64_t blocks, uint64_t inodes);
bool ext4_resize2fs(struct arena *a, const char *path, uint64_t blocks);

#endif
