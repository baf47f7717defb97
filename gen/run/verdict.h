/* SPDX-License-Identifier: MIT */
/* How a machine fared. */
#ifndef FMGEN_RUN_VERDICT_H
#define FMGEN_RUN_VERDICT_H

#include "run/child.h"
#include "run/machine.h"

#define TIMED_OUT 124 /* as timeout(1) */

struct verdict {
	int status;
	const char *why; /* of a failure, for people; NULL: a success */
};

/* What became of a machine, said on stderr where it is not a plain success. */
struct verdict verdict_of(struct arena *a, const struct machine *m, const struct outcome *o);
/* Another failure, which is said too. It counts only where there was none before. */
void verdict_add(struct verdict *v, const struct machine *m, int status, const char *why);
/* Writes DIR/status: the status, and the reason where there is one, a line each. */
bool verdict_write(struct arena *a, const struct verdict *v, const char *dir);

#endif
