/* SPDX-License-Identifier: MIT */
#include "plan/watch.h"
#include "plan/lists.h"
#include "base/util.h"
#include "plan/stage.h"

#include <stdlib.h>

/* The trees behind the targets of a workload. */
struct reach {
	struct planner *p;
	struct map seen; /* path -> struct edge * */
	struct tree **trees;
	size_t n, room;
};

static void add_tree(struct reach *r, struct tree *t)
{
	if (r->n == r->room) {
		r->room = r->room * 2 + 16;
		r->trees = xrealloc(r->trees, r->room * sizeof(struct tree *));
	}
	r->trees[r->n++] = t;
}

static void visit(struct reach *r, const char *path)
{
	struct graph *g = r->p->graph;
	struct edge *e = map_get(&g->by_output, path);

	if (!e || map_get(&r->seen, path))
		return;
	map_put(&r->seen, path, e);
	if (streq(e->rule, "scan"))
		add_tree(r, map_get(&g->trees, e->id));
	for (size_t i = 0; i < e->ins.n; i++)
		visit(r, e->ins.v[i]);
}

static void visit_targets(struct reach *r, const char *name)
{
	const struct alias *alias = map_get(&r->p->graph->aliases, name);

	for (size_t i = 0; alias && i < alias->targets.n; i++)
		visit(r, alias->targets.v[i]);
}

/* Fetched trees are read-only, a compiler is no file of the build, and fmgen's data nobody's. */
static bool may_change(const struct tree *t)
{
	return !streq(t->filter, "pinned") && !streq(t->filter, "toolchain") &&
	       !after_prefix(t->path, "@share/");
}

/* Whether a tree is read before the script has run. Where others write it, these must come before
 * the script; of trees that two workloads share no order is known. */
static bool is_read_before(const struct edge *script, const struct tree *t, bool shared)
{
	const struct paths *writers = &t->scan->ins;

	if (paths_have(&script->ins, t->scan->outs.v[0]) || (shared && writers->n))
		return false;
	for (size_t i = 0; i < writers->n; i++)
		if (!paths_have(&script->order_only, writers->v[i]))
			return false;
	return true;
}

/* A tree that another script writes has its manifest before this one runs. */
static void watch(struct planner *p, struct edge *script, const struct reach *r)
{
	bool shared = script->watch;
	struct buf b = {0};

	for (size_t i = 0; i < r->n; i++) {
		const struct tree *t = r->trees[i];

		if (!may_change(t) || !is_read_before(script, t, shared))
			continue;
		if (t->scan->ins.n)
			edge_after(p->graph, script, t->scan->outs.v[0]);
		list_tree(p, t, &b);
	}
	script->watch = arena_printf(p->arena, "%s%s", shared ? script->watch : "", buf_str(&b));
	buf_free(&b);
}

static void watch_for(struct planner *p, const struct build *b)
{
	struct reach r = {.p = p, .seen = {.arena = p->arena}};

	visit_targets(&r, b->w->name);
	visit_targets(&r, arena_printf(p->arena, "%s-nodisk", b->w->name));
	if (b->host_init)
		watch(p, map_get(&p->edges, b->host_init), &r);
	if (b->post_bin)
		watch(p, map_get(&p->edges, b->post_bin), &r);
	free(r.trees);
}

void plan_watches(struct planner *p)
{
	map_each (m, &p->builds) {
		const struct build *b = m->value;

		if (b->host_init || b->post_bin)
			watch_for(p, b);
	}
}
