/* SPDX-License-Identifier: MIT */
/* Scalars of YAML 1.1, such that they are read back as the same strings. */
#ifndef FMGEN_EMIT_YAML_H
#define FMGEN_EMIT_YAML_H

#include "base/buf.h"

#include <stdbool.h>

/* Appends a string: plain where nothing can be taken for something else, else in double quotes. */
void yaml_string(struct buf *b, const char *s);
/* Whether text of several lines can stand as a literal block. */
bool yaml_fits_block(const char *s);
/* Appends the lines of a block below its header ("|" where s ends in a newline, else "|-"). */
void yaml_block(struct buf *b, const char *s, int indent);

#endif
