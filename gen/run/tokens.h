/* SPDX-License-Identifier: MIT */
/* The job server of an outer make. Each command that make runs has one of its -jN tokens; one that
 * waits for something else than a processor can do without. */
#ifndef FMGEN_TOKENS_H
#define FMGEN_TOKENS_H

#include <stdbool.h>

struct tokens {
	int in, out; /* the server's pipe; -1: no make lends one */
};

/* Of the make that MAKEFLAGS speaks of. */
struct tokens tokens_find(void);
/* Lets make run something else meanwhile. */
void token_give(const struct tokens *t);
/* Waits until make can do without it. */
void token_take(const struct tokens *t);

#endif
