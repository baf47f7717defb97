/* SPDX-License-Identifier: MIT */
/* The kernel, compiled once for all that share its tree and configuration: kconfig, then kernel. */
#include "plan/stage.h"
#include "base/util.h"

#define DATA_CONFIG "initramfs/linux.config"

static bool wanted(const struct planner *p, const struct build *b)
{
	const struct board *board = p->model->board;

	return !b->kernel && b->w->wants_linux && !wl_set(b->w, OPT_BIN) && board->config_target.s;
}

void kernel_tree(struct step *s, const struct build *b)
{
	const struct board *board = s->p->model->board;

	step_arg_path(s, "source", kernel_source(s->p, b));
	step_arg(s, "arch", board->arch.s);
	step_arg(s, "cross", board->cross.s);
}

const char *kernel_source(const struct planner *p, const struct build *b)
{
	const char *own = wl_path(b->w, OPT_LINUX_SOURCE);

	return own ? own : p->model->board->linux_source.s;
}

static struct span why_kernel(const struct planner *p, const struct build *b)
{
	const struct value *config = wl_value(b->w, OPT_LINUX_CONFIG);
	const struct value *source = wl_value(b->w, OPT_LINUX_SOURCE);

	if (config->state == VALUE_SET)
		return config->at;
	return source->state == VALUE_SET ? source->at : p->model->board->linux_source.at;
}

static void add_fragments(struct step *s, const struct board *board, const struct value *own)
{
	step_arg(s, "target", board->config_target.s);
	for (size_t i = 0; i < board->nconfig; i++)
		step_arg_path(s, "fragment", board->config[i].s);
	for (size_t i = 0; i < own->n; i++)
		step_arg_path(s, "fragment", own->items[i].path);
}

static void fragments_in(struct planner *p, struct edge *e, const struct value *own)
{
	const struct board *board = p->model->board;

	for (size_t i = 0; i < board->nconfig; i++)
		tree_in(p, e, board->config[i].s, "all", board->config[i].at);
	for (size_t i = 0; i < own->n; i++)
		tree_in(p, e, own->items[i].path, "all", own->items[i].text.at);
	data_in(p, e, DATA_CONFIG);
}

static const char *plan_kconfig(struct planner *p, const struct build *b, struct span why)
{
	const struct value *own = wl_value(b->w, OPT_LINUX_CONFIG);
	struct step s = step_start(p, "kconfig", why);

	kernel_tree(&s, b);
	add_fragments(&s, p->model->board, own);
	const char *id = step_id(&s);
	const char *manifest = source_manifest(p, kernel_source(p, b), "kconfig", why);
	step_option(&s, "manifest", manifest);
	kconfig_policy(&s);
	struct edge *e = step_edge(&s, "kconfig", id);
	if (e) {
		edge_in(p->graph, e, manifest);
		fragments_in(p, e, own);
		toolchain_in(p, e);
		scripts_in(p, e, "kconfig kconfig.awk kbuild.sh lib.sh");
		stage_out(p, e, "config");
	}
	return id;
}

static void plan_kernel(struct planner *p, struct build *b)
{
	struct span why = why_kernel(p, b);
	const char *kconfig = plan_kconfig(p, b, why);
	struct step s = step_start(p, "kernel", why);

	kernel_tree(&s, b);
	step_arg(&s, "config", stage_file(p, kconfig, "config"));
	b->kernel = step_id(&s);
	const char *manifest = source_manifest(p, kernel_source(p, b), "source", why);
	step_option(&s, "manifest", manifest);
	struct edge *e = step_edge(&s, "kernel", b->kernel);
	if (!e)
		return;
	edge_in(p->graph, e, manifest);
	stage_in(p, e, kconfig, "config");
	toolchain_in(p, e);
	scripts_in(p, e, "kernel kernel-environment kernel-view link kbuild.sh lib.sh");
	stage_out(p, e, "kernel.sum");
	stage_beside(p, e, "O view release link.env link.mode");
}

const struct stage stage_kernel = {"kernel", wanted, plan_kernel};
