/* SPDX-License-Identifier: MIT */
#include "track/reason.h"
#include "base/fs.h"
#include "base/hash.h"
#include "base/path.h"
#include "base/util.h"
#include "graph/names.h"
#include "track/changes.h"
#include "track/tree.h"

#include <string.h>
#include <sys/stat.h>

const char *input_name(struct arena *a, const char *path)
{
	const char *id = stage_of(a, path);

	return id ? arena_printf(a, "%s of %s", path_base(path), id) : path;
}

bool same_stage_kind(const char *a, const char *b)
{
	const char *x = after_prefix(a, "out/stage/"), *y = after_prefix(b, "out/stage/");
	size_t n = x ? strcspn(x, "/") : 0;

	return y && n > ID_DIGITS && strcspn(y, "/") == n && strncmp(x, y, n - ID_DIGITS) == 0;
}

bool same_role(const char *a, const char *b)
{
	const char *at = strrchr(a, '/');

	return same_stage_kind(a, b) && strlen(a) == strlen(b) && streq(at, b + (at - a));
}

static const struct tree_entry *find_tree(struct world *w, const char *id)
{
	size_t n = 0;

	if (!w->trees.arena) {
		struct tree_entry *all = path_exists("out/trees") ? trees_read(w->arena, &n) : NULL;

		w->trees.arena = w->arena;
		for (size_t i = 0; all && i < n; i++)
			map_put(&w->trees, all[i].id, &all[i]);
	}
	return map_get(&w->trees, id);
}

static const char *tree_label(struct arena *a, const struct tree_entry *t)
{
	const char *own = after_prefix(t->path, "out/share/");

	if (streq(t->filter, "toolchain"))
		return arena_printf(a, "compiler %sgcc", t->path);
	return own ? arena_printf(a, "fmgen's %s", own) : t->path;
}

const char *input_label(struct world *w, const char *path)
{
	const char *id = after_prefix(path, "out/tree/");
	const struct tree_entry *t = id ? find_tree(w, id) : NULL;

	return t ? tree_label(w->arena, t) : input_name(w->arena, path);
}

enum kept { UNKNOWN, EQUAL, TOLD };

/* Whether an input holds the parameters of the step itself. */
static bool is_own_args(const struct change *c, const char *path)
{
	const char *id = after_prefix(path, "out/args/");

	return id && streq(id, c->now->id);
}

/* The text of parameters that is not what the file holds; NULL: it is. */
static const char *planned_args(const struct world *w, const struct change *c, const char *path)
{
	const char *id = after_prefix(path, "out/args/");

	if (id && c->args && is_own_args(c, path))
		return c->args;
	return id ? map_get(&w->args, id) : NULL;
}

static const char *label_of(struct world *w, const struct change *c, const char *path)
{
	const char *args = after_prefix(path, "out/args/");
	const char *verb = after_prefix(path, "out/revision/");

	if (verb)
		return arena_printf(w->arena, "format of fmgen %s", verb);
	if (is_own_args(c, path))
		return "parameters";
	return args ? arena_printf(w->arena, "parameters of %s", args) : input_label(w, path);
}

/* What changed within an input that is kept. */
static enum kept kept_changes(struct world *w, const struct change *c, const char *path,
			      struct buf *out)
{
	const char *id = after_prefix(path, "out/tree/");
	const struct tree_entry *t = id ? find_tree(w, id) : NULL;
	bool lines = !t || streq(t->filter, "toolchain") || streq(t->filter, "pinned");
	struct buf old = {0}, now = {0};
	enum kept kept = UNKNOWN;

	const char *planned = planned_args(w, c, path);
	if (planned)
		buf_puts(&now, planned);
	if (was_text(w->arena, c->now->id, path, &old) && (now.len || read_file(path, &now))) {
		const char *label = label_of(w, c, path);
		size_t n = lines ? line_changes(label, buf_str(&old), buf_str(&now), out)
				 : manifest_changes(label, buf_str(&old), buf_str(&now), out);
		kept = n ? TOLD : EQUAL;
	}
	buf_free(&old);
	buf_free(&now);
	return kept;
}

static const struct was_input *find_input(const struct was *w, const char *path)
{
	for (size_t i = 0; i < w->n; i++)
		if (streq(w->ins[i].path, path))
			return &w->ins[i];
	return NULL;
}

/* An input of the last run that is none now, and was what path is. */
static const char *replaced_by(const struct change *c, const char *path)
{
	for (size_t i = 0; i < c->old->n; i++)
		if (same_role(c->old->ins[i].path, path) &&
		    !find_input(c->now, c->old->ins[i].path))
			return c->old->ins[i].path;
	return NULL;
}

static void new_input(struct world *w, const struct change *c, struct was_input *in,
		      struct buf *out)
{
	in->before = replaced_by(c, in->path);
	if (in->before)
		buf_printf(out, "%s in the place of %s\n", stage_of(w->arena, in->path),
			   stage_of(w->arena, in->before));
	else
		buf_printf(out, "%s: a new input\n", input_label(w, in->path));
}

/* Make goes by the stamp of the edge: what is not newer was there when it ran. */
static bool done_since(const struct change *c, const char *path)
{
	struct stat in, done;

	return c->done && stat(c->done, &done) == 0 && stat(path, &in) == 0 &&
	       (in.st_mtim.tv_sec != done.st_mtim.tv_sec
			? in.st_mtim.tv_sec < done.st_mtim.tv_sec
			: in.st_mtim.tv_nsec <= done.st_mtim.tv_nsec);
}

static void input_changes(struct world *w, const struct change *c, struct was_input *in,
			  struct buf *out)
{
	const struct was_input *old = find_input(c->old, in->path);
	bool args = planned_args(w, c, in->path);

	if (!old) {
		new_input(w, c, in, out);
		return;
	}
	bool same = was_same(c->old, old->stamp, in->stamp);

	if (same && !args)
		return;
	enum kept kept = kept_changes(w, c, in->path, out);
	if (kept == TOLD || same || (kept == EQUAL && c->old->lifted) || done_since(c, in->path))
		return;
	buf_printf(out, "%s: %s\n", input_label(w, in->path),
		   streq(in->stamp, "-")		  ? "missing"
		   : kept == EQUAL			  ? "written anew with the old contents"
		   : after_prefix(in->path, "out/stage/") ? "came out changed"
							  : "made anew");
}

/* A tree that a script may write since then has another manifest: that is a new input. */
static bool has_successor(struct world *w, const struct change *c, const char *path)
{
	const char *id = after_prefix(path, "out/tree/");

	for (size_t i = 0; id && !find_tree(w, id) && i < c->now->n; i++)
		if (after_prefix(c->now->ins[i].path, "out/tree/") &&
		    !find_input(c->old, c->now->ins[i].path))
			return true;
	return false;
}

static void lost_inputs(struct world *w, const struct change *c, struct buf *out)
{
	for (size_t i = 0; i < c->old->n; i++) {
		const char *path = c->old->ins[i].path;
		bool replaced = has_successor(w, c, path);

		for (size_t k = 0; k < c->now->n; k++)
			replaced = replaced || streq(c->now->ins[k].path, path) ||
				   (c->now->ins[k].before && streq(c->now->ins[k].before, path));
		if (!replaced)
			buf_printf(out, "%s: no input any more\n", input_label(w, path));
	}
}

static void missing_outputs(const struct change *c, struct buf *out)
{
	if (c->missing)
		buf_puts(out, "an output is missing\n");
	for (char *const *o = c->outs; o && *o; o++)
		if (!path_exists(*o))
			buf_printf(out, "%s: missing\n", *o);
}

/* Ninja has the inputs in their order for a part of the command. */
static bool other_order(const struct change *c)
{
	bool other = false;

	for (size_t i = 0; i < c->now->n && c->old->n == c->now->n; i++)
		other = other || !streq(c->old->ins[i].path, c->now->ins[i].path);
	return other && !c->old->lifted;
}

void reasons(struct world *w, const struct change *c, struct buf *out)
{
	size_t before = out->len;

	if (!c->old) {
		buf_puts(out,
			 c->broken ? "first run (the one before did not end well)\n" : FIRST_RUN);
		return;
	}
	missing_outputs(c, out);
	for (size_t i = 0; i < c->now->n; i++)
		input_changes(w, c, &c->now->ins[i], out);
	lost_inputs(w, c, out);
	if (c->now->command && c->old->command && !streq(c->now->command, c->old->command))
		buf_printf(out, "command: %s -> %s\n", c->old->command, c->now->command);
	if (out->len == before && other_order(c))
		buf_puts(out, "the order of its inputs\n");
	if (c->forced)
		buf_puts(out, RUNS_ALWAYS);
	if (c->broken && out->len == before)
		buf_puts(out, "its last run did not end well\n");
}
