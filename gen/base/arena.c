/* SPDX-License-Identifier: MIT */
#include "base/arena.h"
#include "base/util.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FIRST_SIZE ((size_t)64 << 10)
#define LAST_SIZE  ((size_t)2 << 20) /* mapped by malloc, and so zero already */
#define ALIGN	   _Alignof(max_align_t)

struct chunk {
	struct chunk *older;
	max_align_t data[];
};

static void add_chunk(struct arena *a, size_t size)
{
	struct chunk *c = xcalloc(1, sizeof(*c) + size);

	c->older = a->chunks;
	a->chunks = c;
	a->next = (char *)c->data;
	a->end = a->next + size;
}

void *arena_alloc(struct arena *a, size_t size)
{
	size = (size + ALIGN - 1) / ALIGN * ALIGN;
	if ((size_t)(a->end - a->next) < size) {
		a->size = !a->size ? FIRST_SIZE : a->size < LAST_SIZE ? a->size * 2 : LAST_SIZE;
		add_chunk(a, size > a->size ? size : a->size);
	}
	void *p = a->next;
	a->next += size;
	return p;
}

char *arena_dup(struct arena *a, const void *p, size_t len)
{
	char *copy = arena_alloc(a, len + 1);

	if (len)
		memcpy(copy, p, len);
	return copy;
}

char *arena_strdup(struct arena *a, const char *s)
{
	return arena_dup(a, s, strlen(s));
}

/* Whether a format has no conversion but %s. */
static bool is_simple(const char *fmt)
{
	while ((fmt = strchr(fmt, '%')))
		if (*++fmt != 's')
			return false;
	return true;
}

/* The length of a simple format with its texts; they are copied to out, if that is not NULL. */
static size_t join(char *out, const char *fmt, va_list ap)
{
	size_t len = 0;

	while (*fmt) {
		bool word = *fmt == '%';
		const char *s = word ? va_arg(ap, const char *) : fmt;
		size_t n = word ? strlen(s) : strcspn(fmt, "%");

		if (out)
			memcpy(out + len, s, n);
		len += n;
		fmt += word ? 2 : n;
	}
	return len;
}

/* Most formats name a path; printf for them would take the larger part of planning. */
static char *vjoin(struct arena *a, const char *fmt, va_list ap)
{
	va_list again;

	va_copy(again, ap);
	char *s = arena_alloc(a, join(NULL, fmt, again) + 1);
	va_end(again);
	s[join(s, fmt, ap)] = '\0';
	return s;
}

char *arena_printf(struct arena *a, const char *fmt, ...)
{
	va_list ap;
	size_t room = (size_t)(a->end - a->next);

	if (is_simple(fmt)) {
		va_start(ap, fmt);
		char *joined = vjoin(a, fmt, ap);
		va_end(ap);
		return joined;
	}
	va_start(ap, fmt);
	size_t size = (size_t)vsnprintf(a->next, room, fmt, ap) + 1;
	va_end(ap);
	char *s = arena_alloc(a, size);
	if (size <= room)
		return s;
	va_start(ap, fmt);
	vsnprintf(s, size, fmt, ap);
	va_end(ap);
	return s;
}

void arena_free(struct arena *a)
{
	while (a->chunks) {
		struct chunk *older = a->chunks->older;

		free(a->chunks);
		a->chunks = older;
	}
	*a = (struct arena){0};
}
