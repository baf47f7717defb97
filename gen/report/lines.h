/* SPDX-License-Identifier: MIT */
/* The parts of what `fmgen why` prints. */
#ifndef FMGEN_REPORT_LINES_H
#define FMGEN_REPORT_LINES_H

#include "report/report.h"

/* "ID (PLACE), NOTE", and below it the reasons, or behind it where it is that of a first run. */
void put_title(FILE *out, const struct step *s, const char *note, const char *reasons);
/* Lines of text, indented. */
void put_lines(FILE *out, const char *text);
/* What would run, of all that report_ask has looked at. */
void put_future(struct report *r, const struct steps *all, FILE *out);
/* What ran last, where nothing would run now but what always does. */
void put_past(struct report *r, const struct steps *targets, const struct steps *all, FILE *out);

#endif
