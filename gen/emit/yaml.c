/* SPDX-License-Identifier: MIT */
#include "emit/yaml.h"
#include "base/util.h"

#include <string.h>
#include <strings.h>

#define LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define DIGITS	"0123456789"
/* Letters that no number has, be it octal, hexadecimal or a fraction. */
#define NO_NUMBER "ghijklmnpqrstuvwyzGHIJKLMNPQRSTUVWYZ"

static bool is_word(const char *s)
{
	static const char *const words[] = {"y",   "n",	   "yes",   "no",  "on",
					    "off", "true", "false", "null"};

	for (size_t i = 0; i < LEN(words); i++)
		if (strcasecmp(s, words[i]) == 0)
			return true;
	return false;
}

/* Whether s begins as no number does, nor anything else that YAML knows. */
static bool starts_plain(const char *s)
{
	if (*s == '.')
		return strncmp(s, "./", 2) == 0 || strncmp(s, "../", 3) == 0;
	return strchr(LETTERS "/", *s) || (strchr(DIGITS, *s) && strpbrk(s, NO_NUMBER));
}

static bool is_plain(const char *s)
{
	return *s && starts_plain(s) && !s[strspn(s, LETTERS DIGITS "_./+-@=")] && !is_word(s);
}

/* The length of the character at s where YAML has no place for it as it is, with its code; else 0.
 * s is valid UTF-8. */
static size_t odd_character(const unsigned char *s, unsigned *code)
{
	*code = s[0];
	if (s[0] < ' ' || s[0] == 0x7f)
		return 1;
	if (s[0] == 0xc2 && s[1] <= 0xa0) {
		*code = s[1];
		return 2;
	}
	if ((s[0] & 0xf0) != 0xe0)
		return 0;
	*code = (s[0] & 0xfU) << 12 | (s[1] & 0x3fU) << 6 | (s[2] & 0x3fU);
	return *code == 0x2028 || *code == 0x2029 || *code >= 0xfeff ? 3 : 0;
}

static void put_quoted(struct buf *b, const char *s)
{
	unsigned code;

	buf_putc(b, '"');
	while (*s) {
		size_t len = odd_character((const unsigned char *)s, &code);

		if (*s == '\n')
			buf_puts(b, "\\n");
		else if (*s == '\t')
			buf_puts(b, "\\t");
		else if (len)
			buf_printf(b, "\\u%04X", code);
		else if (*s == '"' || *s == '\\')
			buf_printf(b, "\\%c", *s);
		else
			buf_putc(b, *s);
		s += len ? len : 1;
	}
	buf_putc(b, '"');
}

void yaml_string(struct buf *b, const char *s)
{
	if (is_plain(s))
		buf_puts(b, s);
	else
		put_quoted(b, s);
}

bool yaml_fits_block(const char *s)
{
	size_t len = strlen(s);
	unsigned code;

	if (!strchr(s, '\n') || strchr(" \t\n", *s) ||
	    (len > 1 && s[len - 1] == '\n' && s[len - 2] == '\n'))
		return false;
	for (; *s; s++)
		if (*s != '\n' && *s != '\t' && odd_character((const unsigned char *)s, &code))
			return false;
	return true;
}

void yaml_block(struct buf *b, const char *s, int indent)
{
	while (*s) {
		size_t len = strcspn(s, "\n");

		if (len)
			buf_printf(b, "%*s%.*s", indent, "", (int)len, s);
		buf_putc(b, '\n');
		s += len + (s[len] == '\n');
	}
}
