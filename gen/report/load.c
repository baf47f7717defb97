/* SPDX-License-Identifier: MIT */
#include "base/fs.h"
#include "base/path.h"
#include "base/util.h"
#include "report/report.h"

#include <string.h>

void steps_add(struct arena *a, struct steps *s, struct step *step)
{
	if (s->n == s->room) {
		struct step **v = arena_array(a, struct step *, s->room = s->room * 2 + 8);

		if (s->n)
			memcpy(v, s->v, s->n * sizeof(*v));
		s->v = v;
	}
	s->v[s->n++] = step;
}

static const char *text_of(const cJSON *object, const char *key)
{
	return cJSON_GetStringValue(cJSON_GetObjectItem(object, key));
}

static char **strings_of(struct arena *a, const cJSON *list)
{
	char **v = arena_array(a, char *, (size_t)cJSON_GetArraySize(list) + 1);
	size_t n = 0;

	items_each (item, list)
		if (cJSON_IsString(item))
			v[n++] = item->valuestring;
	return v;
}

/* The parameters: those of the JSON, else of the file. NULL: there are none. */
static const char *args_text(struct arena *a, const cJSON *json)
{
	const cJSON *list = cJSON_GetObjectItem(json, "args");
	const char *id = text_of(json, "id"), *text = NULL;
	struct buf b = {0};

	items_each (item, list)
		buf_printf(&b, "%s\n", cJSON_GetStringValue(item));
	if (list || (id && read_file(arena_printf(a, "out/args/%s", id), &b)))
		text = arena_strdup(a, buf_str(&b));
	buf_free(&b);
	return text;
}

static void add_step(struct report *r, cJSON *json, const char *rule)
{
	struct arena *a = r->arena;
	struct step *s = &r->steps[r->n++];

	*s = (struct step){
		.json = json,
		.rule = rule,
		.id = text_of(json, "id"),
		.why = text_of(json, "why"),
		.args = args_text(a, json),
		.outs = strings_of(a, cJSON_GetObjectItem(json, "outputs")),
		.ins = strings_of(a, cJSON_GetObjectItem(json, "inputs")),
		.said = "",
	};
	if (!s->id)
		s->id = arena_printf(a, "publish-%s", s->outs[0] ? path_base(s->outs[0]) : "");
	map_put(&r->by_id, s->id, s);
	for (char **out = s->outs; *out; out++)
		map_put(&r->by_output, *out, s);
}

static void add_dep(struct step *s, struct step *dep, const char *via)
{
	for (size_t k = 0; dep && k < s->ndeps; k++)
		if (s->deps[k] == dep)
			return;
	if (dep) {
		s->deps[s->ndeps] = dep;
		s->via[s->ndeps++] = via;
	}
}

/* A script of the user's may write the tree of a manifest. */
static void link_step(struct report *r, struct step *s)
{
	size_t n = 0;

	for (char **in = s->ins; *in; in++)
		n += 1 + (size_t)cJSON_GetArraySize(map_get(&r->scans, *in));
	s->deps = arena_array(r->arena, struct step *, n + 1);
	s->via = arena_array(r->arena, const char *, n + 1);
	for (char **in = s->ins; *in; in++) {
		add_dep(s, map_get(&r->by_output, *in), NULL);
		items_each (stamp, (const cJSON *)map_get(&r->scans, *in))
			if (cJSON_IsString(stamp))
				add_dep(s, map_get(&r->by_output, stamp->valuestring), *in);
	}
}

/* Scans are no steps, but may wait for some. */
static void add_scan(struct report *r, const cJSON *json)
{
	const cJSON *out = cJSON_GetArrayItem(cJSON_GetObjectItem(json, "outputs"), 0);
	cJSON *ins = cJSON_GetObjectItem(json, "inputs");

	if (cJSON_IsString(out) && ins)
		map_put(&r->scans, out->valuestring, ins);
}

bool report_load(struct report *r, struct arena *a, const char *text)
{
	*r = (struct report){.arena = a, .build = "", .world = {.arena = a}};
	r->by_output.arena = r->by_id.arena = r->aliases.arena = r->scans.arena = a;
	r->json = cJSON_Parse(text);
	cJSON *edges = cJSON_GetObjectItem(r->json, "edges");
	const cJSON *aliases = cJSON_GetObjectItem(r->json, "aliases");
	if (!cJSON_IsArray(edges))
		return false;
	r->steps = arena_array(a, struct step, (size_t)cJSON_GetArraySize(edges) + 1);
	items_each (json, edges) {
		const char *rule = text_of(json, "rule");

		if (rule && streq(rule, "scan"))
			add_scan(r, json);
		else if (rule)
			add_step(r, json, rule);
	}
	for (size_t i = 0; i < r->n; i++)
		link_step(r, &r->steps[i]);
	items_each (json, aliases)
		map_put(&r->aliases, json->string, json);
	return true;
}

void report_free(struct report *r)
{
	cJSON_Delete(r->json);
	r->json = NULL;
}

static void mark(struct step *s)
{
	if (s->seen)
		return;
	s->seen = true;
	for (size_t i = 0; i < s->ndeps; i++)
		mark(s->deps[i]);
}

static void walk(struct arena *a, struct step *s, struct steps *to)
{
	if (!s->seen)
		return;
	s->seen = false;
	for (size_t i = 0; i < s->ndeps; i++)
		walk(a, s->deps[i], to);
	steps_add(a, to, s);
}

struct steps report_behind(struct report *r, const struct steps *from)
{
	struct steps all = {0};

	for (size_t i = 0; i < from->n; i++)
		mark(from->v[i]);
	for (size_t i = 0; i < r->n; i++)
		walk(r->arena, &r->steps[i], &all);
	return all;
}
