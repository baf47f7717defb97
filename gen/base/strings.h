/* SPDX-License-Identifier: MIT */
/* Lists of strings that end in NULL. */
#ifndef FMGEN_STRINGS_H
#define FMGEN_STRINGS_H

#include "base/arena.h"

#include <stdbool.h>

/* The parts of a text between any of these characters, without empty ones; text is copied. */
char **strings_split(struct arena *a, const char *text, const char *between);
size_t strings_count(char *const *v);
bool strings_have(char *const *v, const char *s);

#endif
