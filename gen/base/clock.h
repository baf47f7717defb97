/* SPDX-License-Identifier: MIT */
#ifndef FMGEN_CLOCK_H
#define FMGEN_CLOCK_H

/* Milliseconds since some moment; nobody sets that clock. */
long long clock_ms(void);

#endif
