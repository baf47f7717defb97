/* SPDX-License-Identifier: MIT */
/* What to say of a file that is not there, and of a value that took an ancestor's place. */
#include "check/check.h"
#include "resolve/search.h"
#include "base/path.h"
#include "base/util.h"

#include <string.h>

bool made_for(struct checker *c, const struct workload *w, enum reader reader, const char *path)
{
	size_t n;

	writers_before(c->arena, w, reader, path, &n);
	return n > 0;
}

/* The first part of a missing path that is not there. */
static const char *first_missing(struct checker *c, const char *path)
{
	const char *above;

	while (above = path_dir(c->arena, path), !streq(above, path) && !streq(above, "."))
		if (input_exists(c->inputs, above))
			break;
		else
			path = above;
	return path;
}

/* Whether the author of a path took it for one that a shell expands. */
static bool wants_shell(const char *path)
{
	return strchr(path, '$') || after_prefix(path_base(path), "~") || strstr(path, "/~");
}

struct diag_item *check_missing(struct checker *c, const char *what, const char *path,
				struct span at)
{
	if (input_exists(c->inputs, path))
		return NULL;
	const char *missing = first_missing(c, path);
	const char *near = search_near(c->arena, c->inputs, missing, !streq(missing, path));
	struct diag_item *item = diag_error(c->diag, at, "%s: there is no `%s`", what, path);

	if (wants_shell(path))
		diag_hint(c->diag, item, "`~` and variables are not expanded in paths");
	else if (after_prefix(path_base(path), "CONFIG_"))
		diag_hint(c->diag, item, "name a file that holds such lines");
	else if (near)
		diag_hint(c->diag, item, "did you mean `%s`?",
			  path_join(c->arena, path_dir(c->arena, missing), near));
	else if (!streq(missing, path))
		diag_hint(c->diag, item, "there is no directory `%s` at all", missing);
	return item;
}

bool check_exists(struct checker *c, const char *what, const char *path, struct span at)
{
	return !check_missing(c, what, path, at);
}

void also_set(struct checker *c, struct diag_item *message, const struct workload *w,
	      enum option_id id, const struct item *item)
{
	const struct value *above = w->values[id]->overrides;

	if (!message || !above || w->spec->values[id].state == VALUE_UNSET)
		return;
	if (options[id].inherit == INHERIT_FILL)
		diag_also(c->diag, message, above->at, "also set here");
	for (size_t i = 0; options[id].inherit == INHERIT_MERGE && item && i < above->n; i++)
		if (streq(above->items[i].key.s, item->key.s))
			diag_also(c->diag, message, above->items[i].text.at, "also set here");
}
