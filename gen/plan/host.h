/* SPDX-License-Identifier: MIT */
/* Scripts of the user's that run on the host, and the order of scans behind them. */
#ifndef FMGEN_HOST_H
#define FMGEN_HOST_H

#include "plan/stage.h"

/*
 * The edge that runs the script of an option (TYPE_STEP) of b in its workdir; returns its identity.
 * As words it runs on each build where the workload is named, as a map when the script, an input or
 * an output says so. rule: the stage's name, too.
 */
const char *host_script(struct planner *p, const struct build *b, enum option_id option,
			const char *rule);
/* Lets the scan of a tree at path wait for the host-inits of the workload that is planned now, as
 * far as they may write there. own: also for its own one. */
void order_scan(struct planner *p, struct edge *scan, const char *path, bool own);
/* Lets an edge wait for the host-inits of b's ancestors and owner; own: also for its own one. */
void after_host_inits(struct planner *p, struct edge *e, const struct build *b, bool own);

#endif
