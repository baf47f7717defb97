/* SPDX-License-Identifier: MIT */
/* Decoding of single values: one function for each type of the option table. */
#ifndef FMGEN_TYPES_H
#define FMGEN_TYPES_H

#include "decode/spec.h"

struct decoder {
	struct arena *arena;
	struct diag *diag;
};

/* Decodes doc as the value of opt. v is VALUE_SET or VALUE_NULL afterwards, or VALUE_UNSET after an
 * error, which is reported. */
void decode_value(struct decoder *dc, const struct option *opt, const struct doc *doc,
		  struct value *v);
/* Reports that what must be `wanted` ("a string") but is doc. */
struct diag_item *wrong_type(struct decoder *dc, const char *what, const struct doc *doc,
			     const char *wanted);

#endif
