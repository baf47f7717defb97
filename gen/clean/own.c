/* SPDX-License-Identifier: MIT */
#include "base/strings.h"
#include "base/util.h"
#include "clean/clean.h"
#include "graph/names.h"

/* The steps behind some targets. */
struct reach {
	struct report *report;
	struct map seen; /* id -> struct step * */
};

static void visit(struct reach *r, const char *path);

static void visit_list(struct reach *r, const cJSON *list)
{
	items_each (item, list)
		if (cJSON_IsString(item))
			visit(r, item->valuestring);
}

static void visit(struct reach *r, const char *path)
{
	struct step *s = map_get(&r->report->by_output, path);

	visit_list(r, map_get(&r->report->scans, path));
	if (!s || map_get(&r->seen, s->id))
		return;
	map_put(&r->seen, s->id, s);
	for (char **in = s->ins; *in; in++)
		visit(r, *in);
	visit_list(r, cJSON_GetObjectItem(s->json, "order-only"));
}

static void visit_workload(struct reach *r, struct arena *a, const char *name)
{
	visit_list(r, map_get(&r->report->aliases, name));
	visit_list(r, map_get(&r->report->aliases, arena_printf(a, "%s-nodisk", name)));
}

static void add_step(struct heap *h, const struct step *s)
{
	const char *file = s->outs[0] ? after_prefix(s->outs[0], "images/") : NULL;

	if (file)
		heap_published(h, file);
	else if (s->outs[0] && stage_of(h->arena, s->outs[0]))
		heap_stage(h, s->id, s->rule);
}

void clean_own(struct heap *h, struct report *r, char *const *names, char *const *all)
{
	struct reach others = {r, {.arena = h->arena}}, own = {r, {.arena = h->arena}};

	for (size_t i = 0; all[i]; i++)
		visit_workload(strings_have(names, all[i]) ? &own : &others, h->arena, all[i]);
	for (size_t i = 0; i < r->n; i++)
		if (map_get(&own.seen, r->steps[i].id) && !map_get(&others.seen, r->steps[i].id))
			add_step(h, &r->steps[i]);
	for (size_t i = 0; names[i]; i++)
		heap_workload(h, names[i]);
}
