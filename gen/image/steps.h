/* SPDX-License-Identifier: MIT */
/* The steps that fill an image, as words of a command line. */
#ifndef FMGEN_IMAGE_STEPS_H
#define FMGEN_IMAGE_STEPS_H

#include "image/rootfs.h"

#define STEPS_ARGS \
	"[--layer=DIR | --nodes=FILE | --image=IMG | --tar=FILE | --file=SRC --to=DST]..."

/* Does the steps in their order: --layer=DIR, --nodes=FILE, --image=IMG, --tar=FILE,
 * --file=SRC with its --to=DST. Dies on other words. */
void steps_put(struct rootfs *fs, char *const *words, size_t n);
/*
 * Moves the words of argv[1…] that start with one of the n keys ("--out=") into values; the last of
 * a kind counts. The rest stays, in order, from argv[1] on; returns how many.
 */
size_t steps_options(int argc, char **argv, const char *const *keys, const char **values, size_t n);
/* A number of bytes, in decimal digits. Dies on other text, naming the key. */
uint64_t steps_bytes(const char *key, const char *text);

#endif
