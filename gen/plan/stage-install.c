/* SPDX-License-Identifier: MIT */
/*
 * install-NAME hands what was published over to where the board runs it. The parameters describe
 * the workload, its jobs and the board's installers; `fmgen deliver` reads them. Nothing is built
 * from these edges.
 */
#include "base/util.h"
#include "plan/launch.h"
#include "resolve/configure.h"
#include "resolve/installer.h"

static bool wanted(const struct planner *p, const struct build *b)
{
	return p->model->board->ninstallers && (b->bin[DISK] || b->bin[NODISK]);
}

static void add_all(struct step *s, const char *key, const struct value *v)
{
	for (size_t i = 0; v->state == VALUE_SET && i < v->n; i++)
		step_option(s, key, v->items[i].text.s);
}

/* The binary that runs without a disk: one that has no disk at all is that too. */
static const char *bin_suffix(const struct build *b, bool no_disk)
{
	if (no_disk && b->bin[NODISK])
		return "-bin-nodisk";
	return b->bin[DISK] && (!no_disk || !b->image) ? "-bin" : NULL;
}

static const char *published(const struct planner *p, const struct build *b, const char *suffix)
{
	return arena_printf(p->arena, "images/%s%s", b->w->name, suffix);
}

static void add_file(struct step *s, const char *key, const struct build *b, const char *suffix)
{
	if (suffix)
		step_option(s, key, published(s->p, b, suffix));
}

/* What the two kinds of build publish of one machine, and what it leaves behind. */
static void add_one(struct step *s, const struct build *b)
{
	add_file(s, "disk-bin", b, bin_suffix(b, false));
	add_file(s, "disk-img", b, b->image ? ".img" : NULL);
	add_file(s, "no-disk-bin", b, bin_suffix(b, true));
	add_all(s, "output", wl_value(b->w, OPT_OUTPUTS));
	add_all(s, "simulation-output", wl_value(b->w, OPT_FIRESIM_OUTPUTS));
	add_all(s, "simulation-input", wl_value(b->w, OPT_FIRESIM_INPUTS));
	add_hook(s, b->w, "hook");
}

static void add_installer(struct step *s, const struct installer *i)
{
	step_option(s, "installer", i->name.s);
	step_option_path(s, "script", i->script);
	if (i->disk)
		step_option(s, "takes", "disk");
	if (i->no_disk)
		step_option(s, "takes", "no-disk");
	if (i->destination.s)
		step_option_path(s, "destination", i->destination.s);
	if (!i->key.s)
		return;
	step_option(s, "key", i->key.s);
	step_option(s, "variable", config_variable(s->p->arena, RANK_FMGEN, i->key.s));
}

static void add_workload(struct step *s, const struct build *b)
{
	const struct planner *p = s->p;
	const struct board *board = p->model->board;
	const struct installer *first = installer_default(board);

	for (size_t i = 0; i < board->ninstallers; i++)
		add_installer(s, &board->installers[i]);
	if (first)
		step_option(s, "default", first->name.s);
	step_option(s, "kind", p->no_disk ? "no-disk" : "disk");
	step_option(s, "board", board->name.s);
	step_option(s, "cross-compile", board->cross.s);
	step_option_path(s, "spec", b->w->spec->file);
	step_option(s, "name", b->w->name);
	add_one(s, b);
	for (size_t i = 0; i < b->w->njobs; i++) {
		step_option(s, "job", b->w->jobs[i]->name);
		add_one(s, map_get(&p->builds, b->w->jobs[i]->name));
	}
}

/* What has to be built before. */
static void machine_in(struct planner *p, struct edge *e, const struct build *b, bool no_disk)
{
	const char *suffix = bin_suffix(b, no_disk);

	if (suffix)
		edge_in(p->graph, e, published(p, b, suffix));
	if (!no_disk && b->image)
		edge_in(p->graph, e, published(p, b, ".img"));
}

static bool is_refused(const struct planner *p)
{
	const struct installer *i = installer_default(p->model->board);

	return !i || !(p->no_disk ? i->no_disk : i->disk);
}

static void plan_install(struct planner *p, struct build *b)
{
	const char *name = arena_printf(p->arena, "install-%s", b->w->name);
	struct step s = step_start(p, "install", b->w->spec->at);

	add_workload(&s, b);
	buf_free(&s.fields);
	struct edge *e = step_edge(&s, "install", name);
	edge_out(p->graph, e, name, p->diag);
	if (is_refused(p))
		return;
	if (!b->w->njobs)
		machine_in(p, e, b, p->no_disk);
	for (size_t i = 0; i < b->w->njobs; i++)
		machine_in(p, e, map_get(&p->builds, b->w->jobs[i]->name), p->no_disk);
}

const struct stage stage_install = {"install", wanted, plan_install};
