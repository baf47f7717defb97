/* SPDX-License-Identifier: MIT */
/* What a test found: kept as out/test/ID/result.json, for `fmgen test` to tell of. All texts are
 * fit to be shown: see safe_line. */
#ifndef FMGEN_TRIAL_RESULT_H
#define FMGEN_TRIAL_RESULT_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

struct trial_case {
	const char *name; /* a path of the reference, or what else was looked at */
	const char *why;  /* it failed, in one line; NULL: it passed */
	const char *text; /* more of that: a diff; or NULL */
};

struct trial_result {
	const char *name; /* the workload's */
	const char *run;  /* the directory of the run */
	long long ms;	  /* that it took */
	struct trial_case *v;
	size_t n, room;
};

void result_add(struct arena *a, struct trial_result *r, struct trial_case c);
size_t result_failures(const struct trial_result *r);
/* Writes and reads the file; false with errno set, or 0 where it holds something else. */
bool result_write(const struct trial_result *r, const char *path);
bool result_read(struct arena *a, struct trial_result *r, const char *path);

#endif
