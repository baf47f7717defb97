/* SPDX-License-Identifier: MIT */
/* Scripts of the user's that run on the host, and the order of scans behind them. */
#ifndef FMGEN_HOST_H
#define FMGEN_HOST_H

#include "plan/stage.h"

/*
 * The edge that runs the script of an option (TYPE_STEP) of b in its workdir; returns its identity.
 * As words it runs on each build where the workload is named, as a map when the script, an input or
 * an output says so. A post-bin also runs when the binary changed. The option's name is the
 * rule's, too.
 */
const char *host_script(struct planner *p, const struct build *b, enum option_id option);
/*
 * The stamps of the scripts that may write path, for a reader: those of the workload that is
 * planned now and of what it is based on. What another workload reads at that path has another
 * manifest, so that it does not wait for scripts that are not its own.
 */
struct paths writers_of(struct planner *p, const char *path, enum reader reader);
/* Lets an edge wait for the host-inits of b's ancestors and owner; own: also for its own one. */
void after_host_inits(struct planner *p, struct edge *e, const struct build *b, bool own);

#endif
