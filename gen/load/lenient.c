/* SPDX-License-Identifier: MIT */
#include "load/lenient.h"
#include "base/util.h"

#include <string.h>

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

struct span text_place(const struct source *src, const char *p)
{
	struct span at = {.src = src, .line = 1, .col = 1, .len = 1};

	for (const char *s = src->text; s < p; s++) {
		at.col++;
		if (*s == '\n') {
			at.line++;
			at.col = 1;
		}
	}
	return at;
}

const char *skip_string(const char *s, const char *end)
{
	char quote = *s++;

	for (; s < end && *s != quote; s++)
		if (*s == '\\' && quote == '"' && s + 1 < end)
			s++;
	return s < end ? s + 1 : end;
}

/* Whether a comment or a quote may begin at s: plain texts of YAML hold slashes and quotes too. */
static bool is_start(const char *s, const char *begin)
{
	return s == begin || is_blank(s[-1]) || strchr("{}[],:\"'/", s[-1]);
}

/* The end of the comment that begins at s: s itself where there is none, NULL where it has no end.
 */
static const char *comment_end(const char *s, const char *begin, const char *end)
{
	bool line = s + 1 < end && s[1] == '/' && (s == begin || s[-1] != ':');
	bool block = s + 1 < end && s[1] == '*';
	const char *stop = NULL;

	if (*s != '/' || !is_start(s, begin) || !(line || block))
		return s;
	if (line) {
		stop = memchr(s, '\n', (size_t)(end - s));
		return stop ? stop : end;
	}
	stop = memmem(s + 2, (size_t)(end - s) - 2, "*/", 2);
	return stop ? stop + 2 : NULL;
}

static void blank(char *s, const char *end)
{
	for (; s < end; s++)
		if (*s != '\n' && *s != '\r')
			*s = ' ';
}

static bool blank_all(char *begin, const char *end, const char **fault)
{
	for (char *s = begin; s < end;) {
		const char *stop = comment_end(s, begin, end);

		*fault = s;
		if (!stop)
			return false;
		if (stop > s) {
			blank(s, stop);
		} else if (*s == '#' && is_start(s, begin)) {
			stop = memchr(s, '\n', (size_t)(end - s));
			stop = stop ? stop : end;
		} else if ((*s == '"' || *s == '\'') && is_start(s, begin)) {
			stop = skip_string(s, end);
		} else {
			*s = *s == '\t' ? ' ' : *s;
			stop = s + 1;
		}
		s += stop - s;
	}
	return true;
}

/* Whether the first thing in the text is a brace, a bracket or a comment that JSON does not have.
 */
static bool looks_like_json(const char *s, const char *end)
{
	while (s < end && (is_blank(*s) || *s == '#')) {
		const char *stop = *s == '#' ? memchr(s, '\n', (size_t)(end - s)) : s + 1;

		s = stop ? stop : end;
	}
	return s < end && strchr("{[/", *s);
}

const char *lenient_text(struct arena *a, const struct source *src, struct diag *d)
{
	const char *fault, *begin = src->text;

	if (src->len >= 3 && memcmp(begin, "\xef\xbb\xbf", 3) == 0)
		begin += 3;
	if (!has_suffix(src->path, ".json") || !looks_like_json(begin, src->text + src->len))
		return src->text;
	char *text = arena_dup(a, src->text, src->len);
	if (blank_all(text + (begin - src->text), text + src->len, &fault))
		return text;
	struct span at = text_place(src, src->text + (fault - text));
	at.len = 2;
	diag_error(d, at, "the comment that begins here has no end");
	return NULL;
}
