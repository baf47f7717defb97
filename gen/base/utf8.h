/* SPDX-License-Identifier: MIT */
#ifndef FMGEN_UTF8_H
#define FMGEN_UTF8_H

#include "base/buf.h"

#include <stddef.h>
#include <stdint.h>

/* Decodes one character; its length in bytes, or 0 where the bytes are none. */
size_t utf8_decode(const char *s, size_t len, uint32_t *c);
/* Appends s with U+FFFD for each byte that is no part of a character. */
void utf8_clean(struct buf *b, const char *s);

#endif
