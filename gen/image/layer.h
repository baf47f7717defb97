/* SPDX-License-Identifier: MIT */
/* Readers of the host: directory trees, single files, lists of nodes. All that comes from the host
 * belongs to 0:0 but for nodes that say otherwise. */
#ifndef FMGEN_IMAGE_LAYER_H
#define FMGEN_IMAGE_LAYER_H

#include "image/rootfs.h"

/* Puts the contents of the directory path over the root; the mode of path itself does not count.
 * Sockets are left out with a message. */
void layer_put(struct rootfs *fs, const char *path);
/*
 * Puts src (a file, a link, or a directory with all in it) at the absolute path dst: below dst when
 * that is a directory or ends in '/'. Missing parents are made. A src that ends in "." or ".."
 * gives its contents.
 */
void layer_put_file(struct rootfs *fs, const char *src, const char *dst);
/*
 * Puts what a list names: lines "dir NAME MODE UID GID", "nod NAME MODE UID GID b|c MAJOR MINOR",
 * "slink NAME TARGET MODE UID GID", "pipe|sock NAME MODE UID GID", "file NAME HOSTPATH MODE UID
 * GID", empty lines and #-comments; words may use the escapes of parameter files (\x20 for a
 * space).
 */
void nodes_put(struct rootfs *fs, const char *path);

#endif
