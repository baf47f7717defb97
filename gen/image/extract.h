/* SPDX-License-Identifier: MIT */
/* Files out of an ext4 image, for the host. */
#ifndef FMGEN_IMAGE_EXTRACT_H
#define FMGEN_IMAGE_EXTRACT_H

#include "image/rootfs.h"

/*
 * Copies what the n patterns name in fs (read from an image: image_to_read) into the directory
 * `to`, which is made: each under its own name, directories with all in them. A pattern is
 * absolute; each of its components may hold *, ? and […]; links on the way and at its end are
 * followed inside of the image. False with messages, and nothing written, where a pattern matches
 * nothing, or two things would have one name, or one is there already.
 */
bool extract(struct rootfs *fs, const char *to, char *const *patterns, size_t n);

#endif
