/* SPDX-License-Identifier: MIT */
/* The archive that starts a machine: drivers, and either the way to the disk or the whole root file
 * system. */
#include "plan/stage.h"
#include "base/path.h"

static const char *const kind_names[KINDS] = {[DISK] = "disk", [NODISK] = "nodisk"};

static bool wanted(const struct planner *p, const struct build *b)
{
	(void)p;
	return b->kernel && b->busybox;
}

static void add_layers(struct step *s, const struct build *b, enum kind kind, const char *init)
{
	struct planner *p = s->p;

	step_arg(s, "kind", kind_names[kind]);
	step_arg_path(s, "init", init);
	step_arg_path(s, "nodes", data_path(p, "initramfs/nodes"));
	step_arg(s, "busybox", stage_file(p, b->busybox, "busybox"));
	step_arg(s, "kernel", stage_dir(p, b->kernel));
	for (size_t i = 0; i < b->nmodules; i++)
		step_arg(s, "module", b->modules[i]);
	if (kind == NODISK)
		step_arg(s, "rootfs", stage_file(p, b->image, "rootfs.img"));
}

static void layers_in(struct planner *p, struct edge *e, const struct build *b, enum kind kind,
		      const char *init)
{
	tree_in(p, e, init, "all", e->why);
	data_in(p, e, "initramfs/nodes");
	stage_in(p, e, b->busybox, "busybox");
	stage_in(p, e, b->kernel, "kernel.sum");
	for (size_t i = 0; i < b->nmodules; i++)
		edge_in(p->graph, e, b->modules[i]);
	if (kind == NODISK)
		stage_in(p, e, b->image, "rootfs.img");
}

static const char *plan_kind(struct planner *p, struct build *b, enum kind kind)
{
	const char *init =
		data_path(p, arena_printf(p->arena, "initramfs/%s/init", kind_names[kind]));
	struct step s = step_start(p, "initramfs", wl_value(b->w, OPT_LINUX_MODULES)->at);

	add_layers(&s, b, kind, init);
	const char *id = step_id(&s);
	struct edge *e = step_edge(&s, "initramfs", id);
	if (e) {
		layers_in(p, e, b, kind, init);
		scripts_in(p, e, "initramfs lib.sh");
		plumbing_in(p, e, "cpio");
		stage_out(p, e, "initramfs.cpio");
	}
	return id;
}

static void plan_initramfs(struct planner *p, struct build *b)
{
	if (!b->initramfs[DISK])
		b->initramfs[DISK] = plan_kind(p, b, DISK);
	if (b->image)
		b->initramfs[NODISK] = plan_kind(p, b, NODISK);
}

const struct stage stage_initramfs = {"initramfs", wanted, plan_initramfs};
