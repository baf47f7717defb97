/* SPDX-License-Identifier: MIT */
/* The build directory of the verbs that look at one. */
#ifndef FMGEN_BUILDDIR_H
#define FMGEN_BUILDDIR_H

#include "base/arena.h"

#include <stdbool.h>

/* Moves into dir (NULL: stays); false with a message, which ends in hint, where that is no build
 * directory. */
bool enter_build_dir(const char *dir, const char *hint);
/* Whether generation would read and write what it did last; in verify.c. */
bool generation_is_current(struct arena *a);
/* Brings the manifests of all trees up to date, but for those that the graph itself orders; in
 * verify.c. */
bool refresh_trees(struct arena *a);

#endif
