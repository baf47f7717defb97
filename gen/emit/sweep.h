/* SPDX-License-Identifier: MIT */
#ifndef FMGEN_SWEEP_H
#define FMGEN_SWEEP_H

#include "graph/graph.h"

/* Removes from the build directory what is fmgen's own and of no more use: temporary files that
 * killed processes left, twins of stages and parameters of workloads that are not in the graph. */
void sweep(const struct graph *g);

#endif
