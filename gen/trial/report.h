/* SPDX-License-Identifier: MIT */
/* What a test found, for people. */
#ifndef FMGEN_TRIAL_REPORT_H
#define FMGEN_TRIAL_REPORT_H

#include "trial/result.h"

#include <stdio.h>

/* Prints what failed, in as many lines as `fmgen run` shows of a log. report: where more is; or
 * NULL: then all is printed. */
void report_brief(const struct trial_result *r, const char *report, FILE *out);
/* Writes all of it to a file; false with errno set. */
bool report_write(const struct trial_result *r, const char *path);

#endif
