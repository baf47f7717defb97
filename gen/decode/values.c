/* SPDX-License-Identifier: MIT */
#include "decode/values.h"
#include "base/util.h"

#include <limits.h>
#include <string.h>
#include <strings.h>

bool is_name(const char *s)
{
	static const char allowed[] =
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._+-";

	return *s && !s[strspn(s, allowed)] && *s != '.' && *s != '-' && strlen(s) <= NAME_LENGTH;
}

static const char *skip_blanks(const char *s)
{
	return s + strspn(s, " \t\n");
}

static bool find_unit(const char *s, long long *factor)
{
	static const struct {
		const char *name;
		long long factor;
	} units[] = {
		{"", 1},
		{"B", 1},
		{"kB", 1000},
		{"MB", 1000000},
		{"GB", 1000000000},
		{"TB", 1000000000000},
		{"K", 1LL << 10},
		{"KiB", 1LL << 10},
		{"M", 1LL << 20},
		{"MiB", 1LL << 20},
		{"G", 1LL << 30},
		{"GiB", 1LL << 30},
		{"T", 1LL << 40},
		{"TiB", 1LL << 40},
	};

	for (size_t i = 0; i < LEN(units); i++)
		if (strcasecmp(units[i].name, s) == 0) {
			*factor = units[i].factor;
			return true;
		}
	return false;
}

/* Reads the digits at *s; false where the number does not fit. */
static bool read_number(const char **s, long long *n)
{
	for (*n = 0; **s >= '0' && **s <= '9'; ++*s) {
		int digit = **s - '0';

		if (*n > (LLONG_MAX - digit) / 10)
			return false;
		*n = *n * 10 + digit;
	}
	return true;
}

/* The digits after a decimal point, as millionths; further ones are dropped. */
static long long read_millionths(const char **s)
{
	long long n = 0, scale = 100000;

	for (; **s >= '0' && **s <= '9'; ++*s) {
		n += (**s - '0') * scale;
		scale /= 10;
	}
	return n;
}

const char *parse_size(const char *text, long long *bytes, bool *has_unit)
{
	static const char too_large[] = "the size is too large";
	const char *s = skip_blanks(text);
	long long whole, millionths = 0, factor;

	if (*s == '-')
		return "a size cannot be negative";
	if (*s < '0' || *s > '9')
		return "a size begins with a number";
	if (!read_number(&s, &whole))
		return too_large;
	bool fraction = *s == '.' && s[1] >= '0' && s[1] <= '9';
	if (fraction) {
		s++;
		millionths = read_millionths(&s);
	}
	char unit[8] = "";
	s = skip_blanks(s);
	size_t len = strcspn(s, " \t\n");
	if (len >= sizeof(unit) || *skip_blanks(s + len))
		return "the unit is not known";
	memcpy(unit, s, len);
	if (!find_unit(unit, &factor))
		return "the unit is not known";
	if (fraction && factor == 1)
		return "a number without a unit must be whole";
	if (whole > (LLONG_MAX - factor) / factor)
		return too_large;
	*bytes = whole * factor + (long long)((__int128)millionths * factor / 1000000);
	*has_unit = len > 0;
	return NULL;
}

const char *parse_count(const char *s, long long *number)
{
	if (!*s || s[strspn(s, "0123456789")])
		return "this is not a positive integer";
	if (!read_number(&s, number) || *number > INT_MAX)
		return "the number is too large";
	return *number ? NULL : "this must be at least 1";
}

static void add_word(struct arena *a, struct words *words, struct word word)
{
	if (words->n == words->room) {
		words->room = words->room ? words->room * 2 : 8;
		struct word *v = arena_array(a, struct word, words->room);
		if (words->n)
			memcpy(v, words->v, words->n * sizeof(*v));
		words->v = v;
	}
	words->v[words->n++] = word;
}

/* Copies a quoted part to *out, without its quotes. Returns what follows, or NULL where it has no
 * end. */
static const char *read_quoted(const char *s, char **out)
{
	char quote = *s++;

	for (; *s && *s != quote; s++) {
		if (quote == '"' && *s == '\\' && s[1] && strchr("$`\"\\\n", s[1])) {
			if (*++s == '\n')
				continue;
		}
		*(*out)++ = *s;
	}
	return *s ? s + 1 : NULL;
}

/* Copies a word to out. Returns what follows, or NULL with *fault set. */
static const char *read_word(const char *s, char *out, const char **fault)
{
	while (*s && !strchr(" \t\n", *s)) {
		*fault = s;
		if (*s == '\'' || *s == '"') {
			s = read_quoted(s, &out);
			if (!s)
				return NULL;
		} else if (*s == '\\') {
			if (!*++s)
				return NULL;
			if (*s != '\n')
				*out++ = *s;
			s++;
		} else {
			*out++ = *s++;
		}
	}
	*out = '\0';
	return s;
}

const char *split_words(struct arena *a, const char *text, struct words *words, size_t *fault)
{
	const char *s = skip_blanks(text), *at = s;
	char *word = arena_alloc(a, strlen(s) + 1); /* room for all: each loses a blank or an end */

	while (*s) {
		const char *end = read_word(s, word, &at);

		if (!end) {
			*fault = (size_t)(at - text);
			return *at == '\\' ? "the backslash at the end protects nothing"
					   : "the quote is not closed";
		}
		add_word(a, words, (struct word){word, (size_t)(s - text), (size_t)(end - s)});
		word += strlen(word) + 1;
		s = skip_blanks(end);
	}
	return NULL;
}
