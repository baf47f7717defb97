/* SPDX-License-Identifier: MIT */
#include "resolve/workload.h"
#include "resolve/inherit.h"
#include "resolve/search.h"
#include "base/path.h"
#include "base/util.h"
#include "load/json.h"

#include <errno.h>
#include <string.h>

enum state { STATE_NEW, STATE_OPEN, STATE_DONE };

/* A workload while it is resolved. */
struct node {
	struct workload *w;
	const char *target_dir; /* of the target that led to it */
	struct node *parent, *owner;
	enum state state;
};

struct resolver {
	struct arena *arena;
	struct inputs *inputs;
	const struct setup *setup;
	struct diag *diag;
	struct search search;
	struct node **nodes; /* in the order of loading */
	size_t n, room;
	struct map
		files; /* real path -> struct node *; one without a workload could not be loaded */
	struct map names;   /* name -> struct node * */
	struct map distros; /* name -> struct distro * */
	struct model *model;
};

static struct node *add_node(struct resolver *r, struct spec *spec, const char *target_dir)
{
	struct node *node = arena_new(r->arena, struct node);

	if (r->n == r->room) {
		r->room = r->room ? r->room * 2 : 64;
		struct node **nodes = arena_array(r->arena, struct node *, r->room);
		if (r->n)
			memcpy(nodes, r->nodes, r->n * sizeof(*nodes));
		r->nodes = nodes;
	}
	node->w = arena_new(r->arena, struct workload);
	node->w->spec = spec;
	node->target_dir = target_dir;
	return r->nodes[r->n++] = node;
}

/* Names a node, by its option `name` and that of its owner; two of one name are an error. */
static void name_node(struct resolver *r, struct node *node)
{
	const struct value *v = &node->w->spec->values[OPT_NAME];
	const char *name = value_text(v);
	const struct node *other;

	if (!name) /* reported by the decoder */
		name = path_stem(r->arena, path_base(node->w->spec->file));
	if (node->owner)
		name = arena_printf(r->arena, "%s-%s", node->owner->w->name, name);
	node->w->name = name;
	other = map_get(&r->names, name);
	if (!other) {
		map_put(&r->names, name, node);
		return;
	}
	if (v->state != VALUE_SET)
		return;
	struct diag_item *item =
		diag_error(r->diag, v->at, "two workloads have the name `%s`", name);
	diag_also(r->diag, item, other->w->spec->values[OPT_NAME].at, "the other one is here");
}

static void add_jobs(struct resolver *r, struct node *owner)
{
	const struct spec *spec = owner->w->spec;

	owner->w->jobs = arena_array(r->arena, struct workload *, spec->njobs);
	for (size_t i = 0; i < spec->njobs; i++) {
		struct node *job = add_node(r, spec->jobs[i], owner->target_dir);

		job->owner = owner;
		job->w->owner = owner->w;
		name_node(r, job);
		owner->w->jobs[owner->w->njobs++] = job->w;
	}
}

static struct spec *load_spec(struct resolver *r, const char *path, struct span why)
{
	const struct source *src = input_open(r->inputs, path);

	if (!src) {
		diag_error(r->diag, why, "cannot read %s: %s", path, strerror(errno));
		return NULL;
	}
	const struct doc *doc = doc_parse(r->arena, src, r->diag);
	if (!doc)
		return NULL;
	if (has_suffix(path, ".json"))
		json_check(src, r->diag);
	return decode_spec(r->arena, doc, src->path, r->diag);
}

/* The node of a spec file, loaded once; NULL where it cannot be loaded, which is reported. */
static struct node *load_file(struct resolver *r, const char *path, const char *target_dir,
			      struct span why)
{
	const char *real = path_real(r->arena, path), *key = real ? real : path;
	struct node *node = map_get(&r->files, key);

	if (node)
		return node->w ? node : NULL;
	struct spec *spec = load_spec(r, path, why);
	if (!spec) {
		map_put(&r->files, key, arena_new(r->arena, struct node));
		return NULL;
	}
	node = add_node(r, spec, target_dir);
	map_put(&r->files, key, node);
	name_node(r, node);
	add_jobs(r, node);
	return node;
}

static const struct distro *find_distro(struct resolver *r, const char *name)
{
	struct distro *distro = map_get(&r->distros, name);

	if (!distro && !strchr(name, '/') && !has_suffix(name, ".json") &&
	    !has_suffix(name, ".yaml") && !has_suffix(name, ".yml")) {
		distro = distro_load(r->arena, r->inputs, r->setup->boards_dir, name, r->diag);
		if (distro)
			map_put(&r->distros, name, distro);
	}
	return distro;
}

/* The path that `base` means for targets in a directory, or NULL. */
static const char *base_path(struct resolver *r, const struct node *node, const char *base,
			     const char *target_dir)
{
	const char *path;

	if (!strchr(base, '/'))
		return search_find(&r->search, target_dir, base);
	path = path_join(r->arena, node->w->spec->dir, base);
	return search_is_file(&r->search, path) ? path : NULL;
}

static void missing_base(struct resolver *r, const struct node *node, const struct str *base)
{
	struct diag_item *item = diag_error(r->diag, base->at,
					    "there is no spec or distro `%s` to base on", base->s);

	if (!strchr(base->s, '/')) {
		search_explain(&r->search, node->target_dir, base->s, r->diag, item);
		return;
	}
	const char *path = path_join(r->arena, node->w->spec->dir, base->s);
	const char *near = search_near(r->arena, r->inputs, path);
	diag_hint(r->diag, item, "looked for %s", path);
	if (near)
		diag_hint(r->diag, item, "did you mean `%s`?", near);
}

static void find_parent(struct resolver *r, struct node *node)
{
	const struct value *v = &node->w->spec->values[OPT_BASE];
	const char *base = value_text(v), *path;

	if (!base) {
		node->parent = v->state == VALUE_UNSET ? node->owner : NULL;
		return;
	}
	node->w->distro = find_distro(r, base);
	if (node->w->distro)
		return;
	path = base_path(r, node, base, node->target_dir);
	if (!path) {
		missing_base(r, node, &v->items[0].text);
		return;
	}
	node->parent = load_file(r, path, node->target_dir, v->at);
}

/* A spec that two targets share must not mean two things by its base. */
static void check_target_dir(struct resolver *r, const struct node *node, const char *target_dir)
{
	const struct value *v = &node->w->spec->values[OPT_BASE];
	const char *base = value_text(v), *one, *two;

	if (!base || streq(node->target_dir, target_dir) || find_distro(r, base))
		return;
	one = base_path(r, node, base, node->target_dir);
	two = base_path(r, node, base, target_dir);
	if (one && two && !streq(one, two))
		diag_error(r->diag, v->at,
			   "`%s` would be %s for one target and %s for another: name it by a path",
			   base, one, two);
}

/* Checks the ancestors that a workload shares with a target of another directory. */
static void check_target_dirs(struct resolver *r, const struct node *node)
{
	const struct node *p = node->parent;

	if (!p || streq(p->target_dir, node->target_dir))
		return;
	for (size_t i = 0; p && i < r->n; i++, p = p->parent)
		check_target_dir(r, p, node->target_dir);
}

/* Loads a target of the command line. */
static void load_target(struct resolver *r, const char *name)
{
	struct span nowhere = {0};
	const char *path;

	if (strchr(name, '/'))
		path = path_join(r->arena, ".", name);
	else
		path = search_find(&r->search, ".", name);
	if (!path) {
		struct diag_item *item =
			diag_error(r->diag, nowhere, "there is no spec `%s`", name);
		search_explain(&r->search, ".", name, r->diag, item);
		return;
	}
	struct node *node = load_file(r, path, path_dir(r->arena, path), nowhere);
	if (node)
		node->w->named = true;
}

/* Reports a loop of bases that comes back to node, and opens it. */
static void report_loop(struct resolver *r, struct node *node)
{
	const struct node *p = node;
	struct diag_item *item = diag_error(r->diag, node->w->spec->values[OPT_BASE].at,
					    "`%s` is based on itself", node->w->name);

	for (int i = 0; i < 20; i++) {
		const struct node *next = p->parent;

		diag_also(r->diag, item, p->w->spec->values[OPT_BASE].at, "`%s` is based on `%s`",
			  p->w->name, next->w->name);
		p = next;
		if (p == node)
			return;
	}
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

static void check_distro(struct resolver *r, const struct workload *w)
{
	const struct value *v = &w->spec->values[OPT_DISTRO_NAME];
	const char *name = value_text(v);

	if (!name || !w->distro || streq(name, w->distro->name.s))
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
		diag_warn(r->diag, "job-workdir", spec->values[OPT_WORKDIR].at,
			  "a job has the workdir of its workload: this has no effect");
	join_paths(r, w);
	inherit_values(r->arena, w);
	w->wants_linux = spec->has_linux || (w->parent && w->parent->wants_linux);
	if (w->parent)
		w->distro = w->parent->distro;
	else if (!w->distro)
		w->distro = find_distro(r, "bare");
	check_distro(r, w);
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
			report_loop(r, top);
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

	r->search = (struct search){r->arena, r->inputs, NULL, 0, s->boards_dir};
	r->search.dirs = arena_array(r->arena, const char *, s->nsearch_dirs + 2);
	if (r->model->board)
		r->search.dirs[r->search.ndirs++] =
			path_join(r->arena, r->model->board->dir, "base-workloads");
	for (size_t i = 0; i < s->nsearch_dirs; i++)
		r->search.dirs[r->search.ndirs++] = path_join(r->arena, ".", s->search_dirs[i]);
	if (s->workdir)
		r->search.dirs[r->search.ndirs++] = path_join(r->arena, ".", s->workdir);
}

struct model *resolve(struct arena *a, struct inputs *in, const struct setup *s, struct diag *d)
{
	struct resolver r = {.arena = a, .inputs = in, .setup = s, .diag = d};

	r.files.arena = r.names.arena = r.distros.arena = a;
	r.model = arena_new(a, struct model);
	r.model->board = board_load(a, in, s->boards_dir, s->board, s->fetch_dir, d);
	init_search(&r);
	for (size_t i = 0; i < s->ntargets; i++)
		load_target(&r, s->targets[i]);
	for (size_t i = 0; i < r.n; i++)
		find_parent(&r, r.nodes[i]);
	complete_all(&r);
	return r.model->board && r.n ? r.model : NULL;
}
