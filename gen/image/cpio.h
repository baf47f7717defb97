/* SPDX-License-Identifier: MIT */
/* Writes a tree as a cpio archive in the newc format. */
#ifndef FMGEN_IMAGE_CPIO_H
#define FMGEN_IMAGE_CPIO_H

#include "image/rootfs.h"

/*
 * Writes all but the root directory itself to the new file path, sorted, parents first, with time 0
 * and counted inode numbers. False with a message on failure.
 */
bool cpio_write(struct rootfs *fs, const char *path);

#endif
