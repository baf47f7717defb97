/* SPDX-License-Identifier: MIT */
#ifndef FMGEN_PARALLEL_H
#define FMGEN_PARALLEL_H

#include <stddef.h>

/* Calls work(data, i) for each i below n, in any order, by as many threads as there are
 * processors. */
void in_parallel(size_t n, void (*work)(void *data, size_t i), void *data);

#endif
