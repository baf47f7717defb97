/* SPDX-License-Identifier: MIT */
/* What a guest has made: copied off its disk without mounting it. */
#ifndef FMGEN_RUN_COLLECT_H
#define FMGEN_RUN_COLLECT_H

#include "run/disk.h"

/* Copies the outputs of a machine that has ended to a directory. The disk stays as it is: a journal
 * is replayed on a copy. False with a message. */
bool collect_outputs(struct arena *a, const struct machine *m, const struct disk *disk,
		     const char *dir);

#endif
