/* SPDX-License-Identifier: MIT */
/* The values of options as text: names, sizes and shell words. Each parser returns NULL on success,
 * or what is wrong. */
#ifndef FMGEN_VALUES_H
#define FMGEN_VALUES_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

#define NAME_LENGTH 200

/* Whether s is [A-Za-z0-9_+][A-Za-z0-9._+-]* and no longer than NAME_LENGTH: fit for file names,
 * also with a suffix. */
bool is_name(const char *s);

/* A number with an optional unit, in bytes; *has_unit tells whether there was one. kB, MB, … are
 * powers of 10; KiB, K, MiB, M, … of 2. */
const char *parse_size(const char *s, long long *bytes, bool *has_unit);

/* A positive decimal integer that fits an int. */
const char *parse_count(const char *s, long long *number);

struct word {
	const char *s;
	size_t offset, len; /* where it was written in the text */
};

struct words {
	struct word *v;
	size_t n, room;
};

/*
 * Splits text into words as a POSIX shell would: blanks separate, quotes and backslashes protect;
 * nothing is expanded. On failure *fault is the offset of the quote or backslash that has no end.
 */
const char *split_words(struct arena *a, const char *text, struct words *words, size_t *fault);

#endif
