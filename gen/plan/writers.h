/* SPDX-License-Identifier: MIT */
/* Who writes what others read: the order of scans behind scripts on the host. */
#ifndef FMGEN_WRITERS_H
#define FMGEN_WRITERS_H

#include "plan/stage.h"

#define SCRIPT_STAMP "stamp" /* of such a script's stage */

/*
 * The stamps of the scripts that may write path, for a reader: those of the workload that is
 * planned now and of what it is based on. What another workload reads at that path has another
 * manifest, so that it does not wait for scripts that are not its own.
 */
struct paths writers_of(struct planner *p, const char *path, enum reader reader);
/* Lets an edge wait for the host-inits of b's ancestors and owner; own: also for its own one. */
void after_host_inits(struct planner *p, struct edge *e, const struct build *b, bool own);

#endif
