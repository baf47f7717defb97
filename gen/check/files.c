/* SPDX-License-Identifier: MIT */
#include "check/check.h"
#include "resolve/search.h"
#include "base/fs.h"
#include "base/path.h"
#include "base/util.h"

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

static void check_directory(struct checker *c, const char *what, const struct item *item)
{
	if (item->path && check_exists(c, what, item->path, item->text.at) && !is_dir(item->path))
		diag_error(c->diag, item->text.at, "%s: %s is not a directory", what, item->path);
}

/* What must be there unless host-init makes it. Inherited values are checked where they are
 * written. */
void check_workdir_files(struct checker *c, const struct workload *w)
{
	static const enum option_id files[] = {OPT_FILES, OPT_LINUX_CONFIG, OPT_BIN, OPT_IMG};
	static const enum option_id dirs[] = {OPT_OVERLAY, OPT_LINUX_MODULES, OPT_TESTING_REFDIR};

	if (made_later(w))
		return;
	for (size_t i = 0; i < LEN(files); i++) {
		const struct value *v = &w->spec->values[files[i]];

		for (size_t j = 0; j < v->n; j++)
			if (v->items[j].path)
				check_exists(c, options[files[i]].name, v->items[j].path,
					     v->items[j].text.at);
	}
	for (size_t i = 0; i < LEN(dirs); i++) {
		const struct value *v = &w->spec->values[dirs[i]];

		for (size_t j = 0; j < v->n; j++)
			check_directory(c, options[dirs[i]].name, &v->items[j]);
	}
}

static void check_script(struct checker *c, const struct workload *w, enum option_id id,
			 bool on_host)
{
	const struct value *v = &w->spec->values[id];
	const char *path = value_path(v), *what = options[id].name;
	struct diag_item *item;

	if (!path || (id != OPT_HOST_INIT && made_later(w)))
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
		}
	}
}
