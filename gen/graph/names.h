/* SPDX-License-Identifier: MIT */
/* The names of what edges have below out/, for those who find them there. */
#ifndef FMGEN_NAMES_H
#define FMGEN_NAMES_H

#include "base/arena.h"

#include <stdbool.h>

/* The identity of the stage that a path is in the directory of ("out/stage/ID/…"); NULL: none. */
const char *stage_of(struct arena *a, const char *path);
/* Whether a name is the identity of a stage, "STAGE-0123456789abcdef"; others are of workloads. */
bool is_identity(const char *name);
/* The stamp that an edge has in a Makefile; id: or the name of what it publishes. */
const char *done_stamp(struct arena *a, const char *rule, const char *id);

#endif
