/* SPDX-License-Identifier: MIT */
/* Long lines of names in a graph file, broken where they get too wide. */
#ifndef FMGEN_LINE_H
#define FMGEN_LINE_H

#include "base/buf.h"
#include "graph/graph.h"

struct line {
	struct buf *b;
	const char *breaks; /* what continues a line: "$" or "\\" */
	size_t column;
};

/* Appends a word after the ones before, or on a line of its own where it does not fit any more. */
void line_word(struct line *l, const char *word);
/* The same for a word of three parts. */
void line_parts(struct line *l, const char *before, const char *word, const char *after);
void line_words(struct line *l, const struct paths *p);
void line_end(struct line *l);

#endif
