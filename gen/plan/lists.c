/* SPDX-License-Identifier: MIT */
#include "plan/lists.h"
#include "base/escape.h"
#include "base/util.h"

void list_roots(const struct planner *p, struct buf *b)
{
	for (size_t i = 0; i < p->nroots; i++) {
		buf_printf(b, "%s\t", p->roots[i].name);
		escape_item(b, p->roots[i].there);
		buf_putc(b, '\n');
	}
}

/* Who brings a manifest up to date: the graph alone, where a script that always runs may write the
 * tree; else verify too, once the scripts that do so have run. */
static void put_order(const struct graph *g, const struct edge *scan, struct buf *b)
{
	for (size_t i = 0; i < scan->ins.n; i++) {
		const struct edge *e = map_get(&g->by_output, scan->ins.v[i]);

		if (edge_forced(e)) {
			buf_puts(b, "graph");
			return;
		}
	}
	if (!scan->ins.n)
		buf_puts(b, "verify");
	for (size_t i = 0; i < scan->ins.n; i++) {
		const struct edge *e = map_get(&g->by_output, scan->ins.v[i]);

		buf_printf(b, "%s%s", i ? "," : "", e->id);
	}
}

void list_tree(const struct planner *p, const struct tree *t, struct buf *b)
{
	buf_printf(b, "%s\t%s\t", t->id, t->filter);
	put_order(p->graph, t->scan, b);
	buf_printf(b, "\t%s\n", t->path);
}

void list_trees(const struct planner *p, struct buf *b)
{
	map_each (m, &p->graph->trees)
		list_tree(p, m->value, b);
}

static void put_paths(const struct paths *p, struct buf *b)
{
	for (size_t i = 0; i < p->n; i++)
		buf_printf(b, "%s%s", i ? " " : "", p->v[i]);
}

void list_outputs(const struct planner *p, struct buf *b)
{
	edges_each (e, p->graph) {
		if (!e->outs.n || e->acts || !after_prefix(e->outs.v[0], "out/stage/"))
			continue;
		buf_printf(b, "%s\t", e->id);
		put_paths(&e->outs, b);
		buf_putc(b, '\t');
		put_paths(&e->beside, b);
		buf_putc(b, '\n');
	}
}

void list_promises(const struct planner *p, struct buf *b)
{
	edges_each (e, p->graph)
		for (size_t i = 0; i < e->promises.n; i++)
			buf_printf(b, "%s\t%s\n", e->id, e->promises.v[i]);
}

void list_workloads(const struct planner *p, struct buf *b)
{
	for (size_t i = 0; i < p->model->n; i++) {
		const struct workload *w = p->model->workloads[i];

		buf_puts(b, w->name);
		for (size_t j = 0; j < w->njobs; j++)
			buf_printf(b, "\t%s", w->jobs[j]->name);
		buf_putc(b, '\n');
	}
}

void list_named(const struct planner *p, struct buf *b)
{
	const struct model *m = p->model;

	for (size_t i = 0; i < p->setup->ntargets; i++)
		buf_printf(b, "%s\n", m->targets[i]->name);
}
