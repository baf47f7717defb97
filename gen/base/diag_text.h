/* SPDX-License-Identifier: MIT */
/* How a diagnostic looks: places, safe text and the excerpt of a source line. Used by
 * diag_print.c only. */
#ifndef FMGEN_DIAG_TEXT_H
#define FMGEN_DIAG_TEXT_H

#include "base/diag.h"

/* "FILE:LINE:COL: ", "FILE: " or "fmgen: ". */
void print_place(FILE *out, struct span at, bool colour);
/* Text that may come from the user: control bytes are shown as \xHH. */
void print_text(FILE *out, const char *s);
/* The line of a place with a mark below it; nothing for a place without a line. Tabs are expanded,
 * long lines are cut around the mark. */
void print_excerpt(FILE *out, struct span at, bool colour);

#endif
