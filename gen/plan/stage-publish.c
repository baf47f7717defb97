/* SPDX-License-Identifier: MIT */
/* images/NAME*, the aliases NAME and NAME-nodisk, and what a plain `ninja` builds. */
#include "plan/writers.h"

static bool wanted(const struct planner *p, const struct build *b)
{
	(void)p, (void)b;
	return true;
}

/* Makes images/NAME+suffix from a stage's file and adds it to the alias. */
static void publish(struct planner *p, const struct build *b, struct alias *alias, const char *rule,
		    const char *id, const char *file, const char *suffix)
{
	const char *path = arena_printf(p->arena, "images/%s%s", b->w->name, suffix);
	struct edge *e = graph_edge(p->graph, rule, NULL, p->home, b->w->spec->at);

	edge_out(p->graph, e, path, p->diag);
	edge_in(p->graph, e, stage_file(p, id, file));
	after_host_inits(p, e, b, true);
	if (b->post_bin)
		edge_after(p->graph, e, stage_file(p, b->post_bin, "stamp"));
	paths_add(p->arena, &alias->targets, path);
}

static void publish_kind(struct planner *p, const struct build *b, struct alias *alias,
			 enum kind kind)
{
	static const char *const suffix[KINDS] = {[DISK] = "", [NODISK] = "-nodisk"};
	struct arena *a = p->arena;

	publish(p, b, alias, "publish-bin", b->bin[kind], "bin",
		arena_printf(a, "-bin%s", suffix[kind]));
	if (b->link[kind])
		publish(p, b, alias, "publish-bin", b->link[kind], "vmlinux",
			arena_printf(a, "-bin-dwarf%s", suffix[kind]));
}

static void plan_publish(struct planner *p, struct build *b)
{
	const struct workload *w = b->w;
	struct alias *disk = graph_alias(p->graph, w->name, w->spec->at), *nodisk = NULL;

	if (b->bin[DISK])
		publish_kind(p, b, disk, DISK);
	if (b->image)
		publish(p, b, disk, "publish-img", b->image, "rootfs.img", ".img");
	if (b->bin[NODISK]) {
		nodisk = graph_alias(p->graph, arena_printf(p->arena, "%s-nodisk", w->name),
				     w->spec->at);
		publish_kind(p, b, nodisk, NODISK);
	}
	if (b->host_init)
		paths_add(p->arena, &disk->targets, stage_file(p, b->host_init, "stamp"));
	if (b->post_bin)
		paths_add(p->arena, &disk->targets, stage_file(p, b->post_bin, "stamp"));
	if (!wl_named(w))
		return;
	if (!disk->targets.n)
		diag_warn(p->diag, WARN_NOTHING_TO_BUILD, w->spec->at,
			  "%s makes neither a binary nor an image", w->name);
	else
		paths_add(p->arena, &p->graph->defaults,
			  p->no_disk && nodisk ? nodisk->name : disk->name);
}

const struct stage stage_publish = {"publish", wanted, plan_publish};
