/* SPDX-License-Identifier: MIT */
#include "base/arena.h"
#include "base/util.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHUNK_SIZE ((size_t)64 << 10)
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
	if ((size_t)(a->end - a->next) < size)
		add_chunk(a, size > CHUNK_SIZE ? size : CHUNK_SIZE);
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

char *arena_printf(struct arena *a, const char *fmt, ...)
{
	va_list ap;

	size_t room = (size_t)(a->end - a->next);

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
