/* SPDX-License-Identifier: MIT */
#include "load/doc.h"
#include "base/util.h"

const struct doc *doc_get(const struct doc *map, const char *key)
{
	if (map->kind != DOC_MAP)
		return NULL;
	for (size_t i = 0; i < map->n; i++)
		if (streq(map->keys[i].s, key))
			return map->items[i];
	return NULL;
}

const char *doc_kind_name(enum doc_kind kind)
{
	static const char *const names[] = {
		[DOC_NULL] = "null",	    [DOC_BOOL] = "a boolean",  [DOC_INT] = "an integer",
		[DOC_FLOAT] = "a fraction", [DOC_STRING] = "a string", [DOC_LIST] = "a list",
		[DOC_MAP] = "a map",
	};

	return names[kind];
}

struct span doc_part(const struct doc *scalar, size_t offset, size_t len)
{
	struct span at = scalar->at;

	if (!scalar->raw)
		return at;
	const char *line = at.src->text;
	for (const char *s = scalar->raw; s > at.src->text; s--)
		if (s[-1] == '\n') {
			line = s;
			break;
		}
	at.col = (uint32_t)((size_t)(scalar->raw - line) + offset + 1);
	at.len = (uint32_t)len;
	return at;
}
