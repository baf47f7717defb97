/* SPDX-License-Identifier: MIT */
/* The root file system that a chain of workloads starts from, made by its distro's own script. */
#include "plan/stage.h"

static bool wanted(const struct planner *p, const struct build *b)
{
	(void)p;
	return !b->w->parent && b->w->distro->has_rootfs;
}

static void plan_distro(struct planner *p, struct build *b)
{
	const struct distro *distro = b->w->distro;
	struct step s = step_start(p, "distro", distro->name.at);

	step_arg_path(&s, "distro", distro->dir);
	step_arg(&s, "script", distro->script);
	step_arg(&s, "margin", arena_printf(p->arena, "%lld", p->setup->rootfs_margin));
	if (b->busybox)
		step_arg(&s, "busybox", stage_file(p, b->busybox, "busybox"));
	b->image = step_id(&s);
	struct edge *e = step_edge(&s, "distro", b->image);
	if (!e)
		return;
	tree_in(p, e, distro->dir, "all", distro->name.at);
	if (b->busybox) {
		stage_in(p, e, b->busybox, "busybox");
		stage_in(p, e, b->busybox, "busybox.links");
	}
	scripts_in(p, e, "distro lib.sh");
	plumbing_in(p, e, "ext4");
	stage_out(p, e, "rootfs.img");
}

const struct stage stage_distro = {"distro", wanted, plan_distro};
