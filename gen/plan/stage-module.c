/* SPDX-License-Identifier: MIT */
/* Kernel modules from trees of the user's, loaded by the initramfs. */
#include "plan/stage.h"

static bool wanted(const struct planner *p, const struct build *b)
{
	(void)p;
	return b->kernel && !b->modules && wl_set(b->w, OPT_LINUX_MODULES);
}

static const char *plan_module(struct planner *p, const struct build *b, const struct item *module)
{
	struct step s = step_start(p, "module", module->text.at);

	kernel_tree(&s, b);
	step_arg(&s, "kernel", stage_dir(p, b->kernel));
	step_arg(&s, "name", module->key.s);
	step_arg_path(&s, "tree", module->path);
	const char *id = step_id(&s);
	struct edge *e = step_edge(&s, "module", id);
	if (e) {
		source_in(p, e, module->path, "source", module->text.at);
		stage_in(p, e, b->kernel, "kernel.sum");
		toolchain_in(p, e);
		scripts_in(p, e, "module kbuild.sh lib.sh");
		stage_out(p, e, arena_printf(p->arena, "%s.ko", module->key.s));
	}
	return stage_file(p, id, arena_printf(p->arena, "%s.ko", module->key.s));
}

static void plan_modules(struct planner *p, struct build *b)
{
	const struct value *modules = wl_value(b->w, OPT_LINUX_MODULES);

	b->modules = arena_array(p->arena, const char *, modules->n);
	for (size_t i = 0; i < modules->n; i++)
		if (modules->items[i].path)
			b->modules[b->nmodules++] = plan_module(p, b, &modules->items[i]);
}

const struct stage stage_module = {"module", wanted, plan_modules};
