/* SPDX-License-Identifier: MIT */
#include "emit/emit.h"
#include "base/util.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

static void add_paths(cJSON *to, const char *name, const struct paths *p)
{
	cJSON *list = p->n ? cJSON_AddArrayToObject(to, name) : NULL;

	for (size_t i = 0; list && i < p->n; i++)
		cJSON_AddItemToArray(list, cJSON_CreateStringReference(p->v[i]));
}

static void add_place(cJSON *to, struct span at, struct arena *a)
{
	if (at.src)
		cJSON_AddStringToObject(to, "why",
					arena_printf(a, "%s:%u:%u", at.src->path, at.line, at.col));
}

/* The parameters as a list of lines, still escaped. */
static void add_args(cJSON *to, const char *args, struct arena *a)
{
	cJSON *list = args ? cJSON_AddArrayToObject(to, "args") : NULL;

	for (const char *s = args; list && *s; s = strchr(s, '\n') + 1) {
		const char *line = arena_dup(a, s, strcspn(s, "\n"));
		cJSON_AddItemToArray(list, cJSON_CreateStringReference(line));
	}
}

static cJSON *edge_json(const struct edge *e, struct arena *a)
{
	cJSON *o = cJSON_CreateObject();

	cJSON_AddItemToObject(o, "rule", cJSON_CreateStringReference(e->rule));
	if (e->id)
		cJSON_AddItemToObject(o, "id", cJSON_CreateStringReference(e->id));
	add_place(o, e->why, a);
	add_paths(o, "outputs", &e->outs);
	add_paths(o, "inputs", &e->ins);
	add_args(o, e->args, a);
	return o;
}

static void add_trees(cJSON *top, const struct graph *g)
{
	cJSON *trees = cJSON_AddArrayToObject(top, "trees");

	map_each (m, &g->trees) {
		const struct tree *t = m->value;
		cJSON *o = cJSON_CreateObject();

		cJSON_AddItemToObject(
			o, "manifest",
			cJSON_CreateString(arena_printf(g->arena, "out/tree/%s", t->id)));
		cJSON_AddItemToObject(o, "path", cJSON_CreateStringReference(t->path));
		cJSON_AddItemToObject(o, "filter", cJSON_CreateStringReference(t->filter));
		cJSON_AddItemToArray(trees, o);
	}
}

void emit_json(const struct graph *g, struct buf *b)
{
	cJSON *top = cJSON_CreateObject();
	cJSON *edges = cJSON_AddArrayToObject(top, "edges");
	cJSON *aliases = NULL;

	edges_each (e, g)
		cJSON_AddItemToArray(edges, edge_json(e, g->arena));
	add_trees(top, g);
	aliases = cJSON_AddObjectToObject(top, "aliases");
	map_each (m, &g->aliases)
		add_paths(aliases, m->key, &((const struct alias *)m->value)->targets);
	add_paths(top, "default", &g->defaults);
	char *text = cJSON_Print(top);
	if (!text)
		die("out of memory");
	buf_puts(b, text);
	buf_putc(b, '\n');
	free(text);
	cJSON_Delete(top);
}
