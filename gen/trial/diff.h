/* SPDX-License-Identifier: MIT */
/* Differences of two texts, as diff -u shows them. */
#ifndef FMGEN_TRIAL_DIFF_H
#define FMGEN_TRIAL_DIFF_H

#include "trial/lines.h"

/* Appends the first hunks of a unified diff, at most so many lines of them, and how many lines more
 * differ. part: ref is looked for in log, so what stands before and behind it there is no
 * difference. */
void diff_show(struct buf *b, const struct lines *ref, const struct lines *log, bool part,
	       size_t most);

#endif
