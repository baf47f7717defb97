/* SPDX-License-Identifier: MIT */
/* Where a reference stands in a log, or nearly stands. */
#ifndef FMGEN_TRIAL_ALIGN_H
#define FMGEN_TRIAL_ALIGN_H

#include "trial/lines.h"

/* Whether the lines of ref stand in log as one block. An empty one stands everywhere. */
bool lines_contain(const struct lines *log, const struct lines *ref);

/* The lines of the log, from..to, that a block should have been in, for a reader. */
struct place {
	size_t from, to;
	bool alike; /* some line is equal or similar there; else it is the end of the log */
};

struct place lines_nearest(const struct lines *log, const struct lines *ref);

#endif
