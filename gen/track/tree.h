/* SPDX-License-Identifier: MIT */
/*
 * Manifests: what stands for a tree or file in the graph. One sorted line an entry: "TYPE MODE SIZE HASH PATH", where TYPE is f, d, l, c, b, p or s, MODE is
 * octal, HASH is the SHA-256 of a file's bytes or the escaped target of a link ("-" otherwise), and PATH is escaped and relative ("." is the root itself).
 */
#ifndef FMGEN_TREE_H
#define FMGEN_TREE_H

#include "base/arena.h"
#include "base/buf.h"

#include <stdbool.h>

struct hash_cache;

/* Hashes of files by device, inode, size, mtime and ctime. A missing or damaged cache file is an empty cache. */
struct hash_cache *hash_cache_open(struct arena *a, const char *path);
/* Writes it back, by rename, if it changed. */
void hash_cache_close(struct hash_cache *c);

/* One line of out/trees, which tells scan and verify what to look at. */
struct tree_entry {
	const char *id;     /* the manifest is out/tree/ID */
	const char *filter; /* all: every entry; kconfig: what the kernel's configuration reads; toolchain: path is a CROSS_COMPILE prefix; pinned: a fetched tree */
	const char *path;
	bool in_graph; /* a stamp orders its scan: verify leaves it alone */
};

/* Reads out/trees (lines "ID<TAB>FILTER<TAB>verify|graph<TAB>PATH", PATH an escaped item); NULL with a message on stderr on failure. */
struct tree_entry *trees_read(struct arena *a, size_t *n);
/* Appends the manifest of a tree. A path that does not exist gives the one line "absent". False with a message where it cannot be read. */
bool tree_manifest(const struct tree_entry *t, struct hash_cache *cache, struct buf *b);

#endif
