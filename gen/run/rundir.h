/* SPDX-License-Identifier: MIT */
/* Where a run leaves its results. */
#ifndef FMGEN_RUN_RUNDIR_H
#define FMGEN_RUN_RUNDIR_H

#include "base/arena.h"

/* Makes runOutput/NAME-VERB-TIME-RANDOM, turns the link runOutput/NAME-latest to it; its path, or
 * NULL with a message. */
const char *rundir_make(struct arena *a, const char *name, const char *verb);
/* The directory of one machine in it, DIR/NAME, made; or NULL with a message. */
const char *rundir_part(struct arena *a, const char *dir, const char *name);

#endif
