/* SPDX-License-Identifier: MIT */
/* Plain text as the source of a manual page. */
#ifndef FMGEN_EMIT_MDOC_H
#define FMGEN_EMIT_MDOC_H

#include "base/buf.h"

/*
 * Appends sentences as lines of mdoc(7): each begins a line of its own, long ones are broken, what
 * stands in backquotes becomes .Ql.
 */
void mdoc_text(struct buf *b, const char *text);

#endif
