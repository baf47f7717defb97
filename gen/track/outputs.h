/* SPDX-License-Identifier: MIT */
/*
 * The outputs of stages, and their twins: hard links in out/keep/stage/ that are kept from the end
 * of a run that succeeded to the start of the next one. Ninja compares times, so an output that
 * somebody deleted has to come back with its own.
 */
#ifndef FMGEN_OUTPUTS_H
#define FMGEN_OUTPUTS_H

#include "base/arena.h"

#include <stdbool.h>

/* A line of out/outputs: "ID<TAB>OUTPUT...<TAB>BESIDE...", with blanks between paths. */
struct outputs {
	const char *id;
	char **outs, **beside; /* both end in NULL; beside: what else readers of the outputs need */
};

/* Those of a stage; false where out/outputs does not have it. */
bool outputs_find(struct arena *a, const char *id, struct outputs *o);
/* Takes the twins away; makes them. */
void outputs_forget(struct arena *a, const struct outputs *o);
void outputs_keep(const struct outputs *o);
/*
 * Puts missing outputs of all stages back. Where the directory of a stage or what belongs beside
 * its outputs is gone, these are taken away instead, so that it runs. Stages that run now are left
 * alone.
 */
void outputs_mend(struct arena *a);

#endif
