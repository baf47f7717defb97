/* SPDX-License-Identifier: MIT */
/* The kernel's kept objects and an initramfs, linked without kbuild. */
#include "plan/stage.h"

static bool wanted(const struct planner *p, const struct build *b)
{
	(void)p;
	return b->kernel;
}

static const char *plan_kind(struct planner *p, const struct build *b, enum kind kind)
{
	struct step s = step_start(p, "link", b->w->spec->at);

	kernel_tree(&s, b);
	step_arg(&s, "kernel", stage_dir(p, b->kernel));
	step_arg(&s, "initramfs", stage_file(p, b->initramfs[kind], "initramfs.cpio"));
	const char *id = step_id(&s);
	struct edge *e = step_edge(&s, "link", id);
	if (e) {
		stage_in(p, e, b->kernel, "kernel.sum");
		stage_in(p, e, b->initramfs[kind], "initramfs.cpio");
		toolchain_in(p, e);
		scripts_in(p, e, "link kbuild.sh lib.sh");
		stage_out(p, e, "vmlinux");
		stage_out(p, e, "Image");
	}
	return id;
}

static void plan_link(struct planner *p, struct build *b)
{
	for (int kind = DISK; kind < KINDS; kind++)
		if (b->initramfs[kind] && !b->link[kind])
			b->link[kind] = plan_kind(p, b, kind);
}

const struct stage stage_link = {"link", wanted, plan_link};
