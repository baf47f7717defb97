/* SPDX-License-Identifier: MIT */
/* Texts as lines, to be compared and shown. */
#ifndef FMGEN_TRIAL_LINES_H
#define FMGEN_TRIAL_LINES_H

#include "base/arena.h"
#include "base/buf.h"

#include <stdbool.h>
#include <stdint.h>

struct line {
	const char *s; /* any bytes */
	size_t len;
	uint64_t hash;
};

struct lines {
	struct line *v;
	size_t n;
	size_t first; /* the number of v[0] in its file, from 1 on */
	bool whole;   /* with their newlines, so that one that the last lacks is a difference */
};

/* The lines of a text, which has to live as long. */
struct lines lines_split(struct arena *a, const char *text, size_t len, bool whole);
/* Takes all carriage returns out of a text. */
void drop_returns(struct buf *text);
/*
 * What a console shows of a workload's own: what follows the first line that has the text from,
 * down to the last one after it that has the text to, or to the end. What stands before `to` in its
 * line counts; all the lines where none has `from`, and then *found is false.
 */
struct lines lines_between(struct arena *a, const struct lines *all, const char *from,
			   const char *to, bool *found);
/* Whether a character may stand anywhere, in XML and on a terminal. */
bool is_plain(uint32_t c);
/* Appends a line as it can be shown anywhere: control characters and what is not UTF-8 as \xHH,
 * without its newline. A \ in front of an x is \x5c, so lines that differ still do. */
void safe_line(struct buf *b, const char *s, size_t len);
/* The same for a string, into the arena. */
const char *safe_text(struct arena *a, const char *s);

#endif
