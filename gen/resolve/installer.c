/* SPDX-License-Identifier: MIT */
#include "resolve/installer.h"
#include "base/path.h"
#include "base/util.h"
#include "resolve/board-read.h"
#include "resolve/configure.h"
#include "resolve/fields.h"

#include <string.h>

static void read_takes(struct reader *r, const struct doc *map, struct installer *i)
{
	struct str takes = field_string(map, "takes", false, r->diag);

	i->disk = !takes.s || !streq(takes.s, "no-disk");
	i->no_disk = !takes.s || !streq(takes.s, "disk");
	if (i->disk && i->no_disk && takes.s && !streq(takes.s, "both"))
		diag_error(r->diag, takes.at, "`takes` must be disk, no-disk or both, not `%s`",
			   takes.s);
}

static void read_destination(struct reader *r, const struct doc *map, struct installer *i)
{
	const struct str *given;

	i->key = field_string(map, "destination", false, r->diag);
	if (!i->key.s)
		return;
	config_watch(r->inputs, i->key.s);
	given = map_get(&r->setup->user, i->key.s);
	if (given)
		i->destination = *given;
}

/* A slot for the name: that of an earlier board's, or a new one. */
static struct installer *slot(struct board *b, const char *name)
{
	for (size_t i = 0; i < b->ninstallers; i++)
		if (streq(b->installers[i].name.s, name))
			return &b->installers[i];
	return &b->installers[b->ninstallers++];
}

static void read_one(struct reader *r, const char *dir, const char *name)
{
	static const char *const known[] = {"name", "script", "takes", "destination", NULL};
	const struct doc *map =
		data_load(r->arena, r->inputs, path_join(r->arena, dir, "installer.yaml"), r->diag);

	if (!map)
		return;
	fields_known(map, "an installer", known, r->diag);
	struct installer i = {.name = field_string(map, "name", true, r->diag)};
	struct str script = field_string(map, "script", true, r->diag);
	read_takes(r, map, &i);
	read_destination(r, map, &i);
	if (!i.name.s || !script.s)
		return;
	if (!streq(i.name.s, name)) {
		diag_error(r->diag, i.name.at,
			   "the installer of the directory `%s` must have its name", name);
		return;
	}
	i.script = path_join(r->arena, dir, script.s);
	if (!input_exists(r->inputs, i.script))
		diag_error(r->diag, script.at, "there is no file %s", i.script);
	*slot(r->board, name) = i;
}

static void read_dir(struct reader *r, const char *board_dir)
{
	const char *dir = path_join(r->arena, board_dir, "installers");
	size_t n = 0;
	char **names = input_exists(r->inputs, dir) ? input_list(r->inputs, dir, &n) : NULL;
	struct board *b = r->board;

	if (!names || !n)
		return;
	struct installer *room = arena_array(r->arena, struct installer, b->ninstallers + n);
	if (b->ninstallers)
		memcpy(room, b->installers, b->ninstallers * sizeof(*room));
	b->installers = room;
	for (size_t i = 0; i < n; i++)
		read_one(r, path_join(r->arena, dir, names[i]), names[i]);
}

void installers_read(struct reader *r)
{
	struct board *b = r->board;

	for (size_t i = 0; i < b->ndirs; i++)
		read_dir(r, b->dirs[i]);
	if (b->installer.s && !installer_find(b, b->installer.s))
		diag_error(r->diag, b->installer.at, "the board has no installer `%s`",
			   b->installer.s);
}

const struct installer *installer_find(const struct board *b, const char *name)
{
	for (size_t i = 0; i < b->ninstallers; i++)
		if (streq(b->installers[i].name.s, name))
			return &b->installers[i];
	return NULL;
}

const struct installer *installer_default(const struct board *b)
{
	if (b->installer.s)
		return installer_find(b, b->installer.s);
	return b->ninstallers == 1 ? b->installers : NULL;
}
