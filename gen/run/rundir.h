/* SPDX-License-Identifier: MIT */
/* Where a run leaves its results. */
#ifndef FMGEN_RUN_RUNDIR_H
#define FMGEN_RUN_RUNDIR_H

#include "base/arena.h"

/* Makes runOutput/NAME-VERB-TIME-RANDOM/NAME, turns the link runOutput/NAME-latest to it; its path,
 * or NULL with a message. */
const char *rundir_make(struct arena *a, const char *name, const char *verb);

#endif
