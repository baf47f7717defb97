/* SPDX-License-Identifier: MIT */
/* The strict second opinion on .json files, which are read by the rules of YAML. */
#ifndef FMGEN_JSON_H
#define FMGEN_JSON_H

#include "base/diag.h"

#include <stdbool.h>

/* Whether src is valid JSON; if not, warns once (name "json") at the first place that is not. d
 * NULL: only tells. */
bool json_check(const struct source *src, struct diag *d);

#endif
