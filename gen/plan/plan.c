/* SPDX-License-Identifier: MIT */
#include "plan/plan.h"
#include "base/escape.h"
#include "base/util.h"
#include "plan/stage.h"
#include "plan/watch.h"

/* In the order of the data: a stage finds in struct build what those before it made. Those of the
 * binary come twice: first the one with a disk, which a guest-init boots; then the one that holds
 * the image. */
#define BINARY_STAGES &stage_initramfs, &stage_link, &stage_firmware, &stage_bbl

static const struct stage *const stages[] = {
	/* clang-format off */
	&stage_host_init, &stage_given_bin, &stage_kernel, &stage_module, &stage_busybox,
	BINARY_STAGES, &stage_post_bin,
	&stage_given_img, &stage_distro, &stage_layers,
	BINARY_STAGES, &stage_publish, &stage_launch,
	/* clang-format on */
};

static const struct build *parent_build(const struct planner *p, const struct workload *w)
{
	return w->parent ? map_get(&p->builds, w->parent->name) : NULL;
}

/* Whether w says nothing of its binary, and no script that its parent does not wait for comes
 * before it. */
static bool has_parents_binary(const struct workload *w)
{
	const struct workload *owner = w->owner == w->parent ? NULL : w->owner;
	static const enum option_id ids[] = {OPT_LINUX_SOURCE, OPT_LINUX_CONFIG, OPT_LINUX_MODULES,
					     OPT_OPENSBI_SRC,  OPT_OPENSBI_ARGS, OPT_BBL_SRC,
					     OPT_BBL_ARGS,     OPT_USE_BBL};

	if (!w->parent || w->wants_linux != w->parent->wants_linux || wl_set(w, OPT_BIN) ||
	    wl_set(w->parent, OPT_BIN) || wl_set(w, OPT_HOST_INIT) ||
	    (owner && wl_set(owner, OPT_HOST_INIT)))
		return false;
	for (size_t i = 0; i < LEN(ids); i++)
		if (w->values[ids[i]] != w->parent->values[ids[i]])
			return false;
	return true;
}

/* The binary with a disk would come out equal stage for stage, so this only saves the time to plan
 * it. */
static void take_parents_binary(struct build *b)
{
	const struct build *from = b->parent;

	b->kernel = from->kernel;
	b->modules = from->modules;
	b->nmodules = from->nmodules;
	b->busybox = from->busybox;
	b->firmware = from->firmware;
	b->initramfs[DISK] = from->initramfs[DISK];
	b->link[DISK] = from->link[DISK];
	b->bin[DISK] = from->bin[DISK];
}

static void plan_workload(struct planner *p, const struct workload *w)
{
	struct build *b = arena_new(p->arena, struct build);

	*b = (struct build){.w = w, .parent = parent_build(p, w)};
	map_put(&p->builds, w->name, b);
	if (has_parents_binary(w))
		take_parents_binary(b);
	p->now = b;
	p->home = arena_printf(p->arena, "wl/%s", w->name);
	for (size_t i = 0; i < LEN(stages); i++)
		if (stages[i]->wanted(p, b))
			stages[i]->plan(p, b);
}

void plan(struct planner *p)
{
	p->builds.arena = p->arena;
	p->edges.arena = p->arena;
	p->data.arena = p->arena;
	p->manifests.arena = p->arena;
	for (size_t i = 0; i < p->model->n; i++)
		plan_workload(p, p->model->workloads[i]);
	plan_watches(p);
}

void plan_roots(const struct planner *p, struct buf *b)
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

void plan_tree_line(const struct planner *p, const struct tree *t, struct buf *b)
{
	buf_printf(b, "%s\t%s\t", t->id, t->filter);
	put_order(p->graph, t->scan, b);
	buf_printf(b, "\t%s\n", t->path);
}

void plan_trees(const struct planner *p, struct buf *b)
{
	map_each (m, &p->graph->trees)
		plan_tree_line(p, m->value, b);
}

static void put_paths(const struct paths *p, struct buf *b)
{
	for (size_t i = 0; i < p->n; i++)
		buf_printf(b, "%s%s", i ? " " : "", p->v[i]);
}

void plan_outputs(const struct planner *p, struct buf *b)
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

void plan_promises(const struct planner *p, struct buf *b)
{
	edges_each (e, p->graph)
		for (size_t i = 0; i < e->promises.n; i++)
			buf_printf(b, "%s\t%s\n", e->id, e->promises.v[i]);
}
