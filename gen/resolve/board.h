/* SPDX-License-Identifier: MIT */
/* Boards: data read from boards/NAME/board.yaml. */
#ifndef FMGEN_BOARD_H
#define FMGEN_BOARD_H

#include "base/diag.h"
#include "decode/spec.h"
#include "load/source.h"

/* A source tree that `fmgen fetch` gets: a package, and what is taken out of it. */
struct fetch {
	struct str name;
	const char *path;      /* the tree: its versioned directory once it is there */
	bool missing;	       /* not fetched yet */
	const struct doc *doc; /* the map, passed on to scripts/fetch as --key=value */
};

struct board {
	struct str name;
	const char *dir;	  /* boards/NAME */
	struct str arch;	  /* the kernel's ARCH */
	struct str cross;	  /* CROSS_COMPILE; the environment's CROSS_COMPILE wins */
	struct str linux_source;  /* path, or "@fetch/NAME" resolved to the cache */
	struct str config_target; /* the make target that starts the kernel configuration */
	struct str *config;	  /* kernel fragments, in order: paths */
	size_t nconfig;
	struct str opensbi_source;
	struct str *opensbi_args;
	size_t nopensbi_args;
	struct str bbl_source; /* or none */
	struct str busybox_source, busybox_config;
	const struct doc *launch; /* the map `launch`: how to start the machine; see board.yaml */
	struct fetch *fetches;
	size_t nfetches;
};

/* Loads a board, or NULL after errors. board: a name below boards_dir, or a path with a slash.
 * fetch_dir: the cache of fetched sources. */
struct board *board_load(struct arena *a, struct inputs *in, const char *boards_dir,
			 const char *board, const char *fetch_dir, struct diag *d);
/*
 * Whether a tree of the board (linux_source, opensbi_source, bbl_source, busybox_source) is there;
 * where it is still to be fetched, says so with the workload's place `why`, once for each tree and
 * place.
 */
bool board_need(const struct board *board, const struct str *tree, struct span why, struct diag *d);

#endif
