/* SPDX-License-Identifier: MIT */
#include "plan/stage.h"
#include "base/escape.h"
#include "base/hash.h"
#include "base/path.h"
#include "base/util.h"

#include <string.h>

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

	if (r) {
		buf_putc(b, '@');
		buf_puts(b, r->name);
		if (streq(below, "."))
			return;
		buf_putc(b, '/');
	}
	escape_item(b, below);
}

const char *path_item(const struct planner *p, const char *path)
{
	struct buf b = {0};

	put_path(p, &b, path);
	const char *item = arena_strdup(p->arena, buf_str(&b));
	buf_free(&b);
	return item;
}

struct step step_start(struct planner *p, const char *stage, struct span why)
{
	struct step s = {.p = p, .stage = stage, .why = why};

	buf_puts(&s.fields, stage);
	buf_putc(&s.fields, '\n');
	return s;
}

static void put_key(struct buf *b, const char *key)
{
	buf_puts(b, "--");
	buf_puts(b, key);
	buf_putc(b, '=');
}

static void put_item(struct buf *b, const char *key, const char *text)
{
	put_key(b, key);
	escape_item(b, text);
	buf_putc(b, '\n');
}

static void put_path_item(const struct planner *p, struct buf *b, const char *key, const char *path)
{
	put_key(b, key);
	put_path(p, b, path);
	buf_putc(b, '\n');
}

void step_field(struct step *s, const char *key, const char *text)
{
	put_item(&s->fields, key, text);
}

void step_field_path(struct step *s, const char *key, const char *path)
{
	put_path_item(s->p, &s->fields, key, path);
}

void step_option(struct step *s, const char *key, const char *text)
{
	put_item(&s->args, key, text);
}

void step_flag(struct step *s, const char *key)
{
	buf_printf(&s->args, "--%s\n", key);
}

void step_option_path(struct step *s, const char *key, const char *path)
{
	put_path_item(s->p, &s->args, key, path);
}

void step_arg(struct step *s, const char *key, const char *text)
{
	size_t start = s->args.len;

	put_item(&s->args, key, text);
	buf_add(&s->fields, s->args.data + start, s->args.len - start);
}

void step_arg_path(struct step *s, const char *key, const char *path)
{
	size_t start = s->args.len;

	put_path_item(s->p, &s->args, key, path);
	buf_add(&s->fields, s->args.data + start, s->args.len - start);
}

void step_identify(struct step *s)
{
	buf_add(&s->fields, s->args.data, s->args.len);
}

const char *step_id(struct step *s)
{
	struct graph *g = s->p->graph;
	char *id = map_get(&g->identities, buf_str(&s->fields));

	if (!id) {
		char hex[HASH_HEX];

		hash_bytes(buf_str(&s->fields), s->fields.len, hex);
		id = arena_printf(s->p->arena, "%s-%.*s", s->stage, ID_DIGITS, hex);
		if (map_get(&g->ids, id))
			die("internal error: two identities share the hash %s", id);
		map_put(&g->identities, buf_str(&s->fields), id);
		map_add(&g->ids, id, id);
	}
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
		map_add(&p->edges, id, e);
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

void stage_beside(struct planner *p, struct edge *e, const char *names)
{
	char *rest = arena_strdup(p->arena, names), *name;

	while ((name = strsep(&rest, " ")))
		paths_add(p->arena, &e->beside, stage_file(p, e->id, name));
}

void kconfig_policy(struct step *s)
{
	enum warning_policy policy = s->p->diag->policy[WARN_KCONFIG];

	if (policy != POLICY_SHOW)
		step_option(s, "ineffective", policy == POLICY_HIDE ? "hide" : "error");
}
