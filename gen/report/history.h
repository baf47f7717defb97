/* SPDX-License-Identifier: MIT */
/* Stages that took the place of others, as a changed spec makes them. */
#ifndef FMGEN_HISTORY_H
#define FMGEN_HISTORY_H

#include "report/report.h"

/* Tells a step, and those behind it, whose place they have: that of the stage with the id `before`.
 * What it says of its run is then the difference. */
void history_replaces(struct report *r, struct step *s, const char *before);
/* The same for the inputs of a record that took the place of others. */
void history_pair(struct report *r, const struct was *w);

#endif
