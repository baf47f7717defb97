/* SPDX-License-Identifier: MIT */
/* A growable byte buffer; the bytes are always followed by a NUL that does not count. */
#ifndef FMGEN_BUF_H
#define FMGEN_BUF_H

#include <stddef.h>
#include <string.h>

struct buf {
	char *data; /* NULL while empty; the owner calls buf_free */
	size_t len, room;
};

/* Makes room for more bytes and their NUL. */
void buf_reserve(struct buf *b, size_t more);

static inline void buf_add(struct buf *b, const void *p, size_t len)
{
	if (b->len + len >= b->room)
		buf_reserve(b, len);
	if (len)
		memcpy(b->data + b->len, p, len);
	b->len += len;
	b->data[b->len] = '\0';
}

static inline void buf_puts(struct buf *b, const char *s)
{
	buf_add(b, s, strlen(s));
}

static inline void buf_putc(struct buf *b, char c)
{
	buf_add(b, &c, 1);
}

void buf_printf(struct buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* The bytes as a string; "" while empty. Valid until the next change. */
const char *buf_str(const struct buf *b);
void buf_free(struct buf *b);

#endif
