/* SPDX-License-Identifier: MIT */
#include "plan/stage.h"
#include "base/escape.h"
#include "base/hash.h"
#include "base/path.h"
#include "base/util.h"

#include <string.h>

#define ID_DIGITS 16

/* The longest root that holds path, or NULL; *below is what follows it. */
static const struct root *find_root(const struct planner *p, const char *path, const char **below)
{
	const struct root *best = NULL;

	for (size_t i = 0; i < p->nroots; i++) {
		const struct root *r = &p->roots[i];
		const char *rest = path_below(path, r->path);

		if (rest && (!best || strlen(r->path) > strlen(best->path))) {
			best = r;
			*below = rest;
		}
	}
	return best;
}

/* Appends path as an item, from its root where it has one. */
static void put_path(const struct planner *p, struct buf *b, const char *path)
{
	const char *below = path;
	const struct root *r = find_root(p, path, &below);

	if (r)
		buf_printf(b, "@%s", r->name);
	if (r && streq(below, "."))
		return;
	if (r)
		buf_putc(b, '/');
	escape_item(b, below);
}

struct step step_start(struct planner *p, const char *stage, struct span why)
{
	struct step s = {.p = p, .stage = stage, .why = why};

	buf_printf(&s.fields, "%s\n", stage);
	return s;
}

static void put_item(struct buf *b, const char *key, const char *text)
{
	buf_printf(b, "--%s=", key);
	escape_item(b, text);
	buf_putc(b, '\n');
}

static void put_path_item(const struct planner *p, struct buf *b, const char *key, const char *path)
{
	buf_printf(b, "--%s=", key);
	put_path(p, b, path);
	buf_putc(b, '\n');
}

void step_field(struct step *s, const char *key, const char *text)
{
	put_item(&s->fields, key, text);
}

void step_option(struct step *s, const char *key, const char *text)
{
	put_item(&s->args, key, text);
}

void step_option_path(struct step *s, const char *key, const char *path)
{
	put_path_item(s->p, &s->args, key, path);
}

void step_arg(struct step *s, const char *key, const char *text)
{
	step_field(s, key, text);
	step_option(s, key, text);
}

void step_arg_path(struct step *s, const char *key, const char *path)
{
	put_path_item(s->p, &s->fields, key, path);
	step_option_path(s, key, path);
}

const char *step_id(struct step *s)
{
	struct map *identities = &s->p->graph->identities;
	char hex[HASH_HEX];

	hash_bytes(buf_str(&s->fields), s->fields.len, hex);
	const char *id = arena_printf(s->p->arena, "%s-%.*s", s->stage, ID_DIGITS, hex);
	const char *fields = map_get(identities, id);
	if (!fields)
		map_put(identities, id, arena_strdup(s->p->arena, buf_str(&s->fields)));
	else if (!streq(fields, buf_str(&s->fields)))
		die("internal error: two identities share the hash %s", id);
	buf_free(&s->fields);
	return id;
}

struct edge *step_edge(struct step *s, const char *rule, const char *id)
{
	struct planner *p = s->p;
	struct edge *e = NULL;

	if (!map_get(&p->edges, id)) {
		e = graph_edge(p->graph, rule, id, p->home, s->why);
		e->args = arena_strdup(p->arena, buf_str(&s->args));
		map_put(&p->edges, id, e);
	}
	buf_free(&s->args);
	return e;
}

const char *stage_dir(struct planner *p, const char *id)
{
	return arena_printf(p->arena, "out/stage/%s", id);
}

const char *stage_file(struct planner *p, const char *id, const char *file)
{
	return arena_printf(p->arena, "out/stage/%s/%s", id, file);
}

void stage_out(struct planner *p, struct edge *e, const char *file)
{
	edge_out(p->graph, e, stage_file(p, e->id, file), p->diag);
}

void stage_in(struct planner *p, struct edge *e, const char *id, const char *file)
{
	edge_in(p->graph, e, stage_file(p, id, file));
}

/* The manifest of a tree; its scan edge and its line of out/trees are made at the first call. */
static const char *plan_tree(struct planner *p, const char *path, const char *filter,
			     struct span why)
{
	struct buf item = {0};
	char hex[HASH_HEX];

	put_path(p, &item, path);
	struct buf key = {0};
	buf_printf(&key, "%s %s", filter, buf_str(&item));
	hash_bytes(buf_str(&key), key.len, hex);
	buf_free(&key);
	const char *id = arena_printf(p->arena, "%.*s", ID_DIGITS, hex);
	const char *manifest = arena_printf(p->arena, "out/tree/%s", id);

	if (!map_get(&p->graph->trees, id)) {
		struct tree *t = arena_new(p->arena, struct tree);
		*t = (struct tree){.id = id,
				   .path = arena_strdup(p->arena, buf_str(&item)),
				   .filter = filter,
				   .why = why};
		map_put(&p->graph->trees, id, t);
		struct edge *e = graph_edge(p->graph, "scan", id, "trees", why);
		edge_out(p->graph, e, manifest, p->diag);
	}
	buf_free(&item);
	return manifest;
}

const char *tree_in(struct planner *p, struct edge *e, const char *path, const char *filter,
		    struct span why)
{
	const char *manifest = plan_tree(p, path, filter, why);

	edge_in(p->graph, e, manifest);
	return manifest;
}

const char *source_manifest(struct planner *p, const char *path, const char *filter,
			    struct span why)
{
	return plan_tree(p, path, path_below(path, p->setup->fetch_dir) ? "pinned" : filter, why);
}

const char *source_in(struct planner *p, struct edge *e, const char *path, const char *filter,
		      struct span why)
{
	const char *manifest = source_manifest(p, path, filter, why);

	edge_in(p->graph, e, manifest);
	return manifest;
}

const char *data_path(struct planner *p, const char *name)
{
	return path_join(p->arena, p->setup->data_dir, name);
}

void data_in(struct planner *p, struct edge *e, const char *name)
{
	tree_in(p, e, data_path(p, name), "all", e->why);
}

void scripts_in(struct planner *p, struct edge *e, const char *names)
{
	while (*names) {
		size_t len = strcspn(names, " ");

		data_in(p, e, arena_printf(p->arena, "scripts/%.*s", (int)len, names));
		names += len + strspn(names + len, " ");
	}
}

void toolchain_in(struct planner *p, struct edge *e)
{
	edge_in(p->graph, e, plan_tree(p, p->model->board->cross.s, "toolchain", e->why));
}
