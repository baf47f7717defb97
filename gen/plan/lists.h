/* SPDX-License-Identifier: MIT */
/* The lists that commands of the graph and verbs read: out/roots, out/trees, out/outputs,
 * out/promises, out/workloads and out/named. Each is appended to b. */
#ifndef FMGEN_PLAN_LISTS_H
#define FMGEN_PLAN_LISTS_H

#include "base/buf.h"
#include "plan/plan.h"

void list_roots(const struct planner *p, struct buf *b);
void list_trees(const struct planner *p, struct buf *b);
/* One line of out/trees. */
void list_tree(const struct planner *p, const struct tree *t, struct buf *b);
void list_outputs(const struct planner *p, struct buf *b);
void list_promises(const struct planner *p, struct buf *b);
/* All workloads, one a line, with their jobs behind tabs. */
void list_workloads(const struct planner *p, struct buf *b);
/* The workload of each target, in the order of the command line. */
void list_named(const struct planner *p, struct buf *b);

#endif
