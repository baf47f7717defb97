/* SPDX-License-Identifier: MIT */
#include "resolve/resolver.h"
#include "base/path.h"
#include "base/util.h"
#include "decode/values.h"
#include "load/json.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

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
	if (node->owner && is_name(node->owner->w->name) && strlen(name) > NAME_LENGTH)
		diag_error(r->diag, v->at,
			   "the whole name of the job has more than %d characters: %s", NAME_LENGTH,
			   name);
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
		bool absent = errno == ENOENT;
		struct diag_item *item =
			diag_error(r->diag, why, "cannot read %s: %s", path, strerror(errno));
		const char *near = absent ? search_near(r->arena, r->inputs, path, false) : NULL;
		if (near)
			diag_hint(r->diag, item, "did you mean `%s`?", near);
		return NULL;
	}
	const struct doc *doc = doc_parse(r->arena, src, r->diag);
	if (!doc)
		return NULL;
	if (has_suffix(path, ".json"))
		json_check(src, r->diag);
	return decode_spec(r->arena, doc, src->path, r->diag);
}

/* As path_real, for many files of few directories. */
static const char *real_path(struct resolver *r, const char *path)
{
	const char *dir = path_dir(r->arena, path);
	char *real = map_get(&r->dirs, dir);
	struct stat st;

	if (lstat(path, &st) != 0 || S_ISLNK(st.st_mode))
		return path_real(r->arena, path);
	if (!real) {
		const char *found = path_real(r->arena, dir);

		if (!found)
			return NULL;
		real = arena_strdup(r->arena, found);
		map_add(&r->dirs, dir, real);
	}
	return path_join(r->arena, real, path_base(path));
}

/* The node of a spec file, loaded once; NULL where it cannot be loaded, which is reported. */
static struct node *load_file(struct resolver *r, const char *path, const char *target_dir,
			      struct span why)
{
	struct node *node = map_get(&r->files, path);

	if (node)
		return node->w ? node : NULL;
	const char *real = real_path(r, path), *key = real ? real : path;
	node = map_get(&r->files, key);
	if (node) {
		map_put(&r->files, path, node);
		return node->w ? node : NULL;
	}
	struct spec *spec = load_spec(r, path, why);
	if (!spec) {
		map_put(&r->files, key, arena_new(r->arena, struct node));
		return NULL;
	}
	node = add_node(r, spec, target_dir);
	map_put(&r->files, key, node);
	map_put(&r->files, path, node);
	name_node(r, node);
	add_jobs(r, node);
	return node;
}

const struct distro *find_distro(struct resolver *r, const char *name)
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
		search_explain(&r->search, node->target_dir, base->s, r->diag, item, true);
		return;
	}
	const char *path = path_join(r->arena, node->w->spec->dir, base->s);
	const char *near = search_near(r->arena, r->inputs, path, false);
	if (input_exists(r->inputs, path))
		diag_hint(r->diag, item, "%s is a directory", path);
	else
		diag_hint(r->diag, item, "looked for %s", path);
	if (near && !streq(near, path_base(path)))
		diag_hint(r->diag, item, "did you mean `%s`?", near);
}

void load_parent(struct resolver *r, struct node *node)
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

void check_target_dirs(struct resolver *r, const struct node *node)
{
	const struct node *p = node->parent;

	if (!p || streq(p->target_dir, node->target_dir))
		return;
	for (size_t i = 0; p && i < r->n; i++, p = p->parent)
		check_target_dir(r, p, node->target_dir);
}

struct workload *load_target(struct resolver *r, const char *name)
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
		search_explain(&r->search, ".", name, r->diag, item, false);
		return NULL;
	}
	struct node *node = load_file(r, path, path_dir(r->arena, path), nowhere);
	if (!node)
		return NULL;
	node->w->named = true;
	return node->w;
}
