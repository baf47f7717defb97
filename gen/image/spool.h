/* SPDX-License-Identifier: MIT */
/* Bytes that came from a stream and are wanted at any place: kept in a file without a name, which
 * is gone with the program. */
#ifndef FMGEN_IMAGE_SPOOL_H
#define FMGEN_IMAGE_SPOOL_H

#include "image/rootfs.h"

struct spool {
	int fd;
	uint64_t end;	    /* where the next file begins */
	struct spool *next; /* in rootfs.spools */
};

/* An empty one of fs, in fs->scratch. Dies where it cannot be made. */
struct spool *spool_open(struct rootfs *fs);
/* Writes bytes at a place; dies on failure. */
void spool_write(struct spool *s, uint64_t at, const void *bytes, size_t len);
/* Gives inode the size bytes that begin at s->end; what was not written of them is a hole. */
void spool_give(struct spool *s, struct inode *inode, uint64_t size);
void spool_close(struct spool *s);

#endif
