/* SPDX-License-Identifier: MIT */
/* The lists of the graph that its own commands read: out/roots, out/trees, out/outputs and
 * out/promises. Each is appended to b. */
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

#endif
