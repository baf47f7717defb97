/* SPDX-License-Identifier: MIT */
#include "emit/mdoc.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

#define WIDTH 79

struct writer {
	struct buf *b;
	size_t column;
};

static void end_line(struct writer *w)
{
	if (w->column)
		buf_putc(w->b, '\n');
	w->column = 0;
}

static void put_escaped(struct buf *b, const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (s[i] == '\\')
			buf_puts(b, "\\e");
		else
			buf_putc(b, s[i]);
}

static bool ends_sentence(const char *word, size_t len)
{
	return len > 1 && word[len - 1] == '.' && !ispunct((unsigned char)word[len - 2] & 0x7f);
}

static void put_word(struct writer *w, const char *word, size_t len)
{
	if (w->column && w->column + 1 + len > WIDTH)
		end_line(w);
	if (w->column)
		buf_putc(w->b, ' ');
	else if (*word == '.' || *word == '\'')
		buf_puts(w->b, "\\&");
	put_escaped(w->b, word, len);
	w->column += len + (w->column > 0);
	if (ends_sentence(word, len))
		end_line(w);
}

/* A literal on a line of its own, with the punctuation behind it; returns what follows. */
static const char *put_literal(struct writer *w, const char *s)
{
	size_t len = strcspn(s, "`");

	end_line(w);
	buf_puts(w->b, ".Ql ");
	put_escaped(w->b, s, len);
	for (s += len + (s[len] == '`'); *s && strchr(".,:;)", *s); s++)
		buf_printf(w->b, " %c", *s);
	buf_putc(w->b, '\n');
	return s;
}

void mdoc_text(struct buf *b, const char *text)
{
	struct writer w = {b, 0};

	for (const char *s = text; *s;) {
		size_t len = strcspn(s, " `");

		if (len)
			put_word(&w, s, len);
		s += len;
		if (*s == '`')
			s = put_literal(&w, s + 1);
		s += strspn(s, " ");
	}
	end_line(&w);
}
