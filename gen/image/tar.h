/* SPDX-License-Identifier: MIT */
/* Reader of tar archives. */
#ifndef FMGEN_IMAGE_TAR_H
#define FMGEN_IMAGE_TAR_H

#include "image/rootfs.h"

/*
 * Puts all that is in the archive at path over the tree, with owners, modes, devices, hard links
 * and extended attributes as it has them; of a name that it has twice the last one counts. It may
 * be compressed in any way that libarchive knows. Dies where it is damaged, where a name leads out
 * of the root, and where a hard link leads to nothing.
 */
void tar_put(struct rootfs *fs, const char *path);

#endif
