/* SPDX-License-Identifier: MIT */
#include "base/escape.h"
#include "base/fs.h"
#include "base/util.h"

#include <ctype.h>
#include <errno.h>
#include <string.h>

/* The bytes at s that need no escape anywhere. */
static size_t plain_length(const char *s)
{
	size_t n = 0;

	while ((unsigned char)s[n] >= ' ' && s[n] != 0x7f && s[n] != '\\' && s[n] != '@')
		n++;
	return n;
}

void escape_item(struct buf *b, const char *s)
{
	const char *equals = strchr(s, '=');

	for (const char *p = s;; p++) {
		size_t plain = plain_length(p);

		buf_add(b, p, plain);
		p += plain;
		unsigned char c = (unsigned char)*p;
		if (!c)
			break;
		const char *letter = memchr("\\\\n\nt\tr\r", c, 8);
		if (c == '\\')
			buf_puts(b, "\\\\");
		else if (letter)
			buf_printf(b, "\\%c", letter[-1]);
		else if (c != '@')
			buf_printf(b, "\\x%02x", c);
		else
			buf_puts(b, p == s || p - 1 == equals ? "\\@" : "@");
	}
}

static int hex_digit(char c)
{
	const char *digits = "0123456789abcdef";
	const char *at = c ? strchr(digits, tolower((unsigned char)c)) : NULL;

	return at ? (int)(at - digits) : -1;
}

/* Decodes the escape at s (behind the backslash); the bytes it takes, 0 for a bad one. */
static size_t unescape(const char *s, size_t len, char *c)
{
	if (!len)
		return 0;
	const char *letter = memchr("\\\\n\nt\tr\r@@", *s, 10);
	if (letter && !iscntrl((unsigned char)*s)) {
		*c = letter[1];
		return 1;
	}
	if (*s != 'x' || len < 3 || hex_digit(s[1]) < 0 || hex_digit(s[2]) < 0)
		return 0;
	*c = (char)(hex_digit(s[1]) * 16 + hex_digit(s[2]));
	return *c ? 3 : 0;
}

/* Appends the path of the root that s names (behind the '@'); the bytes of its name, 0 for an
 * unknown one. */
static size_t expand_root(struct buf *b, const char *s, size_t len, const struct map *roots)
{
	size_t n = 0;
	char name[64];

	while (n < len && s[n] != '/')
		n++;
	if (n >= sizeof(name))
		return 0;
	memcpy(name, s, n);
	name[n] = '\0';
	const char *path = map_get(roots, name);
	if (!path)
		return 0;
	buf_puts(b, path);
	return n + (n < len && has_suffix(path, "/"));
}

static bool unescape_into(struct buf *b, const char *s, size_t len, const struct map *roots)
{
	const char *equals = len ? memchr(s, '=', len) : NULL;

	for (size_t i = 0; i < len;) {
		size_t took = 1;
		char c = s[i];

		if (c == '@' && roots && (i == 0 || s + i - 1 == equals)) {
			took = expand_root(b, s + i + 1, len - i - 1, roots);
			if (!took)
				return false;
			i += 1 + took;
			continue;
		}
		if (c == '\\') {
			took = unescape(s + i + 1, len - i - 1, &c);
			if (!took++)
				return false;
		}
		buf_putc(b, c);
		i += took;
	}
	return true;
}

char *unescape_item(struct arena *a, const char *line, size_t len, const struct map *roots)
{
	struct buf b = {0};
	char *item = NULL;

	if (unescape_into(&b, line, len, roots))
		item = arena_dup(a, b.data, b.len);
	buf_free(&b);
	return item;
}

const char *next_line(const char **text, const char *end, size_t *len)
{
	const char *line = *text;

	if (line == end)
		return NULL;
	const char *newline = memchr(line, '\n', (size_t)(end - line));
	*len = (size_t)((newline ? newline : end) - line);
	*text = newline ? newline + 1 : end;
	return line;
}

/* Appends the lines of text to argv, unescaped; the number of the bad line, or 0. */
static size_t decode_lines(struct arena *a, const struct buf *text, const struct map *roots,
			   char **argv)
{
	const char *at = buf_str(text), *end = at + text->len, *line;
	size_t len, n = 0;

	while ((line = next_line(&at, end, &len))) {
		argv[n] = unescape_item(a, line, len, roots);
		if (!argv[n++])
			return n;
	}
	return 0;
}

static size_t count_lines(const struct buf *text)
{
	const char *at = buf_str(text), *end = at + text->len;
	size_t len, n = 0;

	while (next_line(&at, end, &len))
		n++;
	return n;
}

char **read_args(struct arena *a, const char *path, const struct map *roots, size_t *n)
{
	struct buf text = {0};
	char **argv = NULL;

	if (!read_file(path, &text)) {
		warn("cannot read %s:", path);
	} else {
		*n = count_lines(&text);
		argv = arena_array(a, char *, *n + 1);
		size_t bad = decode_lines(a, &text, roots, argv);
		if (bad) {
			warn("%s:%zu: bad escape or unknown root", path, bad);
			argv = NULL;
		}
	}
	buf_free(&text);
	return argv;
}

static bool decode_root(struct arena *a, const char *line, size_t len, struct map *roots)
{
	const char *tab = len ? memchr(line, '\t', len) : NULL;

	if (!tab || tab == line)
		return false;
	char *path = unescape_item(a, tab + 1, len - (size_t)(tab + 1 - line), NULL);
	if (path)
		map_put(roots, arena_dup(a, line, (size_t)(tab - line)), path);
	return path;
}

bool read_roots(struct arena *a, const char *path, struct map *roots)
{
	struct buf text = {0};
	size_t len, n = 0;
	bool ok = read_file(path, &text);

	if (!ok)
		warn("cannot read %s:", path);
	roots->arena = a;
	const char *at = buf_str(&text), *end = at + text.len, *line;
	while (ok && (line = next_line(&at, end, &len))) {
		n++;
		ok = decode_root(a, line, len, roots);
		if (!ok)
			warn("%s:%zu: not NAME<TAB>PATH", path, n);
	}
	buf_free(&text);
	return ok;
}
