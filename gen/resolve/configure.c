/* SPDX-License-Identifier: MIT */
#include "resolve/configure.h"
#include "base/escape.h"
#include "base/fs.h"
#include "base/path.h"
#include "base/util.h"
#include "resolve/search.h"

#include <errno.h>
#include <string.h>

static const char *const file_names[] = {"fmgen.yaml", "marshal-config.yaml"};

/* Whether there is nothing but comments. */
static bool is_blank(const struct source *src)
{
	const char *text = src->text, *end = text + src->len, *line;
	size_t n;

	while ((line = next_line(&text, end, &n))) {
		size_t blanks = strspn(line, " \t\r\n");

		if (blanks < n && line[blanks] != '#')
			return false;
	}
	return true;
}

/* Reads a file where there is one; false where there is none. */
static bool load_file(struct decoder *dc, struct inputs *in, struct config *c, const char *path)
{
	const struct source *src = input_open(in, path);

	if (!src && errno == ENOENT)
		return false;
	if (!src) {
		diag_error(dc->diag, (struct span){0}, "cannot read %s: %s", path, strerror(errno));
		return true;
	}
	if (is_blank(src))
		return true;
	const struct doc *doc = doc_parse(dc->arena, src, dc->diag);
	if (doc)
		config_decode(dc, c, doc, path_dir(dc->arena, path));
	return true;
}

static void load_files(struct decoder *dc, struct inputs *in, struct config *c, const char *dir,
		       const char *file)
{
	if (file) {
		if (!load_file(dc, in, c, file))
			diag_error(dc->diag, (struct span){0}, "there is no file %s", file);
		return;
	}
	for (size_t i = 0; i < LEN(file_names); i++)
		if (load_file(dc, in, c, path_join(dc->arena, dir, file_names[i])))
			return;
}

/* Variables that begin like those of keys, and are none. */
static bool is_other(const char *variable)
{
	static const char *const others[] = {"FMGEN_CACHE", "FMGEN_LAUNCHER", "FMGEN_SAY",
					     "FMGEN_SHOW"};

	for (size_t i = 0; i < LEN(others); i++)
		if (streq(variable, others[i]))
			return true;
	return false;
}

void config_watch(struct inputs *in, const char *key)
{
	input_env(in, config_variable(in->arena, RANK_MARSHAL, key));
	input_env(in, config_variable(in->arena, RANK_FMGEN, key));
}

static void load_variables(struct decoder *dc, struct inputs *in, struct config *c,
			   enum config_rank rank, const char *dir)
{
	size_t n;
	char **names = input_env_names(in, config_prefix(rank), &n);

	for (size_t i = 0; i < n; i++) {
		const char *value = is_other(names[i]) ? NULL : input_env(in, names[i]);

		if (value && *value)
			config_decode_variable(dc, c, rank, names[i],
					       arena_strdup(dc->arena, value), dir);
	}
}

struct config *config_load(struct arena *a, struct inputs *in, const char *dir, const char *file,
			   struct diag *d)
{
	struct config *c = arena_new(a, struct config);
	struct decoder dc = {a, d};

	config_init(c, a);
	for (size_t i = 0; i < CONFIG_COUNT; i++)
		config_watch(in, config_keys[i].option.name);
	load_files(&dc, in, c, dir, file);
	load_variables(&dc, in, c, RANK_MARSHAL, dir);
	load_variables(&dc, in, c, RANK_FMGEN, dir);
	return c;
}

static void apply_search_dirs(struct arena *a, struct inputs *in, const struct value *v,
			      struct setup *s, struct diag *d)
{
	s->search_dirs = arena_array(a, const char *, v->n);
	for (size_t i = 0; i < v->n; i++) {
		const char *dir = v->items[i].path;

		if (input_exists(in, dir) && is_dir(dir)) {
			s->search_dirs[s->nsearch_dirs++] = dir;
			continue;
		}
		struct diag_item *item = diag_error(
			d, v->items[i].text.at, "`workload-dirs`: there is no directory %s", dir);
		const char *near = search_near(a, in, dir, true);
		if (near)
			diag_hint(d, item, "did you mean `%s`?", near);
	}
}

/* A tree that is not there at all is told where it is needed. */
static struct str tree_of(struct inputs *in, const struct config *c, enum config_id id,
			  struct diag *d)
{
	const struct value *v = &c->values[id];
	const char *path = value_path(v);

	if (path && input_exists(in, path) && !is_dir(path))
		diag_error(d, v->at, "`%s`: %s is no directory", config_keys[id].option.name, path);
	return (struct str){path, v->at};
}

/* A path without a slash would be a name. */
static const char *with_slash(struct arena *a, const char *path)
{
	return strchr(path, '/') ? path : arena_printf(a, "./%s", path);
}

static void apply_board(struct arena *a, const struct config *c, struct setup *s, struct diag *d)
{
	const struct value *by_name = &c->values[CONFIG_BOARD];
	const struct value *by_dir = &c->values[CONFIG_BOARD_DIR];
	enum config_rank rank = c->ranks[CONFIG_BOARD], dir_rank = c->ranks[CONFIG_BOARD_DIR];

	if (rank && rank == dir_rank) {
		struct diag_item *item =
			diag_error(d, by_dir->at, "`board-dir` and `board` are both set");
		if (by_name->at.src)
			diag_also(d, item, by_name->at, "`board` is set here");
	}
	if (s->board || (!rank && !dir_rank))
		return;
	const struct value *v = dir_rank > rank ? by_dir : by_name;
	s->board_at = v->at;
	s->board = value_path(v) ? with_slash(a, value_path(v)) : value_text(v);
}

/* The one key of the table that only installers ask for. */
static void apply_firesim(struct arena *a, struct inputs *in, const struct config *c,
			  struct setup *s, struct diag *d)
{
	struct str *dir = arena_new(a, struct str);

	*dir = tree_of(in, c, CONFIG_FIRESIM_DIR, d);
	if (dir->s)
		map_put(&s->user, config_keys[CONFIG_FIRESIM_DIR].option.name, dir);
}

void config_apply(struct arena *a, struct inputs *in, const struct config *c, struct setup *s,
		  struct diag *d)
{
	apply_search_dirs(a, in, &c->values[CONFIG_WORKLOAD_DIRS], s, d);
	apply_board(a, c, s, d);
	s->linux_dir = tree_of(in, c, CONFIG_LINUX_DIR, d);
	s->opensbi_dir = tree_of(in, c, CONFIG_OPENSBI_DIR, d);
	s->busybox_dir = tree_of(in, c, CONFIG_BUSYBOX_DIR, d);
	s->jlevel = c->values[CONFIG_JLEVEL].number;
	if (c->ranks[CONFIG_ROOTFS_MARGIN])
		s->rootfs_margin = c->values[CONFIG_ROOTFS_MARGIN].number;
	if (c->ranks[CONFIG_GUEST_INIT_TIMEOUT])
		s->guest_init_timeout = c->values[CONFIG_GUEST_INIT_TIMEOUT].number;
	s->user.arena = s->user_texts.arena = a;
	apply_firesim(a, in, c, s, d);
	map_each (e, &c->others) {
		struct config_other *other = e->value;

		if (!other->path.s)
			continue;
		map_put(&s->user, e->key, &other->path);
		map_put(&s->user_texts, e->key, &other->text);
	}
}
