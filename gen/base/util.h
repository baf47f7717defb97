/* SPDX-License-Identifier: MIT */
/* Allocation that cannot fail, and fatal errors of the environment (not of the user's input: see
 * diag.h). */
#ifndef FMGEN_UTIL_H
#define FMGEN_UTIL_H

#include <stdbool.h>
#include <stddef.h>

#define LEN(array) (sizeof(array) / sizeof((array)[0]))

void *xcalloc(size_t n, size_t size);
void *xrealloc(void *p, size_t size);
char *xstrdup(const char *s);

/* Prints "fmgen: message" on stderr and exits with status 1; a format that ends in ':' gets
 * strerror(errno). */
void die(const char *fmt, ...) __attribute__((format(printf, 1, 2), noreturn));
/* The same without the exit. */
void warn(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

static inline bool streq(const char *a, const char *b)
{
	return __builtin_strcmp(a, b) == 0;
}
/* What follows prefix in s, or NULL where s does not start with it. */
const char *after_prefix(const char *s, const char *prefix);
bool has_suffix(const char *s, const char *suffix);

#endif
