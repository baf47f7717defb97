/* SPDX-License-Identifier: MIT */
/*
 * A workload's own layer over its parent's image: rootfs-base (overlay, files, size), then rootfs
 * (the script or command that its boot runs). A workload without a layer has its parent's image.
 */
#include "plan/stage.h"
#include "base/util.h"

static const char *parent_image(const struct build *b)
{
	return b->image ? b->image : b->parent ? b->parent->image : NULL;
}

static long long own_size(const struct build *b)
{
	return wl_value(b->w, OPT_ROOTFS_SIZE)->number;
}

static bool resized(const struct build *b)
{
	long long parents = b->parent ? own_size(b->parent) : 0;

	return own_size(b) != parents;
}

static bool overlay_wanted(const struct planner *p, const struct build *b)
{
	(void)p;
	return parent_image(b) &&
	       (wl_set(b->w, OPT_OVERLAY) || wl_set(b->w, OPT_FILES) || resized(b));
}

/* The parameters that both stages share: what to start from, and how large to make it. */
static void start_image(struct step *s, const struct build *b)
{
	struct arena *a = s->p->arena;

	step_arg(s, "from", stage_file(s->p, parent_image(b), "rootfs.img"));
	step_arg(s, "size", arena_printf(a, "%lld", own_size(b)));
	step_arg(s, "margin", arena_printf(a, "%lld", s->p->setup->rootfs_margin));
}

static struct span first_place(const struct build *b)
{
	static const enum option_id ids[] = {OPT_OVERLAY, OPT_FILES, OPT_ROOTFS_SIZE};

	for (size_t i = 0; i < LEN(ids); i++)
		if (wl_set(b->w, ids[i]))
			return wl_value(b->w, ids[i])->at;
	return b->w->spec->at;
}

static void plan_overlay(struct planner *p, struct build *b)
{
	const struct value *overlay = wl_value(b->w, OPT_OVERLAY),
			   *files = wl_value(b->w, OPT_FILES);
	struct step s = step_start(p, "rootfs-base", first_place(b));

	start_image(&s, b);
	if (wl_set(b->w, OPT_OVERLAY))
		step_arg_path(&s, "layer", overlay->items[0].path);
	for (size_t i = 0; i < files->n; i++) {
		step_arg_path(&s, "file", files->items[i].path);
		step_arg(&s, "to", files->items[i].key.s);
	}
	const char *id = step_id(&s);
	struct edge *e = step_edge(&s, "rootfs-base", id);
	if (e) {
		stage_in(p, e, parent_image(b), "rootfs.img");
		plumbing_in(p, e, "ext4");
		if (wl_set(b->w, OPT_OVERLAY))
			tree_in(p, e, overlay->items[0].path, "all", overlay->at);
		for (size_t i = 0; i < files->n; i++)
			tree_in(p, e, files->items[i].path, "all", files->items[i].text.at);
		stage_out(p, e, "rootfs.img");
	}
	b->image = id;
}

static bool script_wanted(const struct planner *p, const struct build *b)
{
	(void)p;
	return parent_image(b) && (wl_set(b->w, OPT_RUN) || wl_set(b->w, OPT_COMMAND));
}

static void plan_script(struct planner *p, struct build *b)
{
	const struct value *run = wl_value(b->w, OPT_RUN), *command = wl_value(b->w, OPT_COMMAND);
	struct step s = step_start(p, "rootfs", run->n ? run->at : command->at);

	start_image(&s, b);
	if (run->n) {
		step_arg_path(&s, "script", run->items[0].path);
		for (size_t i = 1; i < run->n; i++)
			step_arg(&s, "arg", run->items[i].text.s);
	} else {
		step_arg(&s, "command", command->items[0].text.s);
	}
	const char *id = step_id(&s);
	struct edge *e = step_edge(&s, "rootfs", id);
	if (e) {
		stage_in(p, e, parent_image(b), "rootfs.img");
		if (run->n)
			tree_in(p, e, run->items[0].path, "all", run->items[0].text.at);
		scripts_in(p, e, "rootfs boot-script lib.sh");
		plumbing_in(p, e, "ext4");
		stage_out(p, e, "rootfs.img");
	}
	b->image = id;
}

static void inherit_image(struct planner *p, struct build *b)
{
	(void)p;
	b->image = parent_image(b);
}

static bool always(const struct planner *p, const struct build *b)
{
	(void)p, (void)b;
	return true;
}

const struct stage stage_overlay = {"rootfs-base", overlay_wanted, plan_overlay};
const struct stage stage_boot_script = {"rootfs", script_wanted, plan_script};
const struct stage stage_image = {"image", always, inherit_image};
