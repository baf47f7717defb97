/* SPDX-License-Identifier: MIT */
/* Which keys of the configuration nobody asks for. */
#include "resolve/configure.h"
#include "base/path.h"
#include "base/util.h"
#include "resolve/installer.h"

struct judge {
	struct arena *arena;
	struct inputs *inputs;
	const struct setup *setup;
	struct diag *diag;
	struct map known; /* key -> anything */
};

static void add_key(struct judge *j, const char *key)
{
	static char yes[] = "yes";

	map_put(&j->known, key, yes);
}

/* The map of a data file of a board or distro that is perhaps not in use: no message of it counts.
 */
static const struct doc *glance(struct judge *j, const char *dir, const char *name,
				const char *file)
{
	const char *path = path_join(j->arena, path_join(j->arena, dir, name), file);
	const struct source *src = input_open(j->inputs, path);
	struct diag ignored;

	diag_init(&ignored, j->arena);
	return src ? doc_parse(j->arena, src, &ignored) : NULL;
}

static void add_board(struct judge *j, const char *name)
{
	const struct doc *board = glance(j, j->setup->boards_dir, name, "board.yaml");
	const struct doc *user = board ? doc_get(board, "user") : NULL;

	for (size_t i = 0; user && user->kind == DOC_MAP && i < user->n; i++)
		add_key(j, user->keys[i].s);
}

static void add_distro(struct judge *j, const char *dir, const char *name)
{
	const struct doc *distro = glance(j, dir, name, "distro.yaml");
	const struct doc *map = distro ? doc_get(distro, "options") : NULL;

	for (size_t i = 0; map && map->kind == DOC_MAP && i < map->n; i++) {
		const struct doc *user = doc_get(map->items[i], "user");

		if (user && user->kind == DOC_STRING)
			add_key(j, user->text);
	}
}

static void add_installers(struct judge *j, const char *board)
{
	const char *dir =
		path_join(j->arena, path_join(j->arena, j->setup->boards_dir, board), "installers");
	size_t n = 0;
	char **names = input_list(j->inputs, dir, &n);

	for (size_t i = 0; names && i < n; i++) {
		const struct doc *map = glance(j, dir, names[i], "installer.yaml");
		const struct doc *key = map ? doc_get(map, "destination") : NULL;

		if (key && key->kind == DOC_STRING)
			add_key(j, key->text);
	}
}

/* What all boards and distros of fmgen ask for: a configuration may serve several. */
static void add_all(struct judge *j)
{
	const char *boards = j->setup->boards_dir;
	size_t nboards = 0, ndistros = 0;
	char **names = input_list(j->inputs, boards, &nboards);
	char **distros = distro_names(j->arena, j->inputs, boards, &ndistros);

	for (size_t i = 0; names && i < nboards; i++) {
		add_board(j, names[i]);
		add_installers(j, names[i]);
	}
	for (size_t i = 0; i < ndistros; i++)
		add_distro(j, path_join(j->arena, boards, "distros"), distros[i]);
}

/* For a variable only its own prefix counts; MARSHAL_* is another program's too. */
static void unknown_key(struct judge *j, const char *key, const struct config_other *other)
{
	const char **names = arena_array(j->arena, const char *, CONFIG_COUNT + j->known.n);
	size_t n = 0;

	if (other->rank == RANK_MARSHAL)
		return;
	for (; n < CONFIG_COUNT; n++)
		names[n] = config_keys[n].option.name;
	map_each (e, &j->known)
		names[n++] = e->key;
	const char *near = nearest_name(key, names, n);
	struct diag_item *item = diag_warn(j->diag, WARN_UNKNOWN_OPTION, other->key.at,
					   "`%s` is no key of the configuration", other->key.s);
	if (near)
		diag_hint(j->diag, item, "did you mean `%s`?",
			  other->doc ? near : config_variable(j->arena, other->rank, near));
}

static void judge(struct judge *j, const char *key, const struct config_other *other)
{
	if (!map_get(&j->known, key))
		unknown_key(j, key, other);
	else if (!other->path.s && other->doc->kind != DOC_NULL)
		diag_error(j->diag, other->doc->at, "`%s` must be a string, not %s", key,
			   doc_kind_name(other->doc->kind));
}

void config_judge(struct arena *a, struct inputs *in, const struct setup *s,
		  const struct board *board, struct diag *d)
{
	const struct config *c = s->config;
	struct judge j = {a, in, s, d, {.arena = a}};
	bool all = false;

	for (size_t i = 0; i < board->nparameters; i++)
		add_key(&j, board->parameters[i].name.s);
	for (size_t i = 0; i < board->ninstallers; i++)
		if (board->installers[i].key.s)
			add_key(&j, board->installers[i].key.s);
	map_each (e, &c->others)
		all |= !map_get(&j.known, e->key);
	if (all)
		add_all(&j);
	map_each (e, &c->others)
		judge(&j, e->key, e->value);
}
