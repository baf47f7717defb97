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
/*
 * The stamps of the host-inits of the workload that is planned now which may write path; own: its
 * own one, too. What another workload reads at that path has another manifest, so that it does not
 * wait for scripts that are not its own.
 */
struct paths writers_of(struct planner *p, const char *path, bool own);
/* Lets an edge wait for the host-inits of b's ancestors and owner; own: also for its own one. */
void after_host_inits(struct planner *p, struct edge *e, const struct build *b, bool own);

#endif
