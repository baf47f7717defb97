/* SPDX-License-Identifier: MIT */
#include "emit/line.h"

#include <string.h>

#define COLUMNS 100
#define INDENT	"\n    "

void line_parts(struct line *l, const char *before, const char *word, const char *after)
{
	size_t len = strlen(before) + strlen(word) + strlen(after);

	if (l->column && l->column + 1 + len > COLUMNS - 2) {
		buf_putc(l->b, ' ');
		buf_puts(l->b, l->breaks);
		buf_puts(l->b, INDENT);
		l->column = sizeof(INDENT) - 2;
	} else if (l->column) {
		buf_putc(l->b, ' ');
		l->column++;
	}
	buf_puts(l->b, before);
	buf_puts(l->b, word);
	buf_puts(l->b, after);
	l->column += len;
}

void line_word(struct line *l, const char *word)
{
	line_parts(l, "", word, "");
}

void line_words(struct line *l, const struct paths *p)
{
	for (size_t i = 0; i < p->n; i++)
		line_word(l, p->v[i]);
}

void line_end(struct line *l)
{
	buf_putc(l->b, '\n');
	l->column = 0;
}
