/* SPDX-License-Identifier: MIT */
/* Outputs that appear whole or not at all, and copies of sparse files. Functions that return false
 * have said why on stderr. */
#ifndef FMGEN_IMAGE_OUTPUT_H
#define FMGEN_IMAGE_OUTPUT_H

#include "base/arena.h"

#include <stdbool.h>
#include <sys/types.h>

/* An output that is being written under a temporary name beside its own. */
struct output {
	const char *path, *temp;
};

/* Chooses the names, makes missing parents, and removes what an interrupted run left. */
bool output_begin(struct output *o, struct arena *a, const char *path);
/* Renames it into place when ok, else removes it. Returns ok, or false when the rename failed. */
bool output_end(struct output *o, bool ok);
/* As output_end, but leaves an old output of equal bytes alone. */
bool output_end_if_changed(struct output *o, bool ok);
/* Whether two files have equal bytes; a symlink at b is none. Holes are passed over. */
bool same_contents(const char *a, const char *b);
/* Copies a file to a new one of that mode: by reflink where the file system can, else without its
 * holes. */
bool copy_sparse(const char *from, const char *to, mode_t mode);
/* The same to an empty file that is open. */
bool copy_sparse_to(const char *from, int to);

#endif
