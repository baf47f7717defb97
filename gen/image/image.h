/* SPDX-License-Identifier: MIT */
/* An ext4 (or ext2, ext3) file system in a file, read without mounting it. */
#ifndef FMGEN_IMAGE_IMAGE_H
#define FMGEN_IMAGE_IMAGE_H

#include "image/rootfs.h"

#include <ext2fs/ext2fs.h>

struct image {
	ext2_filsys fs;
	const char *path;
	struct inode **inodes; /* by number, those that were read */
	struct image *next;    /* in rootfs.images */
};

/*
 * Makes the image at path the base of an empty tree: its root stands there, the rest is read when
 * it is needed. Dies when it cannot be read, needs its journal recovered, has errors, or has
 * features that fmgen cannot write.
 */
void image_as_base(struct rootfs *fs, const char *path);
/* The same for a tree that is only read, also where it has features that fmgen cannot write. */
void image_to_read(struct rootfs *fs, const char *path);
/* Puts all that is in the image at path over the tree, but for /lost+found. */
void image_put(struct rootfs *fs, const char *path);
void image_close(struct image *image);
/* Reads the names of a directory that is still unread. */
void image_read_dir(struct rootfs *fs, struct inode *dir);
/* The manager of input and output to open images with. */
io_manager image_io(void);
/* The bytes of the file that were written through a channel of it, in any order, some perhaps
 * twice. What was not flushed is not among them. */
struct image_range {
	uint64_t at, len;
};
const struct image_range *image_written(io_channel channel, size_t *n);
/* What an error number of libext2fs or of the system means. */
const char *image_error(errcode_t err);

#endif
