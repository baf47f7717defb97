/* SPDX-License-Identifier: MIT */
#include "report/inputs.h"
#include "base/map.h"
#include "base/util.h"

#include <string.h>

/* What a line of the record says of its thing now, where it differs from before. */
static const struct kind {
	const char *word, *before, *after;
	bool hashed;
} kinds[] = {
	{"file ", "", ": contents", true},
	{"dir ", "", ": the names in it", true},
	{"link ", "", ": leads elsewhere", true},
	{"program ", "", ": another program", true},
	{"exists ", "", ": is there now", false},
	{"absent ", "", ": is not there any more", false},
	{"env ", "environment: now ", "", false},
	{"unset ", "environment: ", " is not set any more", false},
};

static void put_line(const char *line, struct buf *out)
{
	for (size_t i = 0; i < LEN(kinds); i++) {
		const char *rest = after_prefix(line, kinds[i].word);

		if (rest && kinds[i].hashed && strchr(rest, ' '))
			rest = strchr(rest, ' ') + 1;
		if (rest)
			buf_printf(out, "%s%s%s\n", kinds[i].before, rest, kinds[i].after);
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
