/* SPDX-License-Identifier: MIT */
/* What an installer is told of a workload; see fmgen-board(5). */
#ifndef FMGEN_DESCRIBE_H
#define FMGEN_DESCRIBE_H

#include "deliver/delivery.h"

/* The JSON; the caller frees it. NULL where memory ran out. */
char *describe(const struct delivery *d);
/* The value of a word "--KEY=VALUE"; NULL where it has another key. */
const char *word_key(const char *word, const char *key);

#endif
