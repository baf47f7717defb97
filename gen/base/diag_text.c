/* SPDX-License-Identifier: MIT */
#include "base/diag_text.h"
#include "base/util.h"
#include "base/utf8.h"

#include <string.h>

#define MAX_WIDTH 120 /* columns of an excerpt */
#define BEFORE	  60  /* columns kept before the mark when a line is cut */
#define TAB	  8

void print_place(FILE *out, struct span at, bool colour)
{
	if (colour)
		fputs("\033[1m", out);
	if (!at.src) {
		fputs("fmgen: ", out);
	} else {
		print_text(out, at.src->path);
		if (at.line)
			fprintf(out, ":%u:%u", (unsigned)at.line, (unsigned)at.col);
		fputs(": ", out);
	}
	if (colour)
		fputs("\033[0m", out);
}

void print_text(FILE *out, const char *s)
{
	for (; *s; s++) {
		unsigned char c = (unsigned char)*s;

		if (c == '\n')
			fputs("\\n", out);
		else if (c == '\t')
			fputs("\\t", out);
		else if (c < 0x20 || c == 0x7f)
			fprintf(out, "\\x%02x", c);
		else
			fputc(c, out);
	}
}

/* The columns that a character takes, without the help of a locale. */
static unsigned width(uint32_t c)
{
	static const struct {
		uint32_t from, to;
		unsigned width;
	} ranges[] = {
		{0x300, 0x36f, 0},     {0x1100, 0x115f, 2},   {0x200b, 0x200f, 0},
		{0x20d0, 0x20ff, 0},   {0x2e80, 0xa4cf, 2},   {0xac00, 0xd7a3, 2},
		{0xf900, 0xfaff, 2},   {0xfe00, 0xfe0f, 0},   {0xfe30, 0xfe6f, 2},
		{0xff00, 0xff60, 2},   {0xffe0, 0xffe6, 2},   {0x1f300, 0x1f64f, 2},
		{0x1f900, 0x1f9ff, 2}, {0x20000, 0x3fffd, 2},
	};

	for (size_t i = 0; i < LEN(ranges); i++)
		if (c >= ranges[i].from && c <= ranges[i].to)
			return ranges[i].width;
	return 1;
}

/* One character of a line: how it is shown, and on which columns. */
struct cell {
	const char *show;
	size_t bytes;	/* of show */
	size_t len;	/* of the line that it covers */
	unsigned width; /* in columns */
};

static struct cell next_cell(const char *s, size_t len, size_t column)
{
	static const char spaces[] = "        ";
	uint32_t c;
	size_t n = utf8_decode(s, len, &c);

	if (!n)
		return (struct cell){"?", 1, 1, 1};
	if (c == '\t')
		return (struct cell){spaces, TAB - column % TAB, 1, TAB - (unsigned)(column % TAB)};
	if (c < 0x20 || (c >= 0x7f && c < 0xa0))
		return (struct cell){"?", 1, n, 1};
	return (struct cell){s, n, n, width(c)};
}

/* The line as shown: its text and the columns of the mark. */
struct excerpt {
	struct buf text;
	size_t from, to; /* columns marked, to excluded */
	bool cut;	 /* the line goes on */
};

/* The columns of the bytes [from, to) of a line. */
static void measure(struct excerpt *x, const char *line, size_t len, size_t from, size_t to)
{
	size_t column = 0;

	for (size_t i = 0; i < len && i < to;) {
		struct cell c = next_cell(line + i, len - i, column);

		if (i <= from)
			x->from = column;
		i += c.len;
		column += c.width;
		if (column > MAX_WIDTH * 100u)
			break;
	}
	if (from >= len || from >= to)
		x->from = column;
	x->to = column > x->from ? column : x->from + 1;
}

/* The columns from skip on, as many as fit. */
static void render(struct excerpt *x, const char *line, size_t len, size_t skip)
{
	size_t column = 0;

	for (size_t i = 0; i < len;) {
		struct cell c = next_cell(line + i, len - i, column);

		if (column >= skip + MAX_WIDTH) {
			x->cut = true;
			return;
		}
		if (column >= skip)
			buf_add(&x->text, c.show, c.bytes);
		else if (column + c.width > skip)
			buf_add(&x->text, "        ", column + c.width - skip);
		i += c.len;
		column += c.width;
	}
}

static const char *find_line(const struct source *src, uint32_t line, size_t *len)
{
	const char *s = src->text, *end = src->text + src->len;

	for (uint32_t i = 1; i < line && s; i++) {
		s = memchr(s, '\n', (size_t)(end - s));
		s = s ? s + 1 : NULL;
	}
	if (!s)
		return NULL;
	const char *stop = s < end ? memchr(s, '\n', (size_t)(end - s)) : NULL;
	*len = (size_t)((stop ? stop : end) - s);
	if (*len && s[*len - 1] == '\r')
		--*len;
	return s;
}

void print_excerpt(FILE *out, struct span at, bool colour)
{
	struct excerpt x = {0};
	size_t len, skip = 0;
	const char *line =
		at.src && at.src->text && at.line ? find_line(at.src, at.line, &len) : NULL;

	if (!line)
		return;
	size_t from = at.col ? at.col - 1 : 0;
	measure(&x, line, len, from, from + (at.len ? at.len : 1));
	if (x.from > BEFORE && x.to > MAX_WIDTH)
		skip = x.from - BEFORE;
	render(&x, line, len, skip);
	x.from -= skip;
	x.to = x.to - skip > MAX_WIDTH ? MAX_WIDTH : x.to - skip;
	fprintf(out, "%5u | %s%s%s\n", (unsigned)at.line, skip ? "..." : "", buf_str(&x.text),
		x.cut ? "..." : "");
	fprintf(out, "      | %*s%s^", (int)(x.from + (skip ? 3 : 0)), "",
		colour ? "\033[1;32m" : "");
	for (size_t i = x.from + 1; i < x.to; i++)
		fputc('~', out);
	fprintf(out, "%s\n", colour ? "\033[0m" : "");
	buf_free(&x.text);
}
