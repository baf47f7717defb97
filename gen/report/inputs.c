/* SPDX-License-Identifier: MIT */
#include "report/inputs.h"
#include "base/map.h"
#include "base/util.h"

#include <string.h>

/* What a line of the record says of its thing, and what that is when it is there no more. */
static const struct kind {
	const char *word, *says;
	bool hashed;
} kinds[] = {
	{"file ", "contents", true},	       {"dir ", "names in it", true},
	{"link ", "leads elsewhere", true},    {"program ", "another fmgen", true},
	{"exists ", "is there now", false},    {"absent ", "is not there now", false},
	{"env ", "in the environment", false}, {"unset ", "not in the environment", false},
};

static void put_line(const char *line, struct buf *out)
{
	for (size_t i = 0; i < LEN(kinds); i++) {
		const char *rest = after_prefix(line, kinds[i].word);

		if (rest && kinds[i].hashed && strchr(rest, ' '))
			rest = strchr(rest, ' ') + 1;
		if (rest)
			buf_printf(out, "%s: %s\n", rest, kinds[i].says);
	}
}

void inputs_changes(const char *old, const char *now, struct buf *out)
{
	struct arena a = {0};
	struct map was = {.arena = &a};
	char *rest = arena_strdup(&a, old), *line;

	while ((line = strsep(&rest, "\n")))
		map_put(&was, line, line);
	rest = arena_strdup(&a, now);
	while ((line = strsep(&rest, "\n")))
		if (!map_get(&was, line))
			put_line(line, out);
	arena_free(&a);
}
