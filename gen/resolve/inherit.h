/* SPDX-License-Identifier: MIT */
#ifndef FMGEN_INHERIT_H
#define FMGEN_INHERIT_H

#include "resolve/workload.h"

/* Fills w->values from its spec and, by the rules of the option table, from those of its parent,
 * which are complete. */
void inherit_values(struct arena *a, struct workload *w);

#endif
