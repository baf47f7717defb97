/* SPDX-License-Identifier: MIT */
/*
 * Manifests: what stands for a tree or file in the graph. One line an entry, "TYPE MODE SIZE HASH
 * PATH": TYPE is f, d, l, c, b, p or s; MODE is octal; SIZE counts a file's bytes (0 otherwise);
 * HASH is the SHA-256 of a file, the target of a link, MAJOR:MINOR of a device, "unreadable", or
 * "-"; PATH is relative ("." is the root itself). Targets and paths are items of parameter files. A
 * directory comes before its entries, which are sorted bytewise by name. Times and owners are not
 * part of it.
 */
#ifndef FMGEN_TREE_H
#define FMGEN_TREE_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/writer.h"

#include <stdbool.h>

/* One line of out/trees, which tells scan and verify what to look at. */
struct tree_entry {
	const char
		*id; /* the manifest is out/tree/ID; hashes are kept in out/cache/ID, if not NULL */
	const char *filter;
	const char *path;
	const char *after; /* the scripts that write it, by stage and with commas between; "" */
	bool in_graph;	   /* such a script runs each time: verify leaves the tree alone */
};

/*
 * Filters: all: every entry; source: all but .git, and where the root is a symlink, which tree it
 * leads to; buildroot: that without output, dl and .config; kconfig: what the kernel's
 * configuration reads; toolchain: path is a CROSS_COMPILE prefix; pinned: a fetched tree, known by
 * PATH.origin or by its name. With source, buildroot and kconfig, what a symlink leads to outside
 * of the tree is described below it, once.
 */
bool tree_filter_known(const char *filter);
/* Reads out/trees (lines "ID<TAB>FILTER<TAB>verify|graph|STAGE,...<TAB>PATH", PATH an item of a
 * parameter file with the roots of out/roots); NULL with a message on stderr on failure. */
struct tree_entry *trees_read(struct arena *a, size_t *n);
/* The same from another file of such lines. */
struct tree_entry *trees_read_from(struct arena *a, const char *path, size_t *n);
/* A file that a script of the stage promises to make. */
struct promise {
	const char *stage, *path;
};
/* Reads out/promises (lines "STAGE<TAB>PATH", PATH an item); as trees_read. */
struct promise *promises_read(struct arena *a, size_t *n);
/* Appends the manifest of a tree. A path that does not exist gives the one line "absent". */
void tree_manifest(const struct tree_entry *t, struct buf *b);
/* Brings out/tree/ID up to date; false with a message where it cannot be written. */
bool tree_refresh(const struct tree_entry *t, struct writer *w);
/* Whether it is up to date. */
bool tree_is_current(const struct tree_entry *t);

#endif
