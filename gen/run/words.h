/* SPDX-License-Identifier: MIT */
/* The command of an edge as `fmgen run` starts it. */
#ifndef FMGEN_WORDS_H
#define FMGEN_WORDS_H

#include "base/arena.h"

#include <stdbool.h>

/* The words of $FMGEN_LAUNCHER, the command, and the items of out/args/ID; either may be left out.
 * NULL with a message. */
char **run_words(struct arena *a, char *const *command, bool launcher, const char *args_id);
/* The command as one line, escaped as an item is. */
const char *run_line(struct arena *a, char *const *command);

#endif
