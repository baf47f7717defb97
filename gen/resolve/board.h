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
	const char *dir;       /* of the board that says so */
	const char *path;      /* the tree: its versioned directory once it is there */
	bool missing;	       /* not fetched yet */
	const struct doc *doc; /* the map, passed on to scripts/fetch as --key=value */
};

/* A path that the user has to give, by the configuration or the environment. */
struct parameter {
	struct str name;
	const char *help;
};

/*
 * What a path of a board can be: below its directory; "@fetch/NAME", then resolved to the cache;
 * "@user/KEY", then what the user gave, or this very text where nothing was given: see board_need.
 * What a board leaves out has s NULL.
 */
struct board {
	struct str name;
	const char *dir; /* boards/NAME */
	const char *
		*dirs; /* of the board that it starts from, of that one's, ..., the first first */
	size_t ndirs;
	struct str arch;  /* the kernel's ARCH */
	struct str cross; /* CROSS_COMPILE; the environment's CROSS_COMPILE wins */
	struct str linux_source;
	struct str config_target; /* the make target that starts the kernel configuration */
	struct str *config;	  /* kernel fragments, in order: paths */
	size_t nconfig;
	struct value modules; /* TYPE_MODULES: of every kernel */
	struct str opensbi_source;
	struct str *opensbi_args;
	size_t nopensbi_args;
	struct str bbl_source;
	bool no_firmware; /* `firmware: none`: the kernel's Image is what boots */
	struct str busybox_source, busybox_config;
	const struct doc *launch; /* the map `launch`: how to start the machine; see board.yaml */
	bool no_disk;		  /* the machine has none: the default is the nodisk binary */
	struct fetch *fetches;
	size_t nfetches;
	struct parameter *parameters;
	size_t nparameters;
	struct str installer;	      /* the name of the one that is used where none is named */
	struct installer *installers; /* see resolve/installer.h */
	size_t ninstallers;
};

struct setup;
/* Loads the board of a setup with those that it starts from, or NULL after errors. The setup's own
 * trees take the place of the board's. */
struct board *board_load(struct arena *a, struct inputs *in, const struct setup *s, struct diag *d);
/*
 * Whether a tree of the board is there; where it is still to be fetched, or to be given by the
 * user, says so with the workload's place `why`, once for each tree and place.
 */
bool board_need(const struct board *board, const struct str *tree, struct span why, struct diag *d);

/* Adds the hint how a key of the user's configuration is set. */
void hint_parameter(struct diag *d, struct diag_item *item, const char *key);

#endif
