/* SPDX-License-Identifier: MIT */
#ifndef FMGEN_VERB_NINJA_H
#define FMGEN_VERB_NINJA_H

#include "base/arena.h"

/* How many commands may run at a time, by the configuration of the last generation; NULL: it does
 * not say. In out/jobs. */
const char *read_jobs(struct arena *a);
/* Builds a target, or the default ones (NULL), in the current directory, which nobody else's call
 * of this builds in meanwhile. The exit status of ninja; 1, with a message, where there is none. */
int run_ninja(struct arena *a, const char *target);

#endif
