/* SPDX-License-Identifier: MIT */
/* The walk behind the manifests of trees; see tree.h. */
#ifndef FMGEN_WALK_H
#define FMGEN_WALK_H

#include "base/buf.h"
#include "base/cache.h"

#include <stdbool.h>

/* What of a tree is wanted. path: of an entry, escaped, below the root; name: its last part. */
struct filter {
	const char *name;
	/* Whether the entry has a line. */
	bool (*wants)(const char *path, const char *name);
	/* Whether a directory is entered. */
	bool (*enters)(const char *path, const char *name);
	bool link;    /* a symlink at the root is told */
	bool follows; /* symlinks that lead out of the tree are followed */
};

/* The filter of that name, or NULL for those that are no walk. */
const struct filter *filter_find(const char *name);
/* Appends the lines of the tree or file at root, "absent" where there is none. */
void walk_tree(const char *root, const struct filter *f, struct hash_cache *c, struct buf *out);

#endif
