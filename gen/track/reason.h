/* SPDX-License-Identifier: MIT */
/* Why an edge has to run: its record compared with the present. */
#ifndef FMGEN_REASON_H
#define FMGEN_REASON_H

#include "base/map.h"
#include "track/was.h"

/* Reasons that are known by themselves. */
#define FIRST_RUN   "first run\n"
#define RUNS_ALWAYS "it runs each time\n"

/* What is the same for all edges; zero but for the arena at first. */
struct world {
	struct arena *arena;
	struct map trees; /* id -> struct tree_entry *, filled when first needed */
	struct map args; /* id -> the text of its parameters, where it is not what the file holds */
};

struct change {
	const struct was *old; /* NULL: it has never run */
	struct was *now;   /* id, command (or NULL) and inputs; `before` is set of inputs that took
			      the place of others */
	char *const *outs; /* ends in NULL; NULL: not known */
	const char *args;  /* the text of the parameters; NULL: what out/args/ID holds */
	const char *done;  /* the stamp that make has of it, or NULL */
	bool forced;	   /* it runs each time */
	bool missing;	   /* an output is missing */
	bool broken;	   /* its last run did not end well */
};

/* Appends the reasons, one a line; nothing where there are none. */
void reasons(struct world *w, const struct change *c, struct buf *out);
/* "rootfs.img of rootfs-0123456789abcdef" for the output of a stage, else the path. */
const char *input_name(struct arena *a, const char *path);
/* The same, and of a manifest the tree that it is of. */
const char *input_label(struct world *w, const char *path);
/* Whether two paths are in the directories of stages of one kind ("out/stage/kernel-0123…"). */
bool same_stage_kind(const char *a, const char *b);
/* Whether two paths name the same file of two stages of one kind. */
bool same_role(const char *a, const char *b);

#endif
