/* SPDX-License-Identifier: MIT */
#include "load/json.h"
#include "base/util.h"

#include <cjson/cJSON.h>
#include <string.h>

/* Where JSON ends to be JSON, or NULL where all of it is. */
static const char *find_fault(const struct source *src)
{
	const char *end = src->text + src->len, *stop = src->text;
	cJSON *json = cJSON_ParseWithLengthOpts(src->text, src->len, &stop, false);

	if (!json)
		return stop < end ? stop : end;
	cJSON_Delete(json);
	while (stop < end && strchr(" \t\r\n", *stop) && *stop)
		stop++;
	return stop < end ? stop : NULL;
}

/* The last character before p that is no white space, or NUL. */
static char before(const struct source *src, const char *p)
{
	while (p > src->text && strchr(" \t\r\n", p[-1]))
		p--;
	return p > src->text ? p[-1] : '\0';
}

static struct span place(const struct source *src, const char *p)
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

/* cJSON stops one character late where a key should be. */
static const char *step_back(const struct source *src, const char *p)
{
	if (p - 1 <= src->text || strchr(" \t\r\n", p[-1]))
		return p;
	char c = before(src, p - 1);
	return c == '{' || c == ',' ? p - 1 : p;
}

bool json_check(const struct source *src, struct diag *d)
{
	const char *fault = find_fault(src);

	if (!fault)
		return true;
	if (!d)
		return false;
	fault = step_back(src, fault);
	char c = fault < src->text + src->len ? *fault : '\0';
	struct diag_item *item =
		diag_warn(d, "json", place(src, fault), "this is valid YAML, but not valid JSON");
	if (c == '#' || c == '/')
		diag_hint(d, item, "JSON has no comments");
	else if (strchr("]}", c) && c && before(src, fault) == ',')
		diag_hint(d, item, "JSON does not allow a comma after the last item");
	else
		diag_hint(d, item,
			  "other programs may not read it; a file in YAML should end in .yaml");
	return false;
}
