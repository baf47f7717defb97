/* SPDX-License-Identifier: MIT */
/* A growable byte buffer; the bytes are always followed by a NUL that does not count. */
#ifndef FMGEN_BUF_H
#define FMGEN_BUF_H

#include <stddef.h>

struct buf {
	char *data; /* NULL while empty; the owner calls buf_free */
	size_t len, room;
};

void buf_add(struct buf *b, const void *p, size_t len);
void buf_puts(struct buf *b, const char *s);
void buf_putc(struct buf *b, char c);
void buf_printf(struct buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* The bytes as a string; "" while empty. Valid until the next change. */
const char *buf_str(const struct buf *b);
void buf_free(struct buf *b);

#endif
