/* SPDX-License-Identifier: MIT */
/*
 * A workload's own layers over the image that it starts from (b->image, see stage-distro.c):
 * rootfs-base (overlay, files, size), then guest-init (see stage-guest-init.c), then rootfs (the
 * script or command that its boot runs).
 */
#include "plan/stage.h"
#include "base/util.h"

static long long own_size(const struct build *b)
{
	return wl_value(b->w, OPT_ROOTFS_SIZE)->number;
}

static bool resized(const struct build *b)
{
	long long parents = b->parent ? own_size(b->parent) : 0;

	return own_size(b) != parents;
}

static bool has_overlay(const struct build *b)
{
	return wl_set(b->w, OPT_OVERLAY) || wl_set(b->w, OPT_FILES) || wl_set(b->w, OPT_DEPS) ||
	       resized(b);
}

/* Whether there is an image to lay something over; one that the user gave stays as it is. */
static bool can_layer(const struct build *b)
{
	return b->image && !wl_set(b->w, OPT_IMG);
}

static bool overlay_wanted(const struct planner *p, const struct build *b)
{
	(void)p;
	return can_layer(b) && has_overlay(b);
}

void start_image(struct step *s, const struct build *b, const char *image)
{
	struct arena *a = s->p->arena;

	step_arg(s, "from", stage_file(s->p, image, "rootfs.img"));
	step_arg(s, "size", arena_printf(a, "%lld", own_size(b)));
	step_arg(s, "margin", arena_printf(a, "%lld", s->p->setup->rootfs_margin));
}

static struct span first_place(const struct build *b)
{
	static const enum option_id ids[] = {OPT_OVERLAY, OPT_FILES, OPT_DEPS, OPT_ROOTFS_SIZE};

	for (size_t i = 0; i < LEN(ids); i++)
		if (wl_set(b->w, ids[i]))
			return wl_value(b->w, ids[i])->at;
	return b->w->spec->at;
}

static void add_layer(struct step *s, const struct workload *w)
{
	const struct value *files = wl_value(w, OPT_FILES), *deps = wl_value(w, OPT_DEPS);

	if (wl_set(w, OPT_OVERLAY))
		step_arg_path(s, "layer", wl_path(w, OPT_OVERLAY));
	for (size_t i = 0; i < files->n; i++) {
		step_arg_path(s, "file", files->items[i].path);
		step_arg(s, "to", files->items[i].key.s);
	}
	for (size_t i = 0; i < deps->n; i++)
		step_field_path(s, "dep", deps->items[i].path);
}

static void layer_in(struct planner *p, struct edge *e, const struct workload *w)
{
	static const enum option_id ids[] = {OPT_OVERLAY, OPT_FILES, OPT_DEPS};

	for (size_t i = 0; i < LEN(ids); i++) {
		const struct value *v = wl_value(w, ids[i]);

		for (size_t j = 0; j < v->n; j++)
			tree_for(p, e, BY_IMAGE, v->items[j].path, v->items[j].text.at);
	}
}

static const char *overlay_over(struct planner *p, const struct build *b, const char *image)
{
	struct step s = step_start(p, "rootfs-base", first_place(b));

	start_image(&s, b, image);
	add_layer(&s, b->w);
	const char *id = step_id(&s);
	struct edge *e = step_edge(&s, "rootfs-base", id);
	if (e) {
		stage_in(p, e, image, "rootfs.img");
		plumbing_in(p, e, "ext4");
		layer_in(p, e, b->w);
		stage_out(p, e, "rootfs.img");
	}
	return id;
}

static void plan_overlay(struct planner *p, struct build *b)
{
	b->image = overlay_over(p, b, b->image);
}

static bool has_script(const struct build *b)
{
	return wl_set(b->w, OPT_RUN) || wl_set(b->w, OPT_COMMAND);
}

static bool script_wanted(const struct planner *p, const struct build *b)
{
	(void)p;
	return can_layer(b) && has_script(b);
}

static const char *script_over(struct planner *p, const struct build *b, const char *image)
{
	const struct value *run = wl_value(b->w, OPT_RUN), *command = wl_value(b->w, OPT_COMMAND);
	struct step s = step_start(p, "rootfs", run->n ? run->at : command->at);

	start_image(&s, b, image);
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
		stage_in(p, e, image, "rootfs.img");
		if (run->n)
			tree_for(p, e, BY_IMAGE, run->items[0].path, run->items[0].text.at);
		scripts_in(p, e, "rootfs boot-script lib.sh");
		plumbing_in(p, e, "ext4");
		stage_out(p, e, "rootfs.img");
	}
	return id;
}

static void plan_script(struct planner *p, struct build *b)
{
	b->image = script_over(p, b, b->image);
}

const char *layers_over(struct planner *p, const struct build *b, const char *image)
{
	if (has_overlay(b))
		image = overlay_over(p, b, image);
	if (has_guest_init(b))
		image = guest_init_over(p, b, image);
	return has_script(b) ? script_over(p, b, image) : image;
}

const struct stage stage_overlay = {"rootfs-base", overlay_wanted, plan_overlay};
const struct stage stage_boot_script = {"rootfs", script_wanted, plan_script};
