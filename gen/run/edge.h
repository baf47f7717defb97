/* SPDX-License-Identifier: MIT */
/* What `fmgen run` knows of its edge, and the locks that go with it. */
#ifndef FMGEN_EDGE_H
#define FMGEN_EDGE_H

#include "track/outputs.h"

struct run_edge {
	const char *id;
	const char *stamp;  /* for make: see run/turn.h; or NULL */
	char **outs, **ins; /* as the build tool tells; NULL: not known */
	char **reads;	    /* the same inputs, or those of the last run; or NULL */
	struct outputs outputs;
	bool known; /* the outputs are */
};

/* Fills in what is known of an edge whose id and stamp are set. */
void run_edge_read(struct arena *a, struct run_edge *e);
/* Waits for the locks of its stage and of those that it reads, which all that it starts will have,
 * too; locks_leave() frees them. False with a message. */
bool run_edge_lock(struct arena *a, const struct run_edge *e);
/* The line of a spec, or of a board, behind an edge: "FILE:LINE:COLUMN"; NULL: not known. */
const char *run_edge_place(struct arena *a, const char *id);

#endif
