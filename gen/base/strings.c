/* SPDX-License-Identifier: MIT */
#include "base/strings.h"
#include "base/util.h"

#include <string.h>

char **strings_split(struct arena *a, const char *text, const char *between)
{
	char *rest = arena_strdup(a, text), *part;
	size_t n = 0, room = 2;

	for (const char *s = text; *s; s++)
		room += strchr(between, *s) != NULL;
	char **v = arena_array(a, char *, room);
	while ((part = strsep(&rest, between)))
		if (*part)
			v[n++] = part;
	return v;
}

size_t strings_count(char *const *v)
{
	size_t n = 0;

	while (v[n])
		n++;
	return n;
}

bool strings_have(char *const *v, const char *s)
{
	for (; *v; v++)
		if (streq(*v, s))
			return true;
	return false;
}
