/* SPDX-License-Identifier: MIT */
/* The Berkeley boot loader with each kernel as its payload, in the place of OpenSBI. */
#include "plan/stage.h"

static bool wanted(const struct planner *p, const struct build *b)
{
	(void)p;
	return b->kernel && wl_true(b->w, OPT_USE_BBL);
}

static const char *source(const struct planner *p, const struct build *b)
{
	const char *own = wl_path(b->w, OPT_BBL_SRC);

	return own ? own : p->model->board->bbl_source.s;
}

static const char *plan_kind(struct planner *p, const struct build *b, enum kind kind)
{
	const struct board *board = p->model->board;
	const struct value *args = wl_value(b->w, OPT_BBL_ARGS);
	struct step s = step_start(p, "bbl", wl_value(b->w, OPT_USE_BBL)->at);

	step_arg_path(&s, "source", source(p, b));
	step_arg(&s, "arch", board->arch.s);
	step_arg(&s, "cross", board->cross.s);
	for (size_t i = 0; i < args->n; i++)
		step_arg(&s, "arg", args->items[i].text.s);
	step_arg(&s, "link", stage_dir(p, b->link[kind]));
	const char *id = step_id(&s);
	struct edge *e = step_edge(&s, "bbl", id);
	if (e) {
		source_in(p, e, source(p, b), "source", e->why);
		stage_in(p, e, b->link[kind], "Image");
		toolchain_in(p, e);
		scripts_in(p, e, "bbl payload.sh lib.sh");
		stage_out(p, e, "bin");
		stage_out(p, e, "bin.mem");
	}
	return id;
}

static void plan_bbl(struct planner *p, struct build *b)
{
	for (int kind = DISK; kind < KINDS; kind++)
		if (b->link[kind] && !b->bin[kind])
			b->bin[kind] = plan_kind(p, b, kind);
}

const struct stage stage_bbl = {"bbl", wanted, plan_bbl};
