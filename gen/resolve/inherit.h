/* SPDX-License-Identifier: MIT */
#ifndef FMGEN_INHERIT_H
#define FMGEN_INHERIT_H

#include "resolve/workload.h"

/* What an option's value is, by its rule of inheritance, from a workload's own value and its
 * parent's. */
void inherit_value(struct arena *a, const struct option *opt, struct value *v,
		   const struct value *own, const struct value *above);
/* Fills w->values from its spec and, by the rules of the option table, from those of its parent,
 * which are complete. modules: those that every kernel of the board has. */
void inherit_values(struct arena *a, struct workload *w, const struct value *modules);

#endif
