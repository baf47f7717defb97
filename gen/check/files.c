/* SPDX-License-Identifier: MIT */
#include "check/check.h"
#include "base/fs.h"
#include "base/path.h"
#include "base/util.h"

#include <limits.h>
#include <string.h>
#include <unistd.h>

/* What stands at a path, where that matters. */
enum kind { ANY, FILE_ONLY, DIRECTORY };

static void check_item(struct checker *c, const struct workload *w, enum option_id id,
		       const struct item *item, enum kind kind, enum reader reader)
{
	const char *what = options[id].name;

	if (!item->path || made_for(c, w, reader, item->path))
		return;
	bool dir = is_dir(item->path);
	struct diag_item *message = check_missing(c, what, item->path, item->text.at);
	if (!message && kind == DIRECTORY && !dir)
		message = diag_error(c->diag, item->text.at, "%s: %s is not a directory", what,
				     item->path);
	else if (!message && kind == FILE_ONLY && dir)
		message = diag_error(c->diag, item->text.at, "%s: %s is a directory, not a file",
				     what, item->path);
	also_set(c, message, w, id, item);
}

static void check_distro_file(struct checker *c, const struct workload *w, size_t option,
			      const struct item *item)
{
	const struct map *names = &w->distro->supplies[option].names;
	struct buf list = {0};

	if (!item->path || made_for(c, w, BY_IMAGE, item->path))
		return;
	struct diag_item *message =
		check_missing(c, w->distro->options[option].name, item->path, item->text.at);
	if (!message || !names->n)
		return;
	map_each (e, names)
		buf_printf(&list, "%s`%s`", list.len ? ", " : "", e->key);
	diag_hint(c->diag, message, "or is it one of %s?", buf_str(&list));
	buf_free(&list);
}

static void check_distro_files(struct checker *c, const struct workload *w)
{
	for (size_t i = 0; w->distro_opts && i < w->distro->noptions; i++) {
		const struct value *v = &w->distro_opts[i];

		for (size_t j = 0; j < v->n; j++)
			check_distro_file(c, w, i, &v->items[j]);
	}
}

/* What must be there unless a script makes it. Inherited values are checked where they are
 * written. */
void check_workdir_files(struct checker *c, const struct workload *w)
{
	static const struct {
		enum option_id id;
		enum kind kind;
		enum reader reader;
	} files[] = {
		{OPT_FILES, ANY, BY_IMAGE},
		{OPT_DEPS, ANY, BY_IMAGE},
		{OPT_LINUX_CONFIG, FILE_ONLY, BY_BINARY},
		{OPT_BIN, FILE_ONLY, BY_BINARY},
		{OPT_IMG, FILE_ONLY, BY_IMAGE},
		{OPT_OVERLAY, DIRECTORY, BY_IMAGE},
		{OPT_LINUX_MODULES, DIRECTORY, BY_BINARY},
		{OPT_TESTING_REFDIR, DIRECTORY, BY_IMAGE},
	};

	for (size_t i = 0; i < LEN(files); i++) {
		const struct value *v = &w->spec->values[files[i].id];

		for (size_t j = 0; j < v->n; j++)
			check_item(c, w, files[i].id, &v->items[j], files[i].kind, files[i].reader);
	}
	check_distro_files(c, w);
}

/* The inputs of a step that is a map. */
static void check_step_inputs(struct checker *c, const struct workload *w, enum option_id id,
			      enum reader reader)
{
	const struct value *v = &w->spec->values[id];
	const char *what = arena_printf(c->arena, "%s.inputs", options[id].name);
	size_t n = 0;

	if (v->state != VALUE_SET)
		return;
	const char **paths = step_paths(c->arena, w, id, "inputs", &n);
	for (size_t i = 0; i < n; i++)
		if (!made_for(c, w, reader, paths[i]))
			check_exists(c, what, paths[i], doc_get(v->doc, "inputs")->items[i]->at);
}

/* Whether the words of a script look like a command line. */
static bool is_shell_text(const struct value *v)
{
	return v->n > 1 && !strpbrk(v->items[0].text.s, "./");
}

static void check_script(struct checker *c, const struct workload *w, enum option_id id,
			 enum reader reader)
{
	const struct value *v = &w->spec->values[id];
	const char *path = value_path(v), *what = options[id].name;
	struct diag_item *item;
	struct span at;

	if (!path || made_for(c, w, reader, path))
		return;
	at = v->items[0].text.at;
	item = check_missing(c, what, path, at);
	if (item) {
		if (id == OPT_RUN && is_shell_text(v))
			diag_hint(c->diag, item, "shell text goes into the option `command`");
	} else if (is_dir(path)) {
		item = diag_error(c->diag, at, "%s: %s is a directory, not a script", what, path);
	} else if (id != OPT_RUN && access(path, X_OK) != 0) {
		item = diag_error(c->diag, at, "%s: %s is not executable", what, path);
		diag_hint(c->diag, item, "run chmod +x on it");
	}
	also_set(c, item, w, id, NULL);
}

void check_scripts(struct checker *c, const struct workload *w)
{
	check_script(c, w, OPT_HOST_INIT, BY_HOST_INIT);
	check_step_inputs(c, w, OPT_HOST_INIT, BY_HOST_INIT);
	check_script(c, w, OPT_POST_BIN, BY_POST_BIN);
	check_step_inputs(c, w, OPT_POST_BIN, BY_POST_BIN);
	check_script(c, w, OPT_GUEST_INIT, BY_IMAGE);
	check_script(c, w, OPT_POST_RUN_HOOK, BY_IMAGE);
	check_script(c, w, OPT_RUN, BY_IMAGE);
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
