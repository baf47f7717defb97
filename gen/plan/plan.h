/* SPDX-License-Identifier: MIT */
/* Planning: from workloads to the build graph, stage by stage. */
#ifndef FMGEN_PLAN_H
#define FMGEN_PLAN_H

#include "graph/graph.h"
#include "resolve/workload.h"

/* Where paths may stand: a name for parameter files and identities, so that a moved checkout keeps
 * both. */
struct root {
	const char *name;  /* "spec" */
	const char *path;  /* what paths below it begin with, in normal form */
	const char *there; /* where it is, from the build directory; goes to out/roots */
};

/* What the words of a board are for. */
enum { QEMU, SPIKE, SIMULATORS };

struct planner {
	struct arena *arena;
	struct diag *diag;
	struct graph *graph;
	const struct model *model;
	const struct setup *setup;
	struct root *roots; /* the longest one that holds a path names it */
	size_t nroots;
	bool no_disk;		 /* -d: the default targets are the nodisk binaries */
	const struct build *now; /* what is planned now */
	const char *home;	 /* the graph file of the workload that is planned now */
	struct map builds;	 /* workload name -> struct build * */
	struct map edges;	 /* stage identity -> struct edge * */
	struct map data;	 /* name of a file of fmgen's data -> its manifest, char * */
	const char *machine_words[SIMULATORS][2]; /* of the board; without and with a disk */
	struct map manifests;			  /* "STAMP... FILTER PATH" -> struct tree * */
};

/* Plans all workloads of the model; mistakes go to p->diag. */
void plan(struct planner *p);

#endif
