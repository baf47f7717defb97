/* SPDX-License-Identifier: MIT */
/* What a plain scalar means in YAML 1.1, by the rules that PyYAML has. */
#ifndef FMGEN_SCALAR_H
#define FMGEN_SCALAR_H

#include "load/doc.h"

/* Sets kind, boolean and integer from text. Dates, which PyYAML makes objects of, stay strings. */
void scalar_resolve(struct doc *doc);

#endif
