/* SPDX-License-Identifier: MIT */
#include "trial/lines.h"
#include "base/hash.h"
#include "base/utf8.h"

#include <string.h>

static size_t count_lines(const char *text, size_t len)
{
	size_t n = 0;
	const char *end = text + len;

	for (const char *s = text; s < end; n++) {
		const char *newline = memchr(s, '\n', (size_t)(end - s));

		s = newline ? newline + 1 : end;
	}
	return n;
}

struct lines lines_split(struct arena *a, const char *text, size_t len, bool whole)
{
	struct lines lines = {.n = count_lines(text, len), .first = 1, .whole = whole};
	const char *s = text, *end = text + len;

	lines.v = arena_array(a, struct line, lines.n + 1);
	for (size_t i = 0; i < lines.n; i++) {
		const char *newline = memchr(s, '\n', (size_t)(end - s));
		const char *next = newline ? newline + 1 : end;
		size_t n = (size_t)((whole || !newline ? next : newline) - s);

		lines.v[i] = (struct line){s, n, quick_hash(s, n)};
		s = next;
	}
	return lines;
}

void drop_returns(struct buf *text)
{
	char *to = text->data;

	for (const char *from = text->data, *end = from + text->len; from < end; from++)
		if (*from != '\r')
			*to++ = *from;
	text->len = text->data ? (size_t)(to - text->data) : 0;
}

static const char *find(const struct line *line, const char *text)
{
	return memmem(line->s, line->len, text, strlen(text));
}

struct lines lines_between(struct arena *a, const struct lines *all, const char *from,
			   const char *to, bool *found)
{
	size_t start = 0, end = all->n;

	while (start < all->n && !find(&all->v[start], from))
		start++;
	*found = start < all->n;
	if (!*found)
		return *all;
	start++;
	while (end > start && !find(&all->v[end - 1], to))
		end--;
	if (end == start)
		return (struct lines){
			.v = all->v + start, .n = all->n - start, .first = all->first + start};

	struct line last = all->v[end - 1];
	size_t n = end - start;
	last.len = (size_t)(find(&last, to) - last.s);
	last.hash = quick_hash(last.s, last.len);
	struct line *v = (struct line *)arena_dup(a, all->v + start, n * sizeof(*v));
	v[n - 1] = last;
	return (struct lines){.v = v, .n = last.len ? n : n - 1, .first = all->first + start};
}

/* C0 and C1 controls, and what XML cannot hold. */
bool is_plain(uint32_t c)
{
	return c == '\t' || (c >= 0x20 && c < 0x7f) || (c >= 0xa0 && c < 0xfffe) || c > 0xffff;
}

void safe_line(struct buf *b, const char *s, size_t len)
{
	size_t n;
	uint32_t c;

	if (len && s[len - 1] == '\n')
		len--;
	for (size_t at = 0; at < len; at += n) {
		n = utf8_decode(s + at, len - at, &c);
		if (n && is_plain(c) && (c != '\\' || at + 1 == len || s[at + 1] != 'x')) {
			buf_add(b, s + at, n);
			continue;
		}
		n = 1;
		buf_printf(b, "\\x%02x", (unsigned char)s[at]);
	}
}

const char *safe_text(struct arena *a, const char *s)
{
	struct buf b = {0};

	safe_line(&b, s, strlen(s));
	const char *text = arena_strdup(a, buf_str(&b));
	buf_free(&b);
	return text;
}
