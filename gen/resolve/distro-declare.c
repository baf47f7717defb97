/* SPDX-License-Identifier: MIT */
/* The options of distros, as distro.yaml declares them. */
#include "base/path.h"
#include "base/util.h"
#include "resolve/distro.h"
#include "resolve/fields.h"

#include <stdlib.h>
#include <string.h>

/* What distro.yaml calls the types. */
static const struct kind {
	const char *name;
	enum opt_type type;
	enum opt_base base;
	bool list;
} kinds[] = {
	/* clang-format off */
	{"text",    TYPE_TEXT,    BASE_NONE,    false},
	{"texts",   TYPE_STRINGS, BASE_NONE,    true},
	{"words",   TYPE_WORDS,   BASE_NONE,    true},
	{"path",    TYPE_PATH,    BASE_WORKDIR, false},
	{"paths",   TYPE_PATHS,   BASE_WORKDIR, true},
	{"map",     TYPE_TEXTS,   BASE_NONE,    false},
	{"boolean", TYPE_BOOL,    BASE_NONE,    false},
	{"size",    TYPE_SIZE,    BASE_NONE,    false},
	{"number",  TYPE_COUNT,   BASE_NONE,    false},
	/* clang-format on */
};

/* What the script is given by other means. */
static const char *const reserved[] = {"out",	  "margin", "busybox",	"distro",      "script",
				       "fetched", "cross",  "manifest", "ineffective", "help"};

static bool is_reserved(const char *name)
{
	for (size_t i = 0; i < LEN(reserved); i++)
		if (streq(name, reserved[i]))
			return true;
	return false;
}

static void check_option_name(const struct str *name, struct diag *d)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789-";

	if (name->s[strspn(name->s, letters)] || *name->s < 'a' || !*name->s)
		diag_error(d, name->at, "`%s` cannot be an option: a-z, 0-9 and - can", name->s);
	else if (is_reserved(name->s))
		diag_error(d, name->at, "`%s` cannot be an option: fmgen itself gives it", name->s);
}

static const struct kind *find_kind(const struct str *type, struct diag *d)
{
	const char *names[LEN(kinds)];

	for (size_t i = 0; i < LEN(kinds); i++) {
		names[i] = kinds[i].name;
		if (streq(type->s, kinds[i].name))
			return &kinds[i];
	}
	const char *near = nearest_name(type->s, names, LEN(names));
	struct diag_item *item = diag_error(d, type->at, "`%s` is no type of options", type->s);
	if (near)
		diag_hint(d, item, "did you mean `%s`?", near);
	return NULL;
}

/* How an option is inherited: absent, the nearest ancestor that sets it. */
static enum opt_inherit read_inherit(const struct kind *kind, const struct str *how, struct diag *d)
{
	if (!how->s || streq(how->s, "fill"))
		return INHERIT_FILL;
	if (streq(how->s, "append") && kind->list)
		return INHERIT_APPEND;
	if (streq(how->s, "merge") && kind->type == TYPE_TEXTS)
		return INHERIT_MERGE;
	diag_error(d, how->at, "`inherit` of the type `%s` cannot be `%s`", kind->name, how->s);
	return INHERIT_FILL;
}

/* Paths of fmgen's that have names; null is for none. */
static void read_names(struct arena *a, struct supply *supply, const char *dir,
		       const struct doc *names, struct diag *d)
{
	supply->names.arena = a;
	for (size_t i = 0; names && i < names->n; i++) {
		const char *name = names->keys[i].s;
		bool none = names->items[i]->kind == DOC_NULL;
		struct str path = none ? (struct str){"", {0}} : field_string(names, name, true, d);

		if (path.s)
			map_put(&supply->names, name,
				(char *)(none ? "" : path_join(a, dir, path.s)));
	}
}

static void declare(struct option *opt, struct supply *supply, const struct str *name,
		    const struct doc *map, struct diag *d)
{
	static const char *const known[] = {"type",  "inherit", "help", "user", "required", "names",
					    "image", "instead", "with", "tree", "expand",   NULL};

	fields_known(map, "an option of a distro", known, d);
	check_option_name(name, d);
	struct str type = field_string(map, "type", true, d);
	struct str how = field_string(map, "inherit", false, d);
	struct str help = field_string(map, "help", true, d);
	const struct kind *kind = type.s ? find_kind(&type, d) : NULL;
	supply->user = field_string(map, "user", false, d);
	supply->required = field_bool(map, "required", false, d);
	supply->aside = !field_bool(map, "image", true, d);
	supply->instead = field_string(map, "instead", false, d);
	supply->with = field_string(map, "with", false, d);
	supply->tree = field_string(map, "tree", false, d);
	supply->expand = field_bool(map, "expand", false, d);
	*opt = (struct option){.name = name->s, .nullable = true, .help = help.s};
	if (!kind)
		return;
	opt->type = kind->type;
	opt->base = kind->base;
	opt->inherit = read_inherit(kind, &how, d);
	if (supply->user.s && kind->type != TYPE_PATH && kind->type != TYPE_TEXT)
		diag_error(d, supply->user.at, "`user` is for options of type `path` or `text`");
}

void distro_declare(struct arena *a, struct distro *distro, const struct doc *map, struct diag *d)
{
	if (!map)
		return;
	distro->options = arena_array(a, struct option, map->n);
	distro->supplies = arena_array(a, struct supply, map->n);
	for (size_t i = 0; i < map->n; i++) {
		const struct doc *entry = field_map(map, map->keys[i].s, d);
		size_t n = distro->noptions;

		if (!entry)
			continue;
		declare(&distro->options[n], &distro->supplies[n], &map->keys[i], entry, d);
		read_names(a, &distro->supplies[n], distro->dir, field_map(entry, "names", d), d);
		distro->noptions++;
	}
}
