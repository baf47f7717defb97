/* SPDX-License-Identifier: MIT */
/*
 * The root file system that a workload's layers lie over: its parent's, or one made by its distro's
 * own script. A workload whose distro has other options than its parent's has another distro's
 * image by its identity, and the layers of its ancestors over that one. An image that the user gave
 * to an ancestor takes the place of all that.
 */
#include "plan/image.h"
#include "base/util.h"

static bool wanted(const struct planner *p, const struct build *b)
{
	const struct distro *distro = b->w->distro;

	(void)p;
	if (b->image)
		return false;
	if (wl_image_given(b->w))
		return b->parent && b->parent->image;
	return distro->has_rootfs && (b->busybox || !distro_needs(distro, "busybox"));
}

/* A path with a key is that of a variable. */
static void add_item(struct step *s, const char *name, const struct item *item)
{
	struct arena *a = s->p->arena;

	if (item->path && item->key.s) {
		step_arg(s, arena_printf(a, "%s-name", name), item->key.s);
		step_arg_path(s, arena_printf(a, "%s-path", name), item->path);
	} else if (item->path) {
		step_arg_path(s, name, item->path);
	} else if (item->key.s && item->text.s) {
		step_arg(s, name, arena_printf(a, "%s=%s", item->key.s, item->text.s));
	} else if (item->text.s) {
		step_arg(s, name, item->text.s);
	}
}

static void add_option(struct step *s, const struct option *opt, const struct value *v)
{
	struct arena *a = s->p->arena;

	if (v->state != VALUE_SET)
		return;
	if (opt->type == TYPE_BOOL)
		step_arg(s, opt->name, v->number ? "yes" : "no");
	else if (opt->type == TYPE_SIZE || opt->type == TYPE_COUNT)
		step_arg(s, opt->name, arena_printf(a, "%lld", v->number));
	for (size_t i = 0; i < v->n; i++)
		add_item(s, opt->name, &v->items[i]);
}

static const char *item_manifest(struct planner *p, const struct supply *supply,
				 const struct item *item)
{
	const char *filter = supply->tree.s ? supply->tree.s : "all";

	return manifest_for(p, BY_IMAGE, item->path, filter, item->text.at);
}

/* The manifests of trees that need more than to be read anew: the script can tell what changed. */
static void add_manifests(struct step *s, const struct workload *w)
{
	for (size_t i = 0; i < w->distro->noptions; i++) {
		const struct supply *supply = &w->distro->supplies[i];
		const struct value *v = &w->distro_opts[i];

		if (supply->tree.s && v->state == VALUE_SET)
			step_option(s, "manifest", item_manifest(s->p, supply, &v->items[0]));
	}
}

/* What the options name. The path of a variable is none of it: that is a whole workdir. */
static void option_inputs(struct planner *p, struct edge *e, const struct workload *w)
{
	for (size_t i = 0; i < w->distro->noptions; i++)
		for (size_t j = 0; j < w->distro_opts[i].n; j++) {
			const struct item *item = &w->distro_opts[i].items[j];

			if (item->path && !item->key.s)
				edge_in(p->graph, e,
					item_manifest(p, &w->distro->supplies[i], item));
		}
}

static void distro_inputs(struct planner *p, struct edge *e, const struct build *b)
{
	const struct distro *distro = b->w->distro;

	if (distro->script)
		tree_in(p, e, distro->dir, "all", distro->name.at);
	if (distro->starter.s)
		tree_in(p, e, distro->starter.s, "all", distro->starter.at);
	if (b->w->fetched && b->w->fetched->path)
		source_in(p, e, b->w->fetched->path, "all", distro->fetch.at);
	if (distro_needs(distro, "busybox")) {
		stage_in(p, e, b->busybox, "busybox");
		stage_in(p, e, b->busybox, "busybox.links");
	}
	if (distro_needs(distro, "toolchain"))
		toolchain_in(p, e);
	option_inputs(p, e, b->w);
	scripts_in(p, e, "distro lib.sh");
	if (!distro->script || distro_needs(distro, "base-image"))
		scripts_in(p, e, "base-image");
	if (distro_needs(distro, "kconfig"))
		scripts_in(p, e, "kconfig.awk");
	plumbing_in(p, e, "ext4");
}

/* The image of b's distro, with b's options. */
static const char *distro_image(struct planner *p, const struct build *b)
{
	const struct distro *distro = b->w->distro;
	const struct value *own = &b->w->spec->values[OPT_DISTRO_OPTS];
	struct span why = own->state == VALUE_SET ? own->at : distro->name.at;
	struct step s = step_start(p, "distro", why);

	step_arg_path(&s, "distro", distro->dir);
	if (distro->script)
		step_arg(&s, "script", distro->script);
	if (distro->starter.s)
		step_arg_path(&s, "starter", distro->starter.s);
	step_arg(&s, "margin", arena_printf(p->arena, "%lld", p->setup->rootfs_margin));
	if (b->w->fetched && b->w->fetched->path)
		step_arg_path(&s, "fetched", b->w->fetched->path);
	if (distro_needs(distro, "busybox"))
		step_arg(&s, "busybox", stage_file(p, b->busybox, "busybox"));
	if (distro_needs(distro, "toolchain"))
		step_arg(&s, "cross", p->model->board->cross.s);
	for (size_t i = 0; i < distro->noptions; i++)
		if (!distro->supplies[i].aside)
			add_option(&s, &distro->options[i], &b->w->distro_opts[i]);
	add_manifests(&s, b->w);
	if (distro_needs(distro, "kconfig"))
		kconfig_policy(&s);
	const char *id = step_id(&s);
	struct edge *e = step_edge(&s, "distro", id);
	if (e) {
		distro_inputs(p, e, b);
		stage_out(p, e, "rootfs.img");
	}
	return id;
}

/* The layers of b's ancestors over an image, the oldest first. */
static const char *ancestors_over(struct planner *p, const struct build *b, const char *image)
{
	size_t n = 0, i;

	for (const struct build *above = b->parent; above; above = above->parent)
		n++;
	const struct build **chain = arena_array(p->arena, const struct build *, n);
	i = n;
	for (const struct build *above = b->parent; above; above = above->parent)
		chain[--i] = above;
	for (; i < n; i++)
		image = layers_over(p, chain[i], image);
	return image;
}

static void plan_distro(struct planner *p, struct build *b)
{
	if (wl_image_given(b->w)) {
		b->image = b->parent->image;
		return;
	}
	b->distro = distro_image(p, b);
	if (!b->parent)
		b->image = b->distro;
	else if (streq(b->distro, b->parent->distro))
		b->image = b->parent->image;
	else
		b->image = ancestors_over(p, b, b->distro);
}

const struct stage stage_distro = {"distro", wanted, plan_distro};
