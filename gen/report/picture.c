/* SPDX-License-Identifier: MIT */
#include "base/fs.h"
#include "base/util.h"
#include "report/report.h"

#include <stdlib.h>
#include <string.h>

/* Lines of text as a list. */
static cJSON *lines_json(const char *text)
{
	cJSON *list = cJSON_CreateArray();
	struct arena a = {0};
	char *rest = arena_strdup(&a, text), *line;

	while ((line = strsep(&rest, "\n")))
		if (*line)
			cJSON_AddItemToArray(list, cJSON_CreateString(line));
	arena_free(&a);
	return list;
}

static void add_seconds(cJSON *to, const char *key, long long ns)
{
	char text[48];

	snprintf(text, sizeof(text), "%lld.%06lld", ns / 1000000000, ns / 1000 % 1000000);
	cJSON_AddItemToObject(to, key, cJSON_CreateRaw(text));
}

static void add_flag(cJSON *to, const char *key, bool is)
{
	if (is)
		cJSON_AddTrueToObject(to, key);
}

static void add_run(cJSON *to, const struct step *s)
{
	cJSON *run = cJSON_AddObjectToObject(to, "run");

	if (s->was) {
		add_seconds(run, "start", s->was->start);
		add_seconds(run, "seconds", s->was->end - s->was->start);
		add_seconds(run, "cpu", s->was->cpu);
	}
	add_flag(run, "last", s->last);
	add_flag(run, "equal", s->equal);
	add_flag(run, "failed", s->broken);
	if (s->before)
		cJSON_AddStringToObject(run, "before", s->before);
	if (*s->said)
		cJSON_AddItemToObject(run, "why", lines_json(s->said));
}

static cJSON *step_json(const struct step *s)
{
	cJSON *json = cJSON_Duplicate(s->json, true);

	if (!cJSON_GetObjectItem(json, "id"))
		cJSON_AddStringToObject(json, "id", s->id);
	if (s->args && !cJSON_GetObjectItem(json, "args"))
		cJSON_AddItemToObject(json, "args", lines_json(s->args));
	if (s->was || s->broken)
		add_run(json, s);
	return json;
}

/* A tree, with the stamps of the scripts that may write it. */
static cJSON *tree_json(const struct report *r, const cJSON *tree, const char *manifest)
{
	cJSON *json = cJSON_Duplicate(tree, true);
	const cJSON *after = map_get(&r->scans, manifest);

	if (after)
		cJSON_AddItemToObject(json, "after", cJSON_Duplicate(after, true));
	return json;
}

/* The manifests that the steps read. */
static void add_trees(cJSON *top, const struct picture *p)
{
	cJSON *list = cJSON_AddArrayToObject(top, "trees");
	const cJSON *trees = cJSON_GetObjectItem(p->report->json, "trees");
	struct arena a = {0};
	struct map read = {.arena = &a};

	for (size_t i = 0; i < p->all.n; i++)
		for (char **in = p->all.v[i]->ins; *in; in++)
			map_put(&read, *in, *in);
	items_each (tree, trees) {
		const char *path = cJSON_GetStringValue(cJSON_GetObjectItem(tree, "manifest"));

		if (path && map_get(&read, path))
			cJSON_AddItemToArray(list, tree_json(p->report, tree, path));
	}
	arena_free(&a);
}

static void add_last(cJSON *top, const struct report *r)
{
	cJSON *last = *r->build ? cJSON_AddObjectToObject(top, "last") : NULL;

	if (!last)
		return;
	add_seconds(last, "start", r->start);
	add_seconds(last, "seconds", r->end - r->start);
}

void picture_json(const struct picture *p, struct buf *out)
{
	cJSON *top = cJSON_CreateObject();
	cJSON *edges = cJSON_AddArrayToObject(top, "edges"), *workloads;

	for (size_t i = 0; i < p->all.n; i++)
		cJSON_AddItemToArray(edges, step_json(p->all.v[i]));
	add_trees(top, p);
	workloads = cJSON_AddObjectToObject(top, "aliases");
	for (size_t i = 0; i < p->n; i++)
		cJSON_AddItemToObject(
			workloads, p->names[i],
			cJSON_Duplicate(map_get(&p->report->aliases, p->names[i]), true));
	cJSON_AddItemToObject(
		top, "default",
		cJSON_Duplicate(cJSON_GetObjectItem(p->report->json, "default"), true));
	cJSON_AddStringToObject(top, "directory", p->directory);
	add_last(top, p->report);
	char *text = cJSON_PrintUnformatted(top);
	if (!text)
		die("out of memory");
	buf_puts(out, text);
	buf_putc(out, '\n');
	free(text);
	cJSON_Delete(top);
}

/* What could end the element that holds the data stands only in strings. */
static void put_data(struct buf *out, const char *json)
{
	for (; *json; json++)
		if (strchr("<>&", *json))
			buf_printf(out, "\\u%04x", (unsigned)*json);
		else
			buf_putc(out, *json);
}

static bool put_part(const struct picture *p, const char *dir, const char *name, struct buf *out)
{
	struct buf json = {0};

	if (!streq(name, "DATA"))
		return read_file(arena_printf(p->report->arena, "%s/%s", dir, name), out);
	picture_json(p, &json);
	put_data(out, buf_str(&json));
	buf_free(&json);
	return true;
}

#define MARK "@@" /* around the name of a part */

const char *picture_html(const struct picture *p, const char *dir, struct buf *out)
{
	struct arena *a = p->report->arena;
	struct buf page = {0};
	const char *name = "page.html", *missing = NULL;

	if (!put_part(p, dir, name, &page))
		missing = name;
	char *rest = arena_strdup(a, buf_str(&page)), *mark;
	while (!missing && (mark = strstr(rest, MARK))) {
		char *end = strstr(mark + strlen(MARK), MARK);

		buf_add(out, rest, (size_t)(mark - rest));
		if (!end)
			break;
		name = arena_dup(a, mark + strlen(MARK), (size_t)(end - mark) - strlen(MARK));
		if (!put_part(p, dir, name, out))
			missing = name;
		rest = end + strlen(MARK);
	}
	buf_puts(out, rest);
	buf_free(&page);
	return missing;
}
