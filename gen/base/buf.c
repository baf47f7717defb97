/* SPDX-License-Identifier: MIT */
#include "base/buf.h"
#include "base/util.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void buf_reserve(struct buf *b, size_t more)
{
	size_t need = b->len + more + 1;

	if (need <= b->room)
		return;
	b->room = need * 2 < 256 ? 256 : need * 2;
	b->data = xrealloc(b->data, b->room);
}

void buf_printf(struct buf *b, const char *fmt, ...)
{
	va_list ap;

	buf_reserve(b, 0);
	va_start(ap, fmt);
	size_t n = (size_t)vsnprintf(b->data + b->len, b->room - b->len, fmt, ap);
	va_end(ap);
	if (n >= b->room - b->len) {
		buf_reserve(b, n);
		va_start(ap, fmt);
		vsnprintf(b->data + b->len, n + 1, fmt, ap);
		va_end(ap);
	}
	b->len += n;
}

const char *buf_str(const struct buf *b)
{
	return b->data ? b->data : "";
}

void buf_free(struct buf *b)
{
	free(b->data);
	*b = (struct buf){0};
}
