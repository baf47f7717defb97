/* SPDX-License-Identifier: MIT */
/* Paths as text: nothing here touches a file but path_real, and path_join for a ".." that could
 * stand behind a symlink. */
#ifndef FMGEN_PATH_H
#define FMGEN_PATH_H

#include "base/arena.h"

#include <stdbool.h>

/* dir/name in normal form (no "//" or "." parts, nor inner ".." but behind a symlink, which leads
 * elsewhere); name alone where it is absolute. */
const char *path_join(struct arena *a, const char *dir, const char *name);
/* "." for a path without a slash. */
const char *path_dir(struct arena *a, const char *path);
/* The part after the last slash. */
const char *path_base(const char *path);
/* The file name without its last extension: "a/b.json" gives "b". */
const char *path_stem(struct arena *a, const char *path);
/* The part of path below dir (both in normal form), "." for dir itself, or NULL where it is not
 * below. */
const char *path_below(const char *path, const char *dir);
/* From the directory dir to path, both absolute and normal: "../x/y". */
const char *path_relative(struct arena *a, const char *dir, const char *path);
/* realpath(3) into the arena, or NULL with errno set. */
const char *path_real(struct arena *a, const char *path);

#endif
