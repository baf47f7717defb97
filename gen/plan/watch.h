/* SPDX-License-Identifier: MIT */
#ifndef FMGEN_WATCH_H
#define FMGEN_WATCH_H

#include "plan/plan.h"

/*
 * Lists, for each script of the user's, the trees that its workload is built from and that are read
 * before it has run: it must not change them, which `fmgen guard` checks. Such a list is the text
 * of out/watch/ID. For when all stages are planned.
 */
void plan_watches(struct planner *p);

#endif
