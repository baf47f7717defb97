/* SPDX-License-Identifier: MIT */
#include "base/diag.h"
#include "base/path.h"
#include "base/util.h"
#include "report/report.h"

#include <string.h>

static void add_path(struct report *r, const char *path, struct steps *to)
{
	const cJSON *alias = map_get(&r->aliases, path);
	struct step *s = map_get(&r->by_output, path);

	if (s)
		steps_add(r->arena, to, s);
	items_each (item, alias)
		if (cJSON_IsString(item))
			add_path(r, item->valuestring, to);
}

void report_targets(struct report *r, const char *alias, struct steps *to)
{
	const cJSON *defaults = cJSON_GetObjectItem(r->json, "default");

	if (alias)
		add_path(r, alias, to);
	else
		items_each (item, defaults)
			if (cJSON_IsString(item))
				add_path(r, item->valuestring, to);
}

/* A stage's identity or its begin, which must tell one stage. */
static bool find_id(struct report *r, const char *word, struct steps *to)
{
	struct step *found = map_get(&r->by_id, word);

	for (size_t i = 0; !found && i < r->n; i++)
		if (after_prefix(r->steps[i].id, word) &&
		    strlen(word) > strlen(r->steps[i].rule) + 1)
			found = &r->steps[i];
	if (found)
		steps_add(r->arena, to, found);
	return found;
}

/* WORKLOAD:RULE. */
static bool find_stage(struct report *r, const char *word, struct steps *to)
{
	const char *colon = strchr(word, ':');
	struct steps targets = {0};
	size_t before = to->n;

	if (!colon)
		return false;
	report_targets(r, arena_dup(r->arena, word, (size_t)(colon - word)), &targets);
	struct steps all = report_behind(r, &targets);
	for (size_t i = 0; i < all.n; i++)
		if (streq(all.v[i]->rule, colon + 1))
			steps_add(r->arena, to, all.v[i]);
	return to->n > before;
}

/* All stages of a kind. */
static bool find_rule(struct report *r, const char *word, struct steps *to)
{
	size_t before = to->n;

	for (size_t i = 0; i < r->n; i++)
		if (streq(r->steps[i].rule, word))
			steps_add(r->arena, to, &r->steps[i]);
	return to->n > before;
}

/* A path of the build directory, however it is written, or a name in its images/. */
static bool find_file(struct report *r, const char *word, struct steps *to)
{
	const char *here = path_real(r->arena, "."), *below = NULL;
	size_t before = to->n;

	if (*word == '/' && here)
		below = path_below(path_join(r->arena, "/", word), here);
	add_path(r, below ? below : path_join(r->arena, ".", word), to);
	if (to->n == before)
		add_path(r, path_join(r->arena, "images", word), to);
	return to->n > before;
}

/* Names that the word may have been meant to be. */
static void tell_nearest(struct report *r, const char *word)
{
	const char *colon = strchr(word, ':'), *near;
	size_t n = 0;
	const char **names = arena_array(r->arena, const char *,
					 r->aliases.n + r->by_id.n + r->by_output.n + r->n + 1);

	if (colon && map_get(&r->aliases, arena_dup(r->arena, word, (size_t)(colon - word)))) {
		for (size_t i = 0; i < r->n; i++)
			names[n++] = arena_printf(r->arena, "%.*s:%s", (int)(colon - word), word,
						  r->steps[i].rule);
	} else {
		map_each (e, &r->aliases)
			names[n++] = e->key;
		map_each (e, &r->by_output)
			names[n++] = e->key;
		map_each (e, &r->by_id)
			names[n++] = e->key;
		for (size_t i = 0; i < r->n; i++)
			names[n++] = r->steps[i].rule;
	}
	near = nearest_name(word, names, n);
	if (near)
		warn("nothing here is called %s; did you mean %s?", word, near);
	else
		warn("nothing here is called %s: give a workload, a file of the build directory, "
		     "a stage, or WORKLOAD:KIND as in hello:kernel",
		     word);
}

bool report_find(struct report *r, const char *target, struct steps *to)
{
	bool found = find_file(r, target, to) || find_stage(r, target, to) ||
		     find_rule(r, target, to) || find_id(r, target, to);

	if (!found)
		tell_nearest(r, target);
	return found;
}
