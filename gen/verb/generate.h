/* SPDX-License-Identifier: MIT */
/* Generation: the whole pipeline behind `fmgen WORKLOAD…`. */
#ifndef FMGEN_GENERATE_H
#define FMGEN_GENERATE_H

#include "base/arena.h"
#include "load/source.h"

#include <stdbool.h>

/* What the command line says; kept in out/command so that the build tool can say it again. */
struct request {
	const char *builddir; /* NULL: the current directory */
	const char *board, *workdir, *dump;
	bool no_disk, werror;
	char **targets;
	size_t ntargets;
};

/* Moves into the build directory (made if need be) and names the targets, the board and the workdir
 * from there. */
void request_enter(struct arena *a, struct request *r);
/* The lines of out/command, and back. false where they cannot be read. */
void request_write(const struct request *r, struct buf *b);
bool request_read(struct arena *a, struct request *r);
/* Runs the pipeline in the current directory; returns the exit status. */
int generate(struct arena *a, const struct request *r);

#endif
