/* SPDX-License-Identifier: MIT */
/* What the configuration and fmgen itself set for all commands. */
#ifndef FMGEN_ENVIRONMENT_H
#define FMGEN_ENVIRONMENT_H

#include "base/arena.h"

/* How many commands may run at a time, by the configuration of the last generation; NULL: it does
 * not say. In out/jobs. */
const char *read_jobs(struct arena *a);
/* The same environment for all, but for PATH and what a compiler or a proxy may need. say: what
 * FMGEN_SAY shall name. */
void run_environment(struct arena *a, const char *say);

#endif
