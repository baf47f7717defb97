/* SPDX-License-Identifier: MIT */
/* The build graph that stages fill and emitters print. It holds only names that fmgen made: see args.h for what the user wrote. */
#ifndef FMGEN_GRAPH_H
#define FMGEN_GRAPH_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/map.h"

#include <stdbool.h>

struct paths {
	const char **v;
	size_t n, room;
};

struct edge {
	const char *rule;
	const char *id;   /* names the args file and the log; NULL: the rule needs neither */
	const char *home; /* the graph file that holds the edge: "stage/ID" or "wl/NAME" */
	struct paths outs, ins, order_only;
	const char *args;  /* the text of out/args/ID, or NULL */
	struct map *vars;  /* further variables of the rule, or NULL */
	struct span why;   /* the spec line behind the edge */
	struct edge *next; /* in order of creation */
};

/* A tree, file or list of files whose manifest is an input of edges; see tree.h. */
struct tree {
	const char *id;     /* the manifest is out/tree/ID */
	const char *path;   /* root-relative when it is below a root ("@spec/x"), escaped for a parameter file */
	const char *filter; /* "all", "kconfig" or "toolchain" */
	bool pinned;        /* fetched and read-only: never scanned again */
	struct span why;
};

struct alias {
	const char *name;
	struct paths targets;
	bool is_default;
};

struct graph {
	struct arena *arena;
	struct edge *edges, **tail;
	size_t nedges;
	struct map by_output; /* path -> struct edge * */
	struct map by_id;     /* stage ID -> struct edge * (its first) */
	struct map trees;     /* id -> struct tree * */
	struct map aliases;   /* name -> struct alias * */
	struct map identities; /* ID -> the fields it was made from, to detect equal hashes of unequal fields */
};

void graph_init(struct graph *g, struct arena *a);
/* Adds an edge; two edges of one output are an error that names both places. */
struct edge *graph_edge(struct graph *g, const char *rule, const char *id, const char *home, struct span why);
void edge_out(struct graph *g, struct edge *e, const char *path, struct diag *d);
void edge_in(struct graph *g, struct edge *e, const char *path);
void edge_order(struct graph *g, struct edge *e, const char *path);
void edge_var(struct graph *g, struct edge *e, const char *name, const char *value);
void paths_add(struct arena *a, struct paths *p, const char *path);
/* The alias of that name, made when it is not there yet. */
struct alias *graph_alias(struct graph *g, const char *name);

#endif
