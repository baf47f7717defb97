/* SPDX-License-Identifier: MIT */
/* What is to be removed from the current directory, a build directory. Nothing outside of it is
 * ever touched: what lies behind a link stays. */
#ifndef FMGEN_HEAP_H
#define FMGEN_HEAP_H

#include "graph/graph.h"

struct heap {
	struct arena *arena;
	struct map seen;      /* all paths; its arena is the owner's to set */
	struct paths things;  /* what people know: stages, published files, disks */
	struct paths records; /* what goes with them */
	struct paths stages;  /* whose locks are taken before anything is removed */
	struct paths disks;   /* workloads whose disk must not be in use */
};

/* Adds a file or tree, if it is there. */
void heap_thing(struct heap *h, const char *path);
void heap_record(struct heap *h, const char *path);
/* The same for out/NAME and its twin in out/keep/. */
void heap_twins(struct heap *h, const char *name);
/* The log of an edge, the records of its runs and its stamps for make. rule NULL: any. */
void heap_edge(struct heap *h, const char *id, const char *rule);
/* A stage with all that it made. */
void heap_stage(struct heap *h, const char *id, const char *rule);
/* What was published as images/NAME, by fmgen. */
void heap_published(struct heap *h, const char *name);
/* The disk of launches of a workload, its tests, and what installers have made for it here. */
void heap_workload(struct heap *h, const char *name);

/* Removes it all, or with dry only tells; false with a message where something is in use (nothing
 * is removed then) or cannot be removed. each: names each thing. */
bool heap_remove(struct heap *h, bool dry, bool each);

#endif
