/* SPDX-License-Identifier: MIT */
#include "base/arena.h"
#include "base/util.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define FIRST_SIZE ((size_t)64 << 10)
#define HUGE	   ((size_t)2 << 20) /* a huge page */
#define ALIGN	   _Alignof(max_align_t)

struct chunk {
	struct chunk *older;
	size_t mapped; /* bytes to unmap; 0: to be freed */
	max_align_t data[];
};

/* Large chunks are huge pages: to fault small ones in would take longer than to fill them. */
static struct chunk *map_chunk(size_t len)
{
	char *p =
		mmap(NULL, len + HUGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (p == MAP_FAILED)
		die("out of memory");
	size_t skip = (HUGE - (uintptr_t)p % HUGE) % HUGE;
	if (skip)
		munmap(p, skip);
	munmap(p + skip + len, HUGE - skip);
	p += skip;
	madvise(p, len, MADV_HUGEPAGE);
	struct chunk *c = (struct chunk *)(void *)p;
	c->mapped = len;
	return c;
}

static void add_chunk(struct arena *a, size_t size)
{
	size_t len = sizeof(struct chunk) + size;
	struct chunk *c;

	if (len >= HUGE) {
		len = (len + HUGE - 1) / HUGE * HUGE;
		c = map_chunk(len);
	} else {
		c = xcalloc(1, len);
	}
	c->older = a->chunks;
	a->chunks = c;
	a->next = (char *)c->data;
	a->end = (char *)c + len;
}

void *arena_alloc(struct arena *a, size_t size)
{
	size = (size + ALIGN - 1) / ALIGN * ALIGN;
	if ((size_t)(a->end - a->next) < size) {
		a->size = !a->size ? FIRST_SIZE : a->size < HUGE ? a->size * 2 : HUGE;
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

/* As vsnprintf for a simple format, which is most of them; many times as fast. */
static size_t join(char *out, size_t room, const char *fmt, va_list ap)
{
	size_t len = 0;

	while (*fmt) {
		bool word = *fmt == '%';
		const char *s = word ? va_arg(ap, const char *) : fmt;
		size_t n = word ? strlen(s) : (size_t)(strchrnul(fmt, '%') - fmt);

		if (len + n < room)
			memcpy(out + len, s, n);
		len += n;
		fmt += word ? 2 : n;
	}
	if (len < room)
		out[len] = '\0';
	return len;
}

static size_t format(char *out, size_t room, const char *fmt, va_list ap)
{
	return is_simple(fmt) ? join(out, room, fmt, ap) : (size_t)vsnprintf(out, room, fmt, ap);
}

char *arena_printf(struct arena *a, const char *fmt, ...)
{
	va_list ap;
	size_t room = (size_t)(a->end - a->next);

	va_start(ap, fmt);
	size_t size = format(a->next, room, fmt, ap) + 1;
	va_end(ap);
	char *s = arena_alloc(a, size);
	if (size <= room)
		return s;
	va_start(ap, fmt);
	format(s, size, fmt, ap);
	va_end(ap);
	return s;
}

void arena_free(struct arena *a)
{
	while (a->chunks) {
		struct chunk *older = a->chunks->older;

		if (a->chunks->mapped)
			munmap(a->chunks, a->chunks->mapped);
		else
			free(a->chunks);
		a->chunks = older;
	}
	*a = (struct arena){0};
}
