/* SPDX-License-Identifier: MIT */
/* For make, which knows nothing but times. */
#ifndef FMGEN_SETTLE_H
#define FMGEN_SETTLE_H

#include "base/arena.h"

#include <stdbool.h>

#define SETTLE_EDGES "out/edges"
#define SETTLE_LOCK  "out/running"

/*
 * An output that came out equal keeps its time and is then older than the stamp of its edge: right
 * for what follows, but `make -n` and `make -q` would take it for out of date. This lifts the times
 * of the outputs of finished edges to those of their stamps, and the stamps of what follows and was
 * up to date with them, so that nothing that was out of date gets up to date. It takes away the
 * stamps of edges that have lost an output. Reads SETTLE_EDGES, a line for each edge: stamp, tab,
 * outputs, tab, inputs, blanks between. Leaves times alone while a command of the graph runs (they
 * share SETTLE_LOCK).
 */
bool settle(struct arena *a);

/*
 * To be called before SETTLE_EDGES is written anew with these lines: takes away the stamps of edges
 * that have other inputs or outputs from now on. What they read now may be older than the stamp, as
 * when an edit is undone. The stamp of an edge that has left the graph stays, for it may come back,
 * but not that of a published file, which may come back from elsewhere.
 */
bool settle_outdate(struct arena *a, const char *edges);

#endif
