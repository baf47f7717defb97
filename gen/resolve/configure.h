/* SPDX-License-Identifier: MIT */
/* The user's configuration in its place: from files and variables to what resolution is told. */
#ifndef FMGEN_CONFIGURE_H
#define FMGEN_CONFIGURE_H

#include "decode/config.h"
#include "resolve/workload.h"

/*
 * Loads the configuration of the directory dir: fmgen.yaml, else marshal-config.yaml there, or the
 * file that is named; then variables MARSHAL_* and, above these, FMGEN_*. Never NULL; mistakes are
 * reported.
 */
struct config *config_load(struct arena *a, struct inputs *in, const char *dir, const char *file,
			   struct diag *d);
/* Sets what the configuration says of a setup; a board that is set already stays. */
void config_apply(struct arena *a, struct inputs *in, const struct config *c, struct setup *s,
		  struct diag *d);
/* Records the variables of a key that a board or distro asks for, set or not. */
void config_watch(struct inputs *in, const char *key);
/*
 * Judges the keys that are not in the table, once the board is known: those that it, or anything
 * of fmgen's, asks for are paths; the others are warned about.
 */
void config_judge(struct arena *a, struct inputs *in, const struct setup *s,
		  const struct board *board, struct diag *d);

#endif
