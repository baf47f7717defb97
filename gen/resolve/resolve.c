/* SPDX-License-Identifier: MIT */
#include "resolve/configure.h"
#include "resolve/inherit.h"
#include "resolve/resolver.h"
#include "base/path.h"
#include "base/util.h"

#include <string.h>

/* Reports a loop of bases that comes back to node, and opens it. */
static void report_loop(struct resolver *r, struct node *node)
{
	const struct node *p = node;
	struct diag_item *item = diag_error(r->diag, node->w->spec->values[OPT_BASE].at,
					    "`%s` is based on itself", node->w->name);

	for (int i = 0; i < 20 && node->parent != node; i++) {
		const struct node *next = p->parent;

		diag_also(r->diag, item, p->w->spec->values[OPT_BASE].at, "`%s` is based on `%s`",
			  p->w->name, next->w->name);
		p = next;
		if (p == node)
			return;
	}
	if (node->parent != node)
		diag_hint(r->diag, item, "the loop goes on");
}

/* The workdir of a workload that is no job: as set, or the directory beside the spec that has its
 * name. */
static const char *find_workdir(struct resolver *r, const struct workload *w)
{
	const struct value *v = &w->spec->values[OPT_WORKDIR];
	const struct spec *spec = w->spec;

	if (value_text(v))
		return path_join(r->arena, spec->dir, value_text(v));
	const char *stem = path_stem(r->arena, path_base(spec->file));
	const char *by_stem = path_join(r->arena, spec->dir, stem);
	if (input_exists(r->inputs, by_stem) || streq(stem, w->name))
		return by_stem;
	const char *by_name = path_join(r->arena, spec->dir, w->name);
	if (!input_exists(r->inputs, by_name))
		return by_stem;
	diag_note(r->diag, spec->values[OPT_NAME].at,
		  "the workdir is %s, called like the workload: there is no %s", by_name, by_stem);
	return by_name;
}

static bool is_path(const struct option *opt, const struct item *item, size_t i)
{
	if (!item->text.s)
		return false;
	if (opt->type == TYPE_PROGRAM)
		return strchr(item->text.s, '/');
	return opt->type == TYPE_SCRIPT || opt->type == TYPE_STEP ? i == 0 : true;
}

/* Gives the host paths of a spec their places from the build directory. */
static void join_paths(struct resolver *r, struct workload *w)
{
	for (size_t i = 0; i < OPT_COUNT; i++) {
		const struct value *v = &w->spec->values[i];
		bool own_dir = options[i].base == BASE_SPECDIR;

		if (options[i].base == BASE_NONE || v->state != VALUE_SET)
			continue;
		for (size_t j = 0; j < v->n; j++)
			if (is_path(&options[i], &v->items[j], j))
				v->items[j].path =
					path_join(r->arena, own_dir ? w->spec->dir : w->workdir,
						  v->items[j].text.s);
	}
}

/* Stands for the distro of workloads whose base could not be loaded, which was reported. */
static const struct distro unknown_distro = {.name = {.s = "unknown"}, .has_rootfs = true};

static void check_distro(struct resolver *r, const struct workload *w)
{
	const struct value *v = &w->spec->values[OPT_DISTRO_NAME];
	const char *name = value_text(v);

	if (!name || !w->distro || w->distro == &unknown_distro || streq(name, w->distro->name.s))
		return;
	struct diag_item *item =
		diag_error(r->diag, v->at, "`%s` is based on the distro `%s`, not on `%s`", w->name,
			   w->distro->name.s, name);
	if (w->spec->values[OPT_BASE].state == VALUE_UNSET)
		diag_hint(r->diag, item, "say `base: %s`", name);
}

/* Completes a workload whose parent and owner are complete. */
static void complete(struct resolver *r, struct workload *w, const struct node *node)
{
	const struct spec *spec = w->spec;

	w->parent = node->parent ? node->parent->w : NULL;
	w->workdir = w->owner ? w->owner->workdir : find_workdir(r, w);
	if (w->owner && spec->values[OPT_WORKDIR].state == VALUE_SET)
		diag_warn(r->diag, WARN_JOB_WORKDIR, spec->values[OPT_WORKDIR].at,
			  "a job has the workdir of its workload: this has no effect");
	join_paths(r, w);
	inherit_values(r->arena, w, &r->model->board->modules);
	w->wants_linux = spec->has_linux || (w->parent && w->parent->wants_linux);
	if (w->parent)
		w->distro = w->parent->distro;
	else if (spec->values[OPT_BASE].state != VALUE_UNSET && !w->distro)
		w->distro = &unknown_distro;
	else if (!w->distro)
		w->distro = find_distro(r, "bare");
	check_distro(r, w);
	if (w->distro && w->distro != &unknown_distro) {
		distro_decode(r->arena, r->inputs, w, r->setup, r->diag);
		distro_find_fetched(r->arena, r->inputs, r->setup, w);
	}
}

/* Completes a workload and adds it to the model, after its parent and its owner. Chains may be
 * long, so this does not recurse. */
static void complete_in_order(struct resolver *r, struct node *node, struct node **stack)
{
	size_t depth = 0;

	stack[depth++] = node;
	while (depth) {
		struct node *top = stack[depth - 1], *wanted = top->parent;

		if (top->state == STATE_DONE) {
			depth--;
			continue;
		}
		top->state = STATE_OPEN;
		if (wanted && wanted->state == STATE_OPEN) {
			report_loop(r, wanted);
			top->parent = wanted = NULL;
		}
		if (!wanted || wanted->state == STATE_DONE)
			wanted = top->owner;
		if (wanted && wanted->state == STATE_NEW) {
			stack[depth++] = wanted;
			continue;
		}
		top->state = STATE_DONE;
		complete(r, top->w, top);
		r->model->workloads[r->model->n++] = top->w;
		depth--;
	}
}

static void complete_all(struct resolver *r)
{
	struct node **stack = arena_array(r->arena, struct node *, r->n + 1);

	r->model->workloads = arena_array(r->arena, struct workload *, r->n);
	for (size_t i = 0; i < r->n; i++)
		check_target_dirs(r, r->nodes[i]);
	for (size_t i = 0; i < r->n; i++)
		complete_in_order(r, r->nodes[i], stack);
}

static void init_search(struct resolver *r)
{
	const struct setup *s = r->setup;
	const struct board *b = r->model->board;

	r->search =
		(struct search){r->arena, r->inputs, NULL, 0, s->boards_dir, {.arena = r->arena}};
	r->search.dirs = arena_array(r->arena, const char *, b->ndirs + s->nsearch_dirs + 1);
	for (size_t i = 0; i < b->ndirs; i++)
		r->search.dirs[r->search.ndirs++] =
			path_join(r->arena, b->dirs[i], "base-workloads");
	for (size_t i = 0; i < s->nsearch_dirs; i++)
		r->search.dirs[r->search.ndirs++] = path_join(r->arena, ".", s->search_dirs[i]);
	if (s->workdir)
		r->search.dirs[r->search.ndirs++] = path_join(r->arena, ".", s->workdir);
}

struct model *resolve(struct arena *a, struct inputs *in, const struct setup *s, struct diag *d)
{
	struct resolver r = {.arena = a, .inputs = in, .setup = s, .diag = d};

	r.files.arena = r.dirs.arena = r.names.arena = r.distros.arena = a;
	r.model = arena_new(a, struct model);
	r.model->board = board_load(a, in, s, d);
	if (!r.model->board)
		return NULL;
	if (s->config)
		config_judge(a, in, s, r.model->board, d);
	init_search(&r);
	r.model->targets = arena_array(a, struct workload *, s->ntargets);
	for (size_t i = 0; i < s->ntargets; i++)
		r.model->targets[i] = load_target(&r, s->targets[i]);
	for (size_t i = 0; i < r.n; i++)
		load_parent(&r, r.nodes[i]);
	complete_all(&r);
	return r.n ? r.model : NULL;
}
