/* SPDX-License-Identifier: MIT */
/* The types of the option table in words and as JSON Schema. */
#ifndef FMGEN_SHAPES_H
#define FMGEN_SHAPES_H

#include "decode/options.h"

struct shape {
	const char *words;  /* "path or list of paths" */
	const char *schema; /* a JSON Schema, with ' in the place of " */
};

/* Indexed by enum opt_type. */
extern const struct shape shapes[];
/* "Inherited" and the like, indexed by enum opt_inherit. */
extern const char *const inherit_words[];

#endif
