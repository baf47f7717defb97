/* SPDX-License-Identifier: MIT */
/*
 * OpenSBI, compiled once for each tree and arguments, then linked with each kernel as its payload.
 * On a board without firmware the kernel's image is the boot binary.
 */
#include "plan/stage.h"

static const char *source(const struct planner *p, const struct build *b)
{
	const char *own = wl_path(b->w, OPT_OPENSBI_SRC);

	return own ? own : p->model->board->opensbi_source.s;
}

static bool wanted(const struct planner *p, const struct build *b)
{
	return b->link[DISK] && !wl_true(b->w, OPT_USE_BBL) &&
	       (p->model->board->no_firmware || source(p, b));
}

static void common_args(struct step *s, const struct build *b)
{
	const struct board *board = s->p->model->board;
	const struct value *own = wl_value(b->w, OPT_OPENSBI_ARGS);

	step_arg_path(s, "source", source(s->p, b));
	step_arg(s, "arch", board->arch.s);
	step_arg(s, "cross", board->cross.s);
	for (size_t i = 0; i < board->nopensbi_args; i++)
		step_arg(s, "arg", board->opensbi_args[i].s);
	for (size_t i = 0; i < own->n; i++)
		step_arg(s, "arg", own->items[i].text.s);
}

static struct span why_firmware(const struct planner *p, const struct build *b)
{
	const struct value *args = wl_value(b->w, OPT_OPENSBI_ARGS);
	const struct value *src = wl_value(b->w, OPT_OPENSBI_SRC);

	if (args->n)
		return args->at;
	return src->n ? src->at : p->model->board->opensbi_source.at;
}

static const char *plan_objects(struct planner *p, const struct build *b)
{
	struct span why = why_firmware(p, b);
	struct step s = step_start(p, "firmware", why);

	common_args(&s, b);
	const char *id = step_id(&s);
	struct edge *e = step_edge(&s, "firmware", id);
	if (e) {
		source_in(p, e, source(p, b), "source", why);
		toolchain_in(p, e);
		scripts_in(p, e, "firmware opensbi.sh lib.sh");
		stage_out(p, e, "firmware.stamp");
		stage_beside(p, e, "O");
	}
	return id;
}

static const char *plan_bin(struct planner *p, const struct build *b, enum kind kind)
{
	struct step s = step_start(p, "bin", why_firmware(p, b));

	if (b->firmware) {
		common_args(&s, b);
		step_arg(&s, "firmware", stage_dir(p, b->firmware));
	}
	step_arg(&s, "link", stage_dir(p, b->link[kind]));
	const char *id = step_id(&s);
	struct edge *e = step_edge(&s, "bin", id);
	if (e) {
		if (b->firmware) {
			stage_in(p, e, b->firmware, "firmware.stamp");
			source_in(p, e, source(p, b), "source", why_firmware(p, b));
			toolchain_in(p, e);
		}
		stage_in(p, e, b->link[kind], "Image");
		scripts_in(p, e, "bin opensbi.sh payload.sh lib.sh");
		stage_out(p, e, "bin");
		stage_out(p, e, "bin.mem");
	}
	return id;
}

static void plan_firmware(struct planner *p, struct build *b)
{
	if (!b->firmware && (!p->model->board->no_firmware || wl_set(b->w, OPT_OPENSBI_SRC)))
		b->firmware = plan_objects(p, b);
	for (int kind = DISK; kind < KINDS; kind++)
		if (b->link[kind] && !b->bin[kind])
			b->bin[kind] = plan_bin(p, b, kind);
}

const struct stage stage_firmware = {"firmware", wanted, plan_firmware};
