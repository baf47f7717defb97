/* SPDX-License-Identifier: MIT */
/* The static busybox that starts the initramfs, and that the distro of that name is made of. */
#include "plan/stage.h"

static bool wanted(const struct planner *p, const struct build *b)
{
	const struct board *board = p->model->board;

	return !b->busybox && board->busybox_source.s &&
	       (b->kernel || (!wl_image_given(b->w) && distro_needs(b->w->distro, "busybox")));
}

static void plan_busybox(struct planner *p, struct build *b)
{
	const struct board *board = p->model->board;
	struct step s = step_start(p, "busybox", board->busybox_source.at);

	step_arg_path(&s, "source", board->busybox_source.s);
	step_arg(&s, "arch", board->arch.s);
	step_arg(&s, "cross", board->cross.s);
	step_arg_path(&s, "config", board->busybox_config.s);
	b->busybox = step_id(&s);
	struct edge *e = step_edge(&s, "busybox", b->busybox);
	if (!e)
		return;
	source_in(p, e, board->busybox_source.s, "source", board->busybox_source.at);
	tree_in(p, e, board->busybox_config.s, "all", board->busybox_config.at);
	toolchain_in(p, e);
	scripts_in(p, e, "busybox lib.sh");
	stage_out(p, e, "busybox");
	stage_out(p, e, "busybox.links");
}

const struct stage stage_busybox = {"busybox", wanted, plan_busybox};
