/* SPDX-License-Identifier: MIT */
/*
 * launch-NAME boots what was published. The board's `launch` map says how each simulator is
 * started; `fmgen launch NAME` reads the same parameter files. Nothing is built from these edges,
 * so an option that only they use rebuilds nothing.
 */
#include "plan/machine.h"

static bool wanted(const struct planner *p, const struct build *b)
{
	return p->model->board->launch && b->bin[DISK];
}

/* What is booted: what was published. */
static void add_files(struct step *s, const struct build *b, enum kind kind)
{
	struct arena *a = s->p->arena;

	step_option(s, "name", b->w->name);
	step_option(
		s, "bin",
		arena_printf(a, "images/%s-bin%s", b->w->name, kind == NODISK ? "-nodisk" : ""));
	if (kind == DISK && b->image)
		step_option(s, "img", arena_printf(a, "images/%s.img", b->w->name));
}

static void plan_one(struct planner *p, struct build *b, const struct simulator *sim,
		     enum kind kind)
{
	const char *name = arena_printf(p->arena, "launch-%s%s%s", b->w->name,
					kind == NODISK ? "-nodisk" : "", sim->suffix);

	bool disk = kind == DISK && b->image;
	if (!machine_how(p, sim) || !b->bin[kind] ||
	    (disk && (!sim->disks || p->model->board->no_disk)))
		return;
	struct step s = step_start(p, "launch", b->w->spec->at);
	add_files(&s, b, kind);
	add_machine(&s, b, kind);
	add_simulator(&s, b, sim, disk);
	buf_free(&s.fields);
	struct edge *e = step_edge(&s, "launch", name);
	edge_out(p->graph, e, name, p->diag);
	edge_in(p->graph, e,
		arena_printf(p->arena, "images/%s-bin%s", b->w->name,
			     kind == NODISK ? "-nodisk" : ""));
	if (b->link[kind])
		stage_in(p, e, b->bin[kind], "bin.mem");
	if (disk)
		edge_in(p->graph, e, arena_printf(p->arena, "images/%s.img", b->w->name));
}

static void plan_launch(struct planner *p, struct build *b)
{
	for (int i = 0; i < SIMULATORS; i++)
		for (int kind = DISK; kind < KINDS; kind++)
			plan_one(p, b, &simulators[i], kind);
}

const struct stage stage_launch = {"launch", wanted, plan_launch};
