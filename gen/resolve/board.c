/* SPDX-License-Identifier: MIT */
#include "resolve/board.h"
#include "resolve/fields.h"
#include "resolve/search.h"
#include "base/fs.h"
#include "base/path.h"
#include "base/util.h"
#include "decode/values.h"

#include <errno.h>
#include <limits.h>
#include <string.h>
#include <unistd.h>

struct reader {
	struct arena *arena;
	struct inputs *inputs;
	struct diag *diag;
	struct board *board;
	const char *fetch_dir;
};

/* Finds the tree of a fetch in the cache: the link NAME leads to its current version, NAME-VERSION.
 */
static void find_tree(struct reader *r, struct fetch *f)
{
	const char *link = path_join(r->arena, r->fetch_dir, f->name.s);
	const char *target = input_link(r->inputs, link);

	f->path = target ? path_join(r->arena, r->fetch_dir, target) : link;
	f->missing = !is_dir(f->path);
	if (f->missing)
		f->path = link;
}

static void read_fetches(struct reader *r, const struct doc *map)
{
	const struct doc *fetches = field_map(map, "fetch", r->diag);

	if (!fetches)
		return;
	r->board->fetches = arena_array(r->arena, struct fetch, fetches->n);
	for (size_t i = 0; i < fetches->n; i++) {
		const struct str *name = &fetches->keys[i];
		struct fetch *f = &r->board->fetches[r->board->nfetches];

		if (!is_name(name->s)) {
			diag_error(r->diag, name->at, "`%s` cannot be a name", name->s);
			continue;
		}
		f->name = *name;
		f->doc = field_map(fetches, name->s, r->diag);
		if (!f->doc)
			continue;
		for (size_t j = 0; j < f->doc->n; j++)
			field_string(f->doc, f->doc->keys[j].s, true, r->diag);
		find_tree(r, f);
		r->board->nfetches++;
	}
}

/* A path as the board writes it: below the board's directory, or "@fetch/NAME". */
static struct str resolve_path(struct reader *r, struct str path)
{
	const char *name = path.s ? after_prefix(path.s, "@fetch/") : NULL;

	if (!path.s)
		return path;
	if (!name)
		return (struct str){path_join(r->arena, r->board->dir, path.s), path.at};
	for (size_t i = 0; i < r->board->nfetches; i++)
		if (streq(r->board->fetches[i].name.s, name))
			return (struct str){r->board->fetches[i].path, path.at};
	diag_error(r->diag, path.at, "`fetch` has no `%s`", name);
	return (struct str){0};
}

static struct str read_path(struct reader *r, const struct doc *map, const char *key)
{
	return resolve_path(r, field_string(map, key, true, r->diag));
}

static void read_linux(struct reader *r, const struct doc *map)
{
	static const char *const known[] = {"source", "config-target", "config", NULL};
	const struct doc *group = field_map(map, "linux", r->diag);
	struct board *b = r->board;

	fields_known(group, "`linux` of a board", known, r->diag);
	b->linux_source = read_path(r, group, "source");
	b->config_target = field_string(group, "config-target", true, r->diag);
	b->config = field_strings(r->arena, group, "config", false, &b->nconfig, r->diag);
	for (size_t i = 0; i < b->nconfig; i++)
		b->config[i] = resolve_path(r, b->config[i]);
	if (!b->config_target.s)
		return;
	if (!is_name(b->config_target.s))
		diag_error(r->diag, b->config_target.at, "`%s` is no make target",
			   b->config_target.s);
}

static void read_firmware(struct reader *r, const struct doc *map)
{
	static const char *const known[] = {"opensbi-src", "opensbi-build-args", "bbl-src", NULL};
	const struct doc *group = field_map(map, "firmware", r->diag);
	struct board *b = r->board;

	fields_known(group, "`firmware` of a board", known, r->diag);
	b->opensbi_source = read_path(r, group, "opensbi-src");
	b->bbl_source = resolve_path(r, field_string(group, "bbl-src", false, r->diag));
	b->opensbi_args = field_strings(r->arena, group, "opensbi-build-args", true,
					&b->nopensbi_args, r->diag);
}

static void read_busybox(struct reader *r, const struct doc *map)
{
	static const char *const known[] = {"source", "config", NULL};
	const struct doc *group = field_map(map, "busybox", r->diag);

	fields_known(group, "`busybox` of a board", known, r->diag);
	r->board->busybox_source = read_path(r, group, "source");
	r->board->busybox_config = read_path(r, group, "config");
}

static void check_launch(struct reader *r, const struct doc *launch)
{
	static const char *const known[] = {"program",	 "package",	  "args",
					    "disk-args", "snapshot-args", NULL};

	for (size_t i = 0; launch && i < launch->n; i++) {
		const struct doc *how = field_map(launch, launch->keys[i].s, r->diag);
		size_t n;

		if (!how)
			continue;
		fields_known(how, "`launch` of a board", known, r->diag);
		field_string(how, "program", true, r->diag);
		field_string(how, "package", false, r->diag);
		for (size_t j = 2; known[j]; j++)
			field_strings(r->arena, how, known[j], false, &n, r->diag);
	}
}

static void read_board(struct reader *r, const struct doc *map)
{
	static const char *const known[] = {"name",   "arch",	  "cross-compile",
					    "linux",  "firmware", "busybox",
					    "launch", "fetch",	  NULL};
	static const char *const groups[] = {"linux", "firmware", "busybox"};
	const char *cross = input_env(r->inputs, "CROSS_COMPILE");
	struct board *b = r->board;

	fields_known(map, "a board", known, r->diag);
	b->name = field_string(map, "name", true, r->diag);
	b->arch = field_string(map, "arch", true, r->diag);
	b->cross = field_string(map, "cross-compile", true, r->diag);
	if (cross && *cross)
		b->cross = (struct str){arena_strdup(r->arena, cross), {0}};
	for (size_t i = 0; i < LEN(groups); i++)
		if (!doc_get(map, groups[i]))
			diag_error(r->diag, map->at, "the board has no `%s`", groups[i]);
	read_fetches(r, map);
	read_linux(r, map);
	read_firmware(r, map);
	read_busybox(r, map);
	b->launch = field_map(map, "launch", r->diag);
	check_launch(r, b->launch);
}

static void no_board(struct reader *r, const char *boards_dir, const char *name, const char *path)
{
	int err = errno;
	struct diag_item *item = diag_error(r->diag, (struct span){0}, "board `%s`: %s: %s", name,
					    path, strerror(err));
	const char *near = strchr(name, '/')
				   ? NULL
				   : search_near(r->arena, r->inputs,
						 path_join(r->arena, boards_dir, name), true);

	if (near)
		diag_hint(r->diag, item, "did you mean `%s`?", near);
}

struct board *board_load(struct arena *a, struct inputs *in, const char *boards_dir,
			 const char *board, const char *fetch_dir, struct diag *d)
{
	struct reader r = {a, in, d, arena_new(a, struct board), fetch_dir};
	unsigned before = d->errors;

	r.board->dir = path_join(a, strchr(board, '/') ? "." : boards_dir, board);
	const char *path = path_join(a, r.board->dir, "board.yaml");
	const struct doc *map = data_load(a, in, path, d);
	if (map)
		read_board(&r, map);
	else if (d->errors == before)
		no_board(&r, boards_dir, board, path);
	return d->errors == before ? r.board : NULL;
}

bool board_need(const struct board *board, const struct str *tree, struct span why, struct diag *d)
{
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
