/* SPDX-License-Identifier: MIT */
/* The build directory of the verbs that look at one. */
#ifndef FMGEN_BUILDDIR_H
#define FMGEN_BUILDDIR_H

#include "base/arena.h"
#include "track/tree.h"

#include <stdbool.h>

/* Moves into dir (NULL: stays); false with a message, which ends in hint, where that is no build
 * directory. */
bool enter_build_dir(const char *dir, const char *hint);
/* Whether generation would read and write what it did last. */
bool generation_is_current(struct arena *a);
/* The stamp of a script of the user's: of the stage that begins there, with that length. */
const char *script_stamp(struct arena *a, const char *stage, size_t len);
/* Whether all scripts that write the tree have run: else the graph looks at it after them. */
bool tree_is_due(struct arena *a, const struct tree_entry *t);
/* Brings the manifests of all trees that are due up to date. */
bool refresh_trees(struct arena *a);

#endif
