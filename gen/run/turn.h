/* SPDX-License-Identifier: MIT */
/* Who may run now. What is taken is inherited by all that a command starts, and is free again when
 * the last of them is gone, however it ended. False with a message where a lock cannot be had. */
#ifndef FMGEN_TURN_H
#define FMGEN_TURN_H

#include "base/arena.h"

#include <stdbool.h>

/* Waits for one of the places of a pool, NAME:DEPTH, which all commands of the build directory
 * share; meanwhile make may run something else. */
bool turn_in_pool(struct arena *a, const char *pool);
/* Tells track/settle.h that something runs. */
bool turn_is_on(void);

/* Makes STAMP.new, whose time says when the command began. */
bool stamp_begin(struct arena *a, const char *stamp);
/* Makes it the stamp: the command has succeeded. */
bool stamp_end(struct arena *a, const char *stamp);

#endif
