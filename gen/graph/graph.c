/* SPDX-License-Identifier: MIT */
#include "graph/graph.h"
#include "base/util.h"

#include <string.h>

void graph_init(struct graph *g, struct arena *a)
{
	*g = (struct graph){.arena = a};
	g->tail = &g->edges;
	g->by_output.arena = a;
	g->trees.arena = a;
	g->aliases.arena = a;
	g->identities.arena = a;
	g->ids.arena = a;
	g->revisions.arena = a;
}

void paths_add(struct arena *a, struct paths *p, const char *path)
{
	if (p->n == p->room) {
		size_t room = p->room ? p->room * 2 : 4;
		const char **v = arena_array(a, const char *, room);

		if (p->n)
			memcpy(v, p->v, p->n * sizeof(*v));
		p->v = v;
		p->room = room;
	}
	p->v[p->n++] = path;
}

struct edge *graph_edge(struct graph *g, const char *rule, const char *id, const char *home,
			struct span why)
{
	struct edge *e = arena_new(g->arena, struct edge);

	*e = (struct edge){.rule = rule, .id = id, .home = home, .why = why};
	*g->tail = e;
	g->tail = &e->next;
	g->nedges++;
	return e;
}

void edge_out(struct graph *g, struct edge *e, const char *path, struct diag *d)
{
	const struct edge *other = map_get(&g->by_output, path);

	if (other) {
		struct diag_item *item = diag_error(d, e->why, "%s would be made twice", path);
		diag_also(d, item, other->why, "it is made here too");
		return;
	}
	map_add(&g->by_output, path, e);
	paths_add(g->arena, &e->outs, path);
}

bool paths_have(const struct paths *p, const char *path)
{
	for (size_t i = 0; i < p->n; i++)
		if (streq(p->v[i], path))
			return true;
	return false;
}

void paths_add_once(struct arena *a, struct paths *p, const char *path)
{
	if (!paths_have(p, path))
		paths_add(a, p, path);
}

void edge_in(struct graph *g, struct edge *e, const char *path)
{
	paths_add_once(g->arena, &e->ins, path);
}

void edge_after(struct graph *g, struct edge *e, const char *path)
{
	paths_add_once(g->arena, &e->order_only, path);
}

bool edge_forced(const struct edge *e)
{
	return paths_have(&e->ins, FORCE);
}

struct alias *graph_alias(struct graph *g, const char *name, struct span why)
{
	struct alias *alias = map_get(&g->aliases, name);

	if (!alias) {
		alias = arena_new(g->arena, struct alias);
		*alias = (struct alias){.name = name, .why = why};
		map_put(&g->aliases, name, alias);
	}
	return alias;
}
