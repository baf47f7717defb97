/* SPDX-License-Identifier: MIT */
/* Differences of two texts, as diff -u shows them. */
#ifndef FMGEN_TRIAL_DIFF_H
#define FMGEN_TRIAL_DIFF_H

#include "trial/lines.h"

struct diff {
	struct arena *a;
	const char *temp;		 /* a directory for temporary files; it is made */
	const char *ref_name, *log_name; /* as they are shown */
	size_t most;			 /* lines that are shown; then, how many more differ */
};

/* Appends what diff(1) says of two texts, or why it does not. part: ref is looked for in log, so
 * what stands before and behind it there is no difference. */
void diff_show(struct buf *b, const struct diff *d, const struct lines *ref,
	       const struct lines *log, bool part);

#endif
