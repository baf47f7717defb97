/* SPDX-License-Identifier: MIT */
#include "resolve/board-read.h"
#include "base/fs.h"
#include "base/path.h"
#include "base/util.h"
#include "decode/types.h"
#include "decode/values.h"
#include "resolve/configure.h"
#include "resolve/fields.h"
#include "resolve/inherit.h"

#include <string.h>

static struct fetch *find_fetch(const struct board *b, const char *name)
{
	for (size_t i = 0; i < b->nfetches; i++)
		if (streq(b->fetches[i].name.s, name))
			return &b->fetches[i];
	return NULL;
}

static const struct parameter *find_parameter(const struct board *b, const char *name)
{
	for (size_t i = 0; i < b->nparameters; i++)
		if (streq(b->parameters[i].name.s, name))
			return &b->parameters[i];
	return NULL;
}

/* Finds the tree of a fetch in the cache: the link NAME leads to its current version, NAME-VERSION.
 */
static void find_tree(struct reader *r, struct fetch *f)
{
	const char *cache = r->setup->fetch_dir;
	const char *link = path_join(r->arena, cache, f->name.s);
	const char *target = input_link(r->inputs, link);

	f->path = target ? path_join(r->arena, cache, target) : link;
	f->missing = !is_dir(f->path);
	if (f->missing)
		f->path = link;
}

/* An array with room for n more than it has. */
static void *grow(struct arena *a, const void *array, size_t n, size_t more, size_t size)
{
	void *room = arena_alloc(a, (n + more) * size);

	if (n)
		memcpy(room, array, n * size);
	return room;
}

static bool check_key(struct reader *r, const struct str *key)
{
	if (is_name(key->s))
		return true;
	diag_error(r->diag, key->at, "`%s` cannot be a name", key->s);
	return false;
}

static void read_fetches(struct reader *r, const struct doc *map)
{
	const struct doc *fetches = field_map(map, "fetch", r->diag);
	struct board *b = r->board;

	if (!fetches)
		return;
	b->fetches = grow(r->arena, b->fetches, b->nfetches, fetches->n, sizeof(*b->fetches));
	for (size_t i = 0; i < fetches->n; i++) {
		const struct str *name = &fetches->keys[i];
		const struct doc *doc = field_map(fetches, name->s, r->diag);

		if (!check_key(r, name) || !doc)
			continue;
		for (size_t j = 0; j < doc->n; j++)
			field_string(doc, doc->keys[j].s, true, r->diag);
		struct fetch *f = find_fetch(b, name->s);
		if (!f)
			f = &b->fetches[b->nfetches++];
		*f = (struct fetch){.name = *name, .dir = r->dir, .doc = doc};
		find_tree(r, f);
	}
}

static void read_parameters(struct reader *r, const struct doc *map)
{
	static const char *const known[] = {"help", NULL};
	const struct doc *user = field_map(map, "user", r->diag);
	struct board *b = r->board;

	if (!user)
		return;
	b->parameters =
		grow(r->arena, b->parameters, b->nparameters, user->n, sizeof(*b->parameters));
	for (size_t i = 0; i < user->n; i++) {
		const struct doc *doc = field_map(user, user->keys[i].s, r->diag);

		if (!check_key(r, &user->keys[i]) || !doc)
			continue;
		fields_known(doc, "`user` of a board", known, r->diag);
		struct str help = field_string(doc, "help", true, r->diag);
		config_watch(r->inputs, user->keys[i].s);
		if (!find_parameter(b, user->keys[i].s))
			b->parameters[b->nparameters++] = (struct parameter){user->keys[i], help.s};
	}
}

/* A path as a board writes it; see board.h. */
static struct str resolve_path(struct reader *r, struct str path)
{
	const char *fetch = path.s ? after_prefix(path.s, "@fetch/") : NULL;
	const char *user = path.s ? after_prefix(path.s, "@user/") : NULL;

	if (fetch && find_fetch(r->board, fetch)) {
		path.s = find_fetch(r->board, fetch)->path;
	} else if (user && find_parameter(r->board, user)) {
		const struct str *given = map_get(&r->setup->user, user);

		if (given)
			path = (struct str){given->s, given->at.src ? given->at : path.at};
	} else if (fetch || user) {
		diag_error(r->diag, path.at, "`%s` has no `%s`", fetch ? "fetch" : "user",
			   fetch ? fetch : user);
		path.s = NULL;
	} else if (path.s) {
		path.s = path_join(r->arena, r->dir, path.s);
	}
	return path;
}

/* Takes a value over what the board has, where there is one. */
static void take(struct str *to, struct str value)
{
	if (value.s)
		*to = value;
}

static void take_string(struct reader *r, const struct doc *map, const char *key, struct str *to)
{
	take(to, field_string(map, key, false, r->diag));
}

static void take_path(struct reader *r, const struct doc *map, const char *key, struct str *to)
{
	take(to, resolve_path(r, field_string(map, key, false, r->diag)));
}

static void read_linux(struct reader *r, const struct doc *map)
{
	static const char *const known[] = {"source", "config-target", "config", NULL};
	const struct doc *group = field_map(map, "linux", r->diag);
	struct board *b = r->board;

	if (!group)
		return;
	fields_known(group, "`linux` of a board", known, r->diag);
	take_path(r, group, "source", &b->linux_source);
	take_string(r, group, "config-target", &b->config_target);
	if (b->config_target.s && !is_name(b->config_target.s))
		diag_error(r->diag, b->config_target.at, "`%s` is no make target",
			   b->config_target.s);
	if (!doc_get(group, "config"))
		return;
	b->config = field_strings(r->arena, group, "config", false, &b->nconfig, r->diag);
	for (size_t i = 0; i < b->nconfig; i++)
		b->config[i] = resolve_path(r, b->config[i]);
}

static void read_modules(struct reader *r, const struct doc *map)
{
	static const struct option opt = {
		.name = "modules", .type = TYPE_MODULES, .inherit = INHERIT_MERGE};
	struct decoder dc = {r->arena, r->diag};
	const struct doc *doc = doc_get(map, "modules");
	struct value own, above = r->board->modules;

	if (!doc)
		return;
	decode_value(&dc, &opt, doc, &own);
	for (size_t i = 0; i < own.n; i++) {
		struct item *item = &own.items[i];

		item->text = resolve_path(r, item->text);
		item->path = item->text.s;
	}
	inherit_value(r->arena, &opt, &r->board->modules, &own, &above);
}

static void read_firmware(struct reader *r, const struct doc *map)
{
	static const char *const known[] = {"opensbi-src", "opensbi-build-args", "bbl-src", NULL};
	const struct doc *group = doc_get(map, "firmware");
	struct board *b = r->board;

	if (!group)
		return;
	b->no_firmware = group->kind == DOC_STRING && streq(group->text, "none");
	if (b->no_firmware)
		return;
	group = field_map(map, "firmware", r->diag);
	fields_known(group, "`firmware` of a board", known, r->diag);
	take_path(r, group, "opensbi-src", &b->opensbi_source);
	take_path(r, group, "bbl-src", &b->bbl_source);
	if (group && doc_get(group, "opensbi-build-args"))
		b->opensbi_args = field_strings(r->arena, group, "opensbi-build-args", true,
						&b->nopensbi_args, r->diag);
}

static void read_busybox(struct reader *r, const struct doc *map)
{
	static const char *const known[] = {"source", "config", NULL};
	const struct doc *group = field_map(map, "busybox", r->diag);

	fields_known(group, "`busybox` of a board", known, r->diag);
	take_path(r, group, "source", &r->board->busybox_source);
	take_path(r, group, "config", &r->board->busybox_config);
}

/* A map with the simulators of both; own ones win. */
static const struct doc *add_simulators(struct arena *a, const struct doc *own,
					const struct doc *above)
{
	struct doc *all = arena_new(a, struct doc);
	size_t room = own->n + (above ? above->n : 0);

	*all = *own;
	all->items = arena_array(a, struct doc *, room);
	all->keys = arena_array(a, struct str, room);
	for (size_t i = 0; i < own->n; i++) {
		all->items[i] = own->items[i];
		all->keys[i] = own->keys[i];
	}
	for (size_t i = 0; above && i < above->n; i++) {
		if (doc_get(own, above->keys[i].s))
			continue;
		all->items[all->n] = above->items[i];
		all->keys[all->n++] = above->keys[i];
	}
	return all;
}

static void read_launch(struct reader *r, const struct doc *map)
{
	static const char *const known[] = {"program",	 "package",	  "args",
					    "disk-args", "snapshot-args", NULL};
	const struct doc *launch = field_map(map, "launch", r->diag);

	if (!launch)
		return;
	r->board->launch = add_simulators(r->arena, launch, r->board->launch);
	for (size_t i = 0; i < launch->n; i++) {
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

void board_read(struct reader *r, const struct doc *map)
{
	static const char *const known[] = {
		"name",	   "base",    "arch",	"cross-compile", "linux", "firmware",  "busybox",
		"modules", "no-disk", "launch", "fetch",	 "user",  "installer", NULL};
	struct board *b = r->board;

	fields_known(map, "a board", known, r->diag);
	b->name = field_string(map, "name", true, r->diag);
	take_string(r, map, "arch", &b->arch);
	take_string(r, map, "cross-compile", &b->cross);
	b->no_disk = field_bool(map, "no-disk", b->no_disk, r->diag);
	read_fetches(r, map);
	read_parameters(r, map);
	read_linux(r, map);
	read_modules(r, map);
	read_firmware(r, map);
	read_busybox(r, map);
	read_launch(r, map);
	take_string(r, map, "installer", &b->installer);
}
