/* SPDX-License-Identifier: MIT */
/* Overlay, files and size. */
#include "plan/image.h"
#include "base/util.h"

static bool resized(const struct build *b)
{
	long long parents = b->parent ? image_size(b->parent) : 0;

	return image_size(b) != parents;
}

static bool has_overlay(const struct build *b)
{
	return wl_set(b->w, OPT_OVERLAY) || wl_set(b->w, OPT_FILES) || wl_set(b->w, OPT_DEPS) ||
	       resized(b);
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

static const char *rootfs_base_over(struct planner *p, const struct build *b, const char *image)
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

const struct layer layer_rootfs_base = {"rootfs-base", has_overlay, rootfs_base_over};
