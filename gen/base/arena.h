/* SPDX-License-Identifier: MIT */
/* One arena holds the whole model of a run; nothing in it is freed alone. */
#ifndef FMGEN_ARENA_H
#define FMGEN_ARENA_H

#include <stddef.h>

struct arena {
	struct chunk *chunks; /* newest first */
	char *next, *end;     /* free space of the newest */
	size_t size;	      /* of the newest, as a rule */
};

/* Zeroed memory, aligned for any type; never NULL (out of memory ends the program). */
void *arena_alloc(struct arena *a, size_t size);
/* Copies of bytes and of strings; the copy ends in NUL. */
char *arena_dup(struct arena *a, const void *p, size_t len);
char *arena_strdup(struct arena *a, const char *s);
/* As sprintf, into the arena. */
char *arena_printf(struct arena *a, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* Frees all that the arena handed out. */
void arena_free(struct arena *a);

#define arena_new(a, type)	((type *)arena_alloc((a), sizeof(type)))
#define arena_array(a, type, n) ((type *)arena_alloc((a), sizeof(type) * (n)))

#endif
