/* SPDX-License-Identifier: MIT */
/* Compares a run with the reference of a test. */
#ifndef FMGEN_TRIAL_COMPARE_H
#define FMGEN_TRIAL_COMPARE_H

#include "trial/result.h"

struct comparison {
	const char *ref, *run; /* directories */
	bool strip;	       /* of consoles, only what is between two lines: see lines_between */
	const char *from, *to;
	const char *temp; /* a directory for temporary files */
};

/*
 * Adds a case for each file of the reference, and for what else of it the run lacks. A console's
 * log, any file called uartlog, has to hold the reference as one block of lines, carriage returns
 * aside; all other files have to be equal. What only the run has does not matter. Links of the
 * reference are followed, those of the run are not: a guest has made them.
 */
void compare(struct arena *a, const struct comparison *c, struct trial_result *r);

#endif
