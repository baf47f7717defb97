/* SPDX-License-Identifier: MIT */
/* The bytes of a regular file of a tree, wherever they are. */
#ifndef FMGEN_IMAGE_DATA_H
#define FMGEN_IMAGE_DATA_H

#include "image/image.h"

struct data {
	const struct inode *inode;
	const char *name; /* for messages */
	int fd;		  /* of a file that holds them, else -1 */
	uint64_t at;	  /* where they begin there */
	ext2_file_t file;
};

/* Opens the bytes of inode; false with a message on failure. */
bool data_open(struct data *d, const struct inode *inode);
/* Reads exactly len bytes at offset; false with a message, also when the file became shorter. */
bool data_read(struct data *d, uint64_t offset, void *buf, size_t len);
/* The next offset at or after offset that may not be a hole; the size of the file at its end. */
uint64_t data_next(struct data *d, uint64_t offset);
void data_close(struct data *d);

#endif
