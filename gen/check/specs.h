/* SPDX-License-Identifier: MIT */
/* Named checks on the resolved workloads: what a spec says that cannot work. */
#ifndef FMGEN_CHECK_SPECS_H
#define FMGEN_CHECK_SPECS_H

#include "resolve/workload.h"

/* Runs all checks on all workloads of the model, even where other errors were found before. */
void check_specs(struct arena *a, struct inputs *in, const struct model *model, struct diag *d);

/* Whether a workload cannot be called so, since fmgen or ninja have something of that name. */
bool name_is_reserved(const char *name);

#endif
