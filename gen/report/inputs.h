/* SPDX-License-Identifier: MIT */
#ifndef FMGEN_REPORT_INPUTS_H
#define FMGEN_REPORT_INPUTS_H

#include "base/buf.h"

/* Of two records of generation's inputs (see load/source.h): a line for each thing that differs. */
void inputs_changes(const char *old, const char *now, struct buf *out);

#endif
