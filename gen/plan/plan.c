/* SPDX-License-Identifier: MIT */
#include "plan/plan.h"
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
	BINARY_STAGES, &stage_publish, &stage_launch, &stage_test,
	/* clang-format on */
};

/* What reads the builds of a workload's jobs too, so it comes when all are planned. */
static const struct stage *const last_stages[] = {&stage_install, &stage_clean};

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

static void plan_stages(struct planner *p, struct build *b, const struct stage *const *list,
			size_t n)
{
	p->now = b;
	p->home = arena_printf(p->arena, "wl/%s", b->w->name);
	for (size_t i = 0; i < n; i++)
		if (list[i]->wanted(p, b))
			list[i]->plan(p, b);
}

static void plan_workload(struct planner *p, const struct workload *w)
{
	struct build *b = arena_new(p->arena, struct build);

	*b = (struct build){.w = w, .parent = parent_build(p, w)};
	map_put(&p->builds, w->name, b);
	if (has_parents_binary(w))
		take_parents_binary(b);
	plan_stages(p, b, stages, LEN(stages));
}

void plan(struct planner *p)
{
	p->builds.arena = p->arena;
	p->edges.arena = p->arena;
	p->data.arena = p->arena;
	p->manifests.arena = p->arena;
	for (size_t i = 0; i < p->model->n; i++)
		plan_workload(p, p->model->workloads[i]);
	map_each (m, &p->builds)
		plan_stages(p, m->value, last_stages, LEN(last_stages));
	plan_watches(p);
}
