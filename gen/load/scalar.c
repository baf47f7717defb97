/* SPDX-License-Identifier: MIT */
#include "load/scalar.h"
#include "base/util.h"

#include <limits.h>
#include <string.h>

static bool in_set(const char *s, const char *const *set, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (streq(s, set[i]))
			return true;
	return false;
}

static bool is_null(const char *s)
{
	static const char *const forms[] = {"", "~", "null", "Null", "NULL"};

	return in_set(s, forms, LEN(forms));
}

static bool is_true(const char *s)
{
	static const char *const forms[] = {"yes",  "Yes", "YES", "true", "True",
					    "TRUE", "on",  "On",  "ON"};

	return in_set(s, forms, LEN(forms));
}

static bool is_false(const char *s)
{
	static const char *const forms[] = {"no",    "No",  "NO",  "false", "False",
					    "FALSE", "off", "Off", "OFF"};

	return in_set(s, forms, LEN(forms));
}

static int digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return 99;
}

/* value * factor + more; saturated. */
static long long add_digits(long long value, int factor, int more)
{
	if (value > (LLONG_MAX - more) / factor)
		return LLONG_MAX;
	return value * factor + more;
}

/* Digits and underscores to the end of s. */
static bool read_digits(const char *s, int base, long long *value)
{
	*value = 0;
	if (!*s)
		return false;
	for (; *s; s++) {
		if (*s == '_')
			continue;
		if (digit(*s) >= base)
			return false;
		*value = add_digits(*value, base, digit(*s));
	}
	return true;
}

/* The base 60 of YAML 1.1: "1:30" is 90. */
static bool read_sixties(const char *s, long long *value)
{
	long long sum = 0, part = 0;
	size_t digits = 0, parts = 0;

	if (*s < '1' || *s > '9')
		return false;
	for (;; s++) {
		if (*s == ':' || !*s) {
			if (parts++ && (!digits || digits > 2 || part > 59))
				return false;
			sum = parts == 1 ? part : add_digits(sum, 60, (int)part);
			if (!*s)
				break;
			digits = 0;
			part = 0;
		} else if (digit(*s) < 10) {
			digits++;
			part = add_digits(part, 10, digit(*s));
		} else if (*s != '_' || parts) {
			return false;
		}
	}
	*value = sum;
	return parts > 1;
}

static bool is_integer(const char *s, long long *value)
{
	bool minus = *s == '-', ok;

	if (*s == '-' || *s == '+')
		s++;
	if (s[0] == '0' && s[1] == 'b')
		ok = read_digits(s + 2, 2, value);
	else if (s[0] == '0' && s[1] == 'x')
		ok = read_digits(s + 2, 16, value);
	else if (s[0] == '0' && s[1])
		ok = read_digits(s + 1, 8, value);
	else
		ok = (*s >= '0' && *s <= '9' && read_digits(s, 10, value)) ||
		     read_sixties(s, value);
	if (ok && minus)
		*value = *value == LLONG_MAX ? LLONG_MIN : -*value;
	return ok;
}

static const char *skip_digits(const char *s)
{
	return s + strspn(s, "0123456789_");
}

static bool is_float(const char *s)
{
	static const char *const special[] = {".inf", ".Inf", ".INF", ".nan", ".NaN", ".NAN"};
	bool sign = *s == '-' || *s == '+';

	if (in_set(s + sign, special, sign ? 3 : LEN(special)))
		return true;
	if (sign && s[1] == '.')
		return false;
	s += sign;
	if (*s == '.' ? digit(s[1]) > 9 : digit(*s) > 9)
		return false;
	s = skip_digits(s);
	if (*s++ != '.')
		return false;
	s = skip_digits(s);
	if ((*s == 'e' || *s == 'E') && (s[1] == '-' || s[1] == '+') && digit(s[2]) < 10)
		s += 2 + strspn(s + 2, "0123456789");
	return !*s;
}

void scalar_resolve(struct doc *doc)
{
	const char *s = doc->text;

	if (is_null(s))
		doc->kind = DOC_NULL;
	else if ((doc->boolean = is_true(s)) || is_false(s))
		doc->kind = DOC_BOOL;
	else if (is_integer(s, &doc->integer))
		doc->kind = DOC_INT;
	else if (is_float(s))
		doc->kind = DOC_FLOAT;
	else
		doc->kind = DOC_STRING;
}
