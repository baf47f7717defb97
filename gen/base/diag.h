/* SPDX-License-Identifier: MIT */
/* Diagnostics: collected during a run, printed sorted, once each, with place, source line, caret
 * and hint, or as JSON. */
#ifndef FMGEN_DIAG_H
#define FMGEN_DIAG_H

#include "base/arena.h"
#include "base/warnings.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

/* A file that was read; lives as long as the arena of the run. */
struct source {
	const char *path; /* as it is shown to the user */
	const char *text;
	size_t len;
};

/* A place: 1-based line and column (in bytes), len bytes long (0: a point). src NULL: no place;
 * line 0: the whole file. */
struct span {
	const struct source *src;
	uint32_t line, col, len;
};

/* A string and where it was written; s NULL: absent. */
struct str {
	const char *s;
	struct span at;
};

enum severity { DIAG_NOTE, DIAG_WARNING, DIAG_ERROR };
enum diag_format { DIAG_TEXT, DIAG_JSON };

struct diag_item;

struct diag {
	struct arena *arena;
	struct diag_item *items, **tail;
	unsigned errors, warnings;
	enum warning_policy policy[WARN_COUNT];
	enum diag_format format;
};

void diag_init(struct diag *d, struct arena *a);
/* Each adds one message and returns it, for diag_hint and diag_also; diag_warn adds what the policy
 * makes of the warning. */
struct diag_item *diag_error(struct diag *d, struct span at, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
struct diag_item *diag_warn(struct diag *d, enum warning kind, struct span at, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));
struct diag_item *diag_note(struct diag *d, struct span at, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
/* Adds a line "hint: …" below the message. */
void diag_hint(struct diag *d, struct diag_item *item, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
/* Adds a line "PLACE: note: …" below the message, such as "also set here". */
void diag_also(struct diag *d, struct diag_item *item, struct span at, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));
/* Prints all in order of file (first use), line, column and severity, without duplicates and
 * without warnings about what is an error already, and forgets them. Returns false if there was an
 * error. */
bool diag_print(struct diag *d, FILE *out);
/* The nearest of n names to s by edit distance, or NULL where none is near. */
const char *nearest_name(const char *s, const char *const *names, size_t n);

#endif
