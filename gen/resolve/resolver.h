/* SPDX-License-Identifier: MIT */
/* What the parts of resolution share. */
#ifndef FMGEN_RESOLVER_H
#define FMGEN_RESOLVER_H

#include "resolve/search.h"
#include "resolve/workload.h"

enum state { STATE_NEW, STATE_OPEN, STATE_DONE };

/* A workload while it is resolved. */
struct node {
	struct workload *w;
	const char *target_dir; /* of the target that led to it */
	struct node *parent, *owner;
	enum state state;
};

struct resolver {
	struct arena *arena;
	struct inputs *inputs;
	const struct setup *setup;
	struct diag *diag;
	struct search search;
	struct node **nodes; /* in the order of loading */
	size_t n, room;
	struct map files;   /* path, and real path -> struct node *; one without a workload could
			       not be loaded */
	struct map dirs;    /* directory -> its real path, char * */
	struct map names;   /* name -> struct node * */
	struct map distros; /* name -> struct distro * */
	struct model *model;
};

/* Loads a target of the command line with its jobs; NULL with a message. */
struct workload *load_target(struct resolver *r, const char *name);
/* Finds what a node is based on, and loads it where it is a spec that was not loaded yet. */
void load_parent(struct resolver *r, struct node *node);
/* Checks that the ancestors which a node shares with targets of other directories mean the same by
 * their bases. */
void check_target_dirs(struct resolver *r, const struct node *node);
/* The distro of that name, loaded once, or NULL. */
const struct distro *find_distro(struct resolver *r, const char *name);

#endif
