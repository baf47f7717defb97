/* SPDX-License-Identifier: MIT */
#include "resolve/distro.h"
#include "resolve/configure.h"
#include "resolve/fields.h"
#include "base/path.h"
#include "base/util.h"
#include "decode/values.h"

static const char *distros_dir(struct arena *a, const char *boards_dir)
{
	return path_join(a, boards_dir, "distros");
}

char **distro_names(struct arena *a, struct inputs *in, const char *boards_dir, size_t *n)
{
	char **names = input_list(in, distros_dir(a, boards_dir), n);

	if (!names)
		*n = 0;
	return names;
}

static struct str read_starter(struct arena *a, struct inputs *in, const char *dir,
			       const struct doc *map, struct diag *d)
{
	struct str starter = field_string(map, "starter", false, d);
	size_t n;

	if (!starter.s)
		return starter;
	starter.s = path_join(a, dir, starter.s);
	if (!input_list(in, starter.s, &n))
		diag_error(d, starter.at, "there is no directory `%s`", starter.s);
	return starter;
}

static void read_strip(struct distro *distro, const struct doc *map, struct diag *d)
{
	static const char *const known[] = {"from", "to", NULL};
	const struct doc *strip = field_map(map, "strip", d);

	if (!strip)
		return;
	fields_known(strip, "`strip`", known, d);
	distro->strip_from = field_string(strip, "from", true, d);
	distro->strip_to = field_string(strip, "to", true, d);
}

struct distro *distro_load(struct arena *a, struct inputs *in, const char *boards_dir,
			   const char *name, struct diag *d)
{
	if (!is_name(name))
		return NULL;
	const char *dir = path_join(a, distros_dir(a, boards_dir), name);
	const struct doc *map = data_load(a, in, path_join(a, dir, "distro.yaml"), d);
	if (!map)
		return NULL;

	static const char *const known[] = {"name",  "rootfs", "fetch",	  "first-boot", "script",
					    "needs", "strip",  "starter", "options",	NULL};
	struct distro *distro = arena_new(a, struct distro);
	fields_known(map, "a distro", known, d);
	distro->name = field_string(map, "name", true, d);
	distro->dir = dir;
	distro->needs = field_strings(a, map, "needs", false, &distro->nneeds, d);
	distro->has_rootfs = field_bool(map, "rootfs", true, d);
	distro->script = field_string(map, "script", false, d).s;
	distro->starter = read_starter(a, in, dir, map, d);
	read_strip(distro, map, d);
	distro_declare(a, distro, field_map(map, "options", d), d);
	distro_read_fetch(a, distro, field_map(map, "fetch", d), d);
	distro->first_boot = field_bool(map, "first-boot", false, d);
	for (size_t i = 0; i < distro->noptions; i++)
		if (distro->supplies[i].user.s)
			config_watch(in, distro->supplies[i].user.s);
	if (distro->name.s && !streq(distro->name.s, name))
		diag_error(d, distro->name.at,
			   "the distro of the directory `%s` must have its name", name);
	return distro->name.s ? distro : NULL;
}

bool distro_needs(const struct distro *distro, const char *name)
{
	for (size_t i = 0; i < distro->nneeds; i++)
		if (streq(distro->needs[i].s, name))
			return true;
	return false;
}
