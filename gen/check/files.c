/* SPDX-License-Identifier: MIT */
#include "check/check.h"
#include "resolve/host_init.h"
#include "resolve/search.h"
#include "base/fs.h"
#include "base/path.h"
#include "base/util.h"

#include <limits.h>
#include <string.h>
#include <unistd.h>

/* The first part of a missing path that is not there. */
static const char *first_missing(struct checker *c, const char *path)
{
	const char *above;

	while (above = path_dir(c->arena, path), !streq(above, path) && !streq(above, "."))
		if (input_exists(c->inputs, above))
			break;
		else
			path = above;
	return path;
}

bool check_exists(struct checker *c, const char *what, const char *path, struct span at)
{
	if (input_exists(c->inputs, path))
		return true;
	const char *missing = first_missing(c, path);
	const char *near = search_near(c->arena, c->inputs, missing, !streq(missing, path));
	struct diag_item *item = diag_error(c->diag, at, "%s: there is no `%s`", what, path);

	if (near)
		diag_hint(c->diag, item, "did you mean `%s`?",
			  path_join(c->arena, path_dir(c->arena, missing), near));
	else if (!streq(missing, path))
		diag_hint(c->diag, item, "there is no directory `%s` at all", missing);
	return false;
}

/* What stands at a path, where that matters. */
enum kind { ANY, FILE_ONLY, DIRECTORY };

static void check_item(struct checker *c, const struct workload *w, enum option_id id,
		       const struct item *item, enum kind kind)
{
	const char *what = options[id].name;

	if (!item->path || made_later(c, w, item->path) ||
	    !check_exists(c, what, item->path, item->text.at))
		return;
	bool dir = is_dir(item->path);
	if (kind == DIRECTORY && !dir)
		diag_error(c->diag, item->text.at, "%s: %s is not a directory", what, item->path);
	else if (kind == FILE_ONLY && dir)
		diag_error(c->diag, item->text.at, "%s: %s is a directory, not a file", what,
			   item->path);
}

static void check_distro_files(struct checker *c, const struct workload *w)
{
	for (size_t i = 0; w->distro_opts && i < w->distro->noptions; i++) {
		const struct value *v = &w->distro_opts[i];

		for (size_t j = 0; j < v->n; j++)
			if (v->items[j].path && !made_later(c, w, v->items[j].path))
				check_exists(c, w->distro->options[i].name, v->items[j].path,
					     v->items[j].text.at);
	}
}

/* What must be there unless host-init makes it. Inherited values are checked where they are
 * written. */
void check_workdir_files(struct checker *c, const struct workload *w)
{
	static const struct {
		enum option_id id;
		enum kind kind;
	} files[] = {
		{OPT_FILES, ANY},
		{OPT_DEPS, ANY},
		{OPT_LINUX_CONFIG, ANY},
		{OPT_BIN, FILE_ONLY},
		{OPT_IMG, FILE_ONLY},
		{OPT_OVERLAY, DIRECTORY},
		{OPT_LINUX_MODULES, DIRECTORY},
		{OPT_TESTING_REFDIR, DIRECTORY},
	};

	for (size_t i = 0; i < LEN(files); i++) {
		const struct value *v = &w->spec->values[files[i].id];

		for (size_t j = 0; j < v->n; j++)
			check_item(c, w, files[i].id, &v->items[j], files[i].kind);
	}
	check_distro_files(c, w);
}

/* The inputs of a step that is a map. */
static void check_step_inputs(struct checker *c, const struct workload *w)
{
	const struct value *v = &w->spec->values[OPT_HOST_INIT];
	size_t n = 0;

	if (v->state != VALUE_SET)
		return;
	const char **paths = step_paths(c->arena, w, OPT_HOST_INIT, "inputs", &n);
	for (size_t i = 0; i < n; i++)
		if (!made_before(c, w, paths[i]))
			check_exists(c, "host-init.inputs", paths[i],
				     doc_get(v->doc, "inputs")->items[i]->at);
}

static void check_script(struct checker *c, const struct workload *w, enum option_id id,
			 bool on_host)
{
	const struct value *v = &w->spec->values[id];
	const char *path = value_path(v), *what = options[id].name;
	struct diag_item *item;

	if (!path || (id == OPT_HOST_INIT ? made_before(c, w, path) : made_later(c, w, path)))
		return;
	struct span at = v->items[0].text.at;
	if (!check_exists(c, what, path, at))
		return;
	if (is_dir(path)) {
		diag_error(c->diag, at, "%s: %s is a directory, not a script", what, path);
	} else if (on_host && access(path, X_OK) != 0) {
		item = diag_error(c->diag, at, "%s: %s is not executable", what, path);
		diag_hint(c->diag, item, "run chmod +x on it");
	}
}

void check_scripts(struct checker *c, const struct workload *w)
{
	check_script(c, w, OPT_HOST_INIT, true);
	check_step_inputs(c, w);
	check_script(c, w, OPT_POST_BIN, true);
	check_script(c, w, OPT_GUEST_INIT, true);
	check_script(c, w, OPT_POST_RUN_HOOK, true);
	check_script(c, w, OPT_RUN, false);
}

/* Whether a path has a part "..". */
static bool climbs(const char *path)
{
	for (const char *s = path; (s = strstr(s, "..")); s += 2)
		if ((s == path || s[-1] == '/') && (!s[2] || s[2] == '/'))
			return true;
	return false;
}

/* Whether a part of a path is longer than a file system takes. */
static bool has_long_part(const char *path)
{
	for (; *path; path += *path == '/') {
		size_t n = strcspn(path, "/");

		if (n > NAME_MAX)
			return true;
		path += n;
	}
	return false;
}

void check_destinations(struct checker *c, const struct workload *w)
{
	const struct value *v = &w->spec->values[OPT_FILES];

	for (size_t i = 0; i < v->n; i++) {
		const struct str *to = &v->items[i].key;

		if (to->s[0] != '/') {
			struct diag_item *item =
				diag_error(c->diag, to->at,
					   "files: `%s` is no absolute path in the guest", to->s);
			diag_hint(c->diag, item, "did you mean `/%s`?", to->s);
		} else if (climbs(to->s)) {
			diag_error(c->diag, to->at, "files: `%s` has a part `..`", to->s);
		} else if (has_long_part(to->s)) {
			diag_error(c->diag, to->at, "files: `%s` has a part of more than %d bytes",
				   to->s, NAME_MAX);
		}
	}
}
