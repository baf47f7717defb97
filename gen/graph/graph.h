/* SPDX-License-Identifier: MIT */
/* The build graph that stages fill and emitters print. It holds only names that fmgen made; what
 * the user wrote stands in parameter files. */
#ifndef FMGEN_GRAPH_H
#define FMGEN_GRAPH_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/map.h"

#include <stdbool.h>

#define FORCE "FORCE" /* of the rules in templates/ */

struct paths {
	const char **v;
	size_t n, room;
};

struct edge {
	const char *rule; /* of the rules in templates/ */
	const char *id; /* names out/args/ID, out/log/ID.log and out/stage/ID; NULL: the rule needs
			   none of them */
	const char *home; /* the graph file that holds the edge, below out/ and without suffix */
	struct paths outs, ins, order_only;
	struct paths promises; /* what the command makes outside of the graph: items */
	struct paths beside; /* what it makes beside its outputs, for the stages that read those */
	bool acts; /* it does something that its outputs do not hold: deleting one runs it again */
	const char *args;  /* the text of out/args/ID, which is then an input; or NULL */
	const char *watch; /* the text of out/watch/ID, see plan/watch.h; or NULL */
	struct span why;   /* the spec line behind the edge */
	struct edge *next; /* in order of creation */
};

/* What a manifest is of: an input of generation's edges that lives outside the graph. */
struct tree {
	const char *id;	    /* the manifest is out/tree/ID */
	const char *path;   /* an item of a parameter file: "@spec/overlay" */
	const char *filter; /* see track/tree.h */
	struct edge *scan;
	struct span why;
};

struct alias {
	const char *name;
	struct paths targets;
	struct span why;
};

struct graph {
	struct arena *arena;
	struct edge *edges, **tail;
	size_t nedges;
	struct map by_output;  /* path -> struct edge * */
	struct map trees;      /* id -> struct tree * */
	struct map aliases;    /* name -> struct alias * */
	struct map identities; /* the fields that a stage's ID is made from -> ID */
	struct map ids;	       /* all of these IDs */
	struct map revisions;  /* plumbing verb -> its revision, the text of out/revision/VERB */
	struct paths defaults; /* the targets of a plain `ninja` */
};

void graph_init(struct graph *g, struct arena *a);
/* Appends an edge without inputs and outputs. */
struct edge *graph_edge(struct graph *g, const char *rule, const char *id, const char *home,
			struct span why);
/* Names an output; path must live as long as the graph. An output of two edges is an error that
 * names both places. */
void edge_out(struct graph *g, struct edge *e, const char *path, struct diag *d);
/* Adds an input, once; an edge with the input FORCE always runs. */
void edge_in(struct graph *g, struct edge *e, const char *path);
/* Adds what must be there before, but may change, once. */
void edge_after(struct graph *g, struct edge *e, const char *path);
bool edge_forced(const struct edge *e);
/* Adds a path to the end of a list. */
void paths_add(struct arena *a, struct paths *p, const char *path);
/* The same, unless the list has it. */
void paths_add_once(struct arena *a, struct paths *p, const char *path);
bool paths_have(const struct paths *p, const char *path);
/* The alias of that name, made when it is not there yet. */
struct alias *graph_alias(struct graph *g, const char *name, struct span why);

#define edges_each(e, g) for (const struct edge *e = (g)->edges; e; e = e->next)

#endif
