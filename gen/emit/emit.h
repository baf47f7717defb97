/* SPDX-License-Identifier: MIT */
/* Emitters: from the graph to the text of files. They write nothing; emit/write.c does. */
#ifndef FMGEN_EMIT_H
#define FMGEN_EMIT_H

#include "base/buf.h"
#include "graph/graph.h"

struct file {
	struct buf text;
	bool borrowed; /* the text is not the file's to free */
};

/* Files in the making: path (from the build directory) -> struct file *. */
struct files {
	struct map by_path;
};

struct emitter {
	const char *name;	     /* -G NAME */
	const char *top;	     /* what the build tool reads first */
	const char *graph;	     /* what that includes, and what includes all others */
	const char *suffix;	     /* of the graph files */
	const char *stamp;	     /* made anew when all is written */
	const char *const *programs; /* the build tool: names, the best first; ends in NULL */
	const char *package;	     /* the Debian package of the first */
	const char *keep_going;	     /* its option to go on after a failure */
	bool by_times;		     /* it needs track/settle.h */
	bool serial;		     /* it runs one command at a time unless told otherwise */
	void (*emit)(const struct graph *g, struct files *out);
};

extern const struct emitter emit_ninja;
extern const struct emitter emit_make;
/* All of them; the first is the default. */
extern const struct emitter *const emitters[];
extern const size_t nemitters;
/* By its name; NULL where there is none. */
const struct emitter *emitter_find(const char *name);

void files_init(struct files *f, struct arena *a);
/* The buffer of a file, made empty at the first call. */
struct buf *files_get(struct files *f, const char *path);
void files_free(struct files *f);

/* The graph as JSON with the spec line behind each edge, and with its parameters on demand:
 * out/graph.json, beside which they are files, and --dump=graph. */
void emit_json(const struct graph *g, struct buf *b, bool args);
/* The parameter files and revisions, the same for all emitters. */
void emit_args(const struct graph *g, struct files *out);

#endif
