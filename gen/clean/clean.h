/* SPDX-License-Identifier: MIT */
/* What can be removed from a build directory, by its graph. */
#ifndef FMGEN_CLEAN_H
#define FMGEN_CLEAN_H

#include "clean/heap.h"
#include "report/report.h"

/* Heaps what building and launching made of these workloads and of nobody else; all: the names of
 * all of the graph. Both end in NULL. */
void clean_own(struct heap *h, struct report *r, char *const *names, char *const *all);
/* Heaps what earlier graphs have left, and this one has no use for. */
void clean_stale(struct heap *h, struct report *r, char *const *all);

#endif
