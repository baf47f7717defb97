/* SPDX-License-Identifier: MIT */
#include "load/json.h"
#include "load/lenient.h"
#include "base/util.h"

#include <cjson/cJSON.h>
#include <string.h>

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* The last character before p that is no white space, or NUL. */
static char before(const struct source *src, const char *p)
{
	while (p > src->text && strchr(" \t\r\n", p[-1]))
		p--;
	return p > src->text ? p[-1] : '\0';
}

/* cJSON stops one character late where a key should be. */
static const char *step_back(const struct source *src, const char *p)
{
	if (p - 1 <= src->text || strchr(" \t\r\n", p[-1]))
		return p;
	char c = before(src, p - 1);
	return c == '{' || c == ',' ? p - 1 : p;
}

/* Where cJSON stops, or NULL where all of it is JSON. */
static const char *parser_fault(const struct source *src)
{
	const char *end = src->text + src->len, *stop = src->text;
	cJSON *json = cJSON_ParseWithLengthOpts(src->text, src->len, &stop, false);

	if (!json)
		return step_back(src, stop < end ? stop : end);
	cJSON_Delete(json);
	while (stop < end && strchr(" \t\r\n", *stop) && *stop)
		stop++;
	return stop < end ? stop : NULL;
}

/* The first thing before stop that cJSON takes and JSON has not: a control character in a string,
 * or a number such as 010, which YAML reads with the base 8. */
static const char *lenient_fault(const struct source *src, const char *stop)
{
	char last = '\0';

	for (const char *s = src->text; s < stop; last = *s++) {
		if (*s == '0' && s + 1 < stop && is_digit(s[1]) && !is_digit(last) && last != '.')
			return s;
		if (*s != '"')
			continue;
		const char *end = skip_string(s, stop);
		for (; s + 1 < end; s++)
			if ((unsigned char)*s < 0x20)
				return s;
	}
	return NULL;
}

static const char *find_fault(const struct source *src)
{
	const char *stop = parser_fault(src);
	const char *first = lenient_fault(src, stop ? stop : src->text + src->len);

	return first ? first : stop;
}

static void explain(const struct source *src, const char *fault, struct diag *d,
		    struct diag_item *item)
{
	char c = fault < src->text + src->len ? *fault : '\0';

	if (c == '#' || c == '/')
		diag_hint(d, item, "JSON has no comments");
	else if (c && strchr("]}", c) && before(src, fault) == ',')
		diag_hint(d, item, "JSON does not allow a comma after the last item");
	else if (c == '\'')
		diag_hint(d, item, "JSON has strings in double quotes only");
	else if (c == '0')
		diag_hint(d, item, "a number that begins with 0 has the base 8 in YAML");
	else
		diag_hint(d, item,
			  "other programs may not read it; a file in YAML should end in .yaml");
}

bool json_check(const struct source *src, struct diag *d)
{
	const char *fault = find_fault(src);

	if (fault && d)
		explain(src, fault, d,
			diag_warn(d, WARN_JSON, text_place(src, fault),
				  "fmgen reads this, but it is not valid JSON"));
	return !fault;
}
