/* SPDX-License-Identifier: MIT */
/* What a workload is, all told: its own values and the inherited ones, with their places. */
#ifndef FMGEN_EMIT_SHOW_H
#define FMGEN_EMIT_SHOW_H

#include "base/buf.h"
#include "resolve/workload.h"

/*
 * Appends the workload as a spec in YAML, which fmgen reads again: its values in the order of the
 * option table, each with the place where it was written as a comment, then as comments what holds
 * where nothing is set. Paths start at the workdir as ever. here: the current directory.
 */
void show_workload(struct arena *a, struct buf *b, const struct model *m, const struct workload *w,
		   const char *here);

#endif
