/* SPDX-License-Identifier: MIT */
/* Scripts of the user's that run on the host. */
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

#endif
