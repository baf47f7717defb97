/* SPDX-License-Identifier: MIT */
#include "base/path.h"
#include "base/util.h"
#include "decode/config.h"
#include "resolve/board-read.h"
#include "resolve/fields.h"
#include "resolve/search.h"

#include <errno.h>
#include <string.h>

static void no_board(struct reader *r, const char *name, const char *path, struct span at)
{
	int err = errno;
	struct diag_item *item =
		diag_error(r->diag, at, "board `%s`: %s: %s", name, path, strerror(err));
	const char *near =
		strchr(name, '/')
			? NULL
			: search_near(r->arena, r->inputs,
				      path_join(r->arena, r->setup->boards_dir, name), true);

	if (near)
		diag_hint(r->diag, item, "did you mean `%s`?", near);
}

/* One board.yaml and those that it starts from: a list, this one first. */
struct link {
	const char *dir;
	const struct doc *map;
	struct link *base;
};

/* A board that a directory's board.yaml starts from again is a loop. */
static bool is_loop(const struct link *first, const char *dir)
{
	for (const struct link *l = first; l; l = l->base)
		if (streq(l->dir, dir))
			return true;
	return false;
}

static const char *base_dir(struct reader *r, const char *dir, const char *name)
{
	return path_join(r->arena, strchr(name, '/') ? dir : r->setup->boards_dir, name);
}

/* Loads a board's files, the nearest first; NULL after an error. */
static struct link *load_files(struct reader *r)
{
	struct link *first = NULL, **tail = &first;
	struct str name = {r->setup->board, r->setup->board_at};
	const char *dir = ".";

	while (name.s) {
		dir = base_dir(r, dir, name.s);
		if (is_loop(first, dir)) {
			diag_error(r->diag, name.at, "the board `%s` starts from itself", name.s);
			return NULL;
		}
		const char *path = path_join(r->arena, dir, "board.yaml");
		unsigned before = r->diag->errors;
		const struct doc *map = data_load(r->arena, r->inputs, path, r->diag);
		if (!map && r->diag->errors == before)
			no_board(r, name.s, path, name.at);
		if (!map)
			return NULL;
		*tail = arena_new(r->arena, struct link);
		**tail = (struct link){dir, map, NULL};
		tail = &(*tail)->base;
		name = field_string(map, "base", false, r->diag);
	}
	return first;
}

/* Reads the files, the one that all start from first. */
static void read_files(struct reader *r, struct link *first)
{
	struct board *b = r->board;

	for (const struct link *l = first; l; l = l->base)
		b->ndirs++;
	b->dirs = arena_array(r->arena, const char *, b->ndirs);
	const struct doc **maps = arena_array(r->arena, const struct doc *, b->ndirs);
	size_t i = b->ndirs;
	for (const struct link *l = first; l; l = l->base) {
		b->dirs[--i] = l->dir;
		maps[i] = l->map;
	}
	for (; i < b->ndirs; i++) {
		r->dir = b->dirs[i];
		board_read(r, maps[i]);
	}
	b->dir = r->dir;
}

/* What all boards must say, and what those must that have a group at all. */
static void check_complete(struct reader *r, struct span at)
{
	const struct board *b = r->board;
	const struct {
		const char *key;
		bool wanted;
		const struct str *value;
	} keys[] = {
		{"arch", true, &b->arch},
		{"cross-compile", true, &b->cross},
		{"linux.source", b->config_target.s, &b->linux_source},
		{"linux.config-target", b->linux_source.s || b->nconfig, &b->config_target},
		{"firmware.opensbi-src", b->nopensbi_args, &b->opensbi_source},
		{"busybox.source", b->busybox_config.s, &b->busybox_source},
		{"busybox.config", b->busybox_source.s, &b->busybox_config},
	};

	for (size_t i = 0; i < LEN(keys); i++)
		if (keys[i].wanted && !keys[i].value->s)
			diag_error(r->diag, at, "the board has no `%s`", keys[i].key);
}

static void override(struct str *tree, struct str own)
{
	if (own.s)
		*tree = own;
}

struct board *board_load(struct arena *a, struct inputs *in, const struct setup *s, struct diag *d)
{
	struct board *b = arena_new(a, struct board);
	struct reader r = {a, in, s, d, b, NULL};
	unsigned before = d->errors;
	struct link *files = load_files(&r);

	if (!files)
		return NULL;
	read_files(&r, files);
	installers_read(&r);
	if (d->errors == before)
		check_complete(&r, files->map->at);
	const char *cross = input_env(in, "CROSS_COMPILE");
	if (cross && *cross)
		b->cross = (struct str){arena_strdup(a, cross), {0}};
	override(&b->linux_source, s->linux_dir);
	override(&b->opensbi_source, s->opensbi_dir);
	override(&b->busybox_source, s->busybox_dir);
	return d->errors == before ? b : NULL;
}

void hint_parameter(struct diag *d, struct diag_item *item, const char *key)
{
	diag_hint(d, item, "set `%s` in fmgen.yaml, or %s in the environment", key,
		  config_variable(d->arena, RANK_FMGEN, key));
}

/* Says which key the user has to set, and how. */
static void need_parameter(const struct board *board, const char *key, const struct str *tree,
			   struct span why, struct diag *d)
{
	const char *help = "";

	for (size_t i = 0; i < board->nparameters; i++)
		if (streq(board->parameters[i].name.s, key))
			help = board->parameters[i].help;
	struct diag_item *item =
		diag_error(d, why, "the board `%s` needs `%s`: %s", board->name.s, key, help);
	diag_also(d, item, tree->at, "needed here");
	hint_parameter(d, item, key);
}

bool board_need(const struct board *board, const struct str *tree, struct span why, struct diag *d)
{
	const char *key = tree->s ? after_prefix(tree->s, "@user/") : NULL;

	if (key) {
		need_parameter(board, key, tree, why, d);
		return false;
	}
	for (size_t i = 0; tree->s && i < board->nfetches; i++) {
		const struct fetch *f = &board->fetches[i];

		if (!f->missing || !streq(f->path, tree->s))
			continue;
		struct diag_item *item = diag_error(d, why, "the board's `%s` is not there yet: %s",
						    f->name.s, f->path);
		diag_hint(d, item, "run `fmgen fetch`");
		return false;
	}
	return true;
}
