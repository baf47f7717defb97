/* SPDX-License-Identifier: MIT */
#ifndef FMGEN_QUOTE_H
#define FMGEN_QUOTE_H

#include "base/buf.h"

/* Appends s as one word of a POSIX shell, quoted only where it must be. */
void quote_shell(struct buf *b, const char *s);
/* Appends the words of argv, which ends in NULL, with spaces between them. */
void quote_command(struct buf *b, char *const *argv);

#endif
