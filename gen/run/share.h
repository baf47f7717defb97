/* SPDX-License-Identifier: MIT */
/* How machines that run at once share the memory of this host. */
#ifndef FMGEN_RUN_SHARE_H
#define FMGEN_RUN_SHARE_H

#include <stdbool.h>
#include <stddef.h>

struct share {
	long long want;	 /* bytes that a machine asks for */
	long long least; /* what it may be cut to where it is not alone */
	long long given;
};

/* Sets what each is given so that at_once of them (0: all) are within bytes (0: no limit): as much
 * as they want, or cut evenly. False where not all that shall run at once can: each is given the
 * least. */
bool share_memory(struct share *v, size_t n, size_t at_once, long long bytes);

#endif
