/* SPDX-License-Identifier: MIT */
/* The reference chapters, made from the tables that the program itself reads. */
#ifndef FMGEN_EMIT_REFERENCE_H
#define FMGEN_EMIT_REFERENCE_H

#include "base/buf.h"

/* The options of a spec, as lists of mdoc(7). */
void reference_man(struct buf *b);
/* The keys of the configuration, as a list of mdoc(7). */
void reference_config(struct buf *b);
/* The options of a spec as Markdown. */
void reference_md(struct buf *b);

#endif
