/* SPDX-License-Identifier: MIT */
/* Checks on the planned graph. */
#ifndef FMGEN_CHECK_GRAPH_H
#define FMGEN_CHECK_GRAPH_H

#include "graph/graph.h"

/* Every name is one that graph files can hold, every input below out/ is made by an edge, and no
 * alias is also a file. */
void check_graph(const struct graph *g, struct diag *d);

#endif
