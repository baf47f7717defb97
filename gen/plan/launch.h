/* SPDX-License-Identifier: MIT */
/* What launches and tests share: how the machines of workloads are booted. */
#ifndef FMGEN_PLAN_LAUNCH_H
#define FMGEN_PLAN_LAUNCH_H

#include "plan/machine.h"

/* The edge that boots w so; NULL: it cannot be. A workload that has no disk at all has one edge for
 * both kinds. */
const struct edge *launch_edge(struct planner *p, const struct workload *w,
			       const struct simulator *sim, enum kind kind);
/* What such edges are called: "launch-NAME" and the like. */
const char *launch_id(const struct planner *p, const char *prefix, const char *name,
		      const struct simulator *sim, enum kind kind);
/* The parameters of the script behind a run of w. */
void add_hook(struct step *s, const struct workload *w, const char *key);
/* Whether w is the last job of its workload that is planned. */
bool is_last_job(const struct planner *p, const struct workload *w);

#endif
