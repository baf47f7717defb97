/* SPDX-License-Identifier: MIT */
/* The options of distros: declared in distro.yaml, set by specs under distro.opts. */
#include "base/path.h"
#include "base/util.h"
#include "decode/types.h"
#include "resolve/distro.h"
#include "resolve/fields.h"
#include "resolve/inherit.h"

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
	/* clang-format on */
};

/* What the script is given by other means. */
static const char *const reserved[] = {"out", "margin", "busybox", "distro", "script", "help"};

static bool is_reserved(const char *name)
{
	for (size_t i = 0; i < LEN(reserved); i++)
		if (streq(name, reserved[i]))
			return true;
	return false;
}

static void check_option_name(const struct str *name, struct diag *d)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz-";

	if (name->s[strspn(name->s, letters)] || *name->s == '-' || !*name->s)
		diag_error(d, name->at, "`%s` cannot be an option: a-z and - can", name->s);
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

static void declare(struct option *opt, struct supply *supply, const struct str *name,
		    const struct doc *map, struct diag *d)
{
	static const char *const known[] = {"type", "inherit", "help", "user", "required", NULL};

	fields_known(map, "an option of a distro", known, d);
	check_option_name(name, d);
	struct str type = field_string(map, "type", true, d);
	struct str how = field_string(map, "inherit", false, d);
	struct str help = field_string(map, "help", true, d);
	const struct kind *kind = type.s ? find_kind(&type, d) : NULL;
	supply->user = field_string(map, "user", false, d);
	supply->required = field_bool(map, "required", false, d);
	*opt = (struct option){.name = name->s, .nullable = true, .help = help.s};
	if (!kind)
		return;
	opt->type = kind->type;
	opt->base = kind->base;
	opt->inherit = read_inherit(kind, &how, d);
	if (supply->user.s && kind->base != BASE_WORKDIR)
		diag_error(d, supply->user.at, "`user` is for options that are paths");
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
		distro->noptions++;
	}
}

static void unknown_option(struct arena *a, const struct distro *distro, const struct str *key,
			   struct diag *d)
{
	const char **names = arena_array(a, const char *, distro->noptions);

	for (size_t i = 0; i < distro->noptions; i++)
		names[i] = distro->options[i].name;
	struct diag_item *item =
		diag_warn(d, WARN_UNKNOWN_OPTION, key->at, "the distro `%s` has no option `%s`",
			  distro->name.s, key->s);
	const char *near = nearest_name(key->s, names, distro->noptions);
	if (near)
		diag_hint(d, item, "did you mean `%s`?", near);
}

static const struct option *find_option(const struct distro *distro, const char *name)
{
	for (size_t i = 0; i < distro->noptions; i++)
		if (streq(distro->options[i].name, name))
			return &distro->options[i];
	return NULL;
}

static void decode_own(struct arena *a, const struct workload *w, struct value *own, struct diag *d)
{
	const struct doc *doc = w->spec->values[OPT_DISTRO_OPTS].doc;
	struct decoder dc = {a, d};

	for (size_t i = 0; doc && i < doc->n; i++) {
		const struct option *opt = find_option(w->distro, doc->keys[i].s);

		if (!opt) {
			unknown_option(a, w->distro, &doc->keys[i], d);
			continue;
		}
		struct value *v = &own[opt - w->distro->options];
		decode_value(&dc, opt, doc->items[i], v);
		for (size_t j = 0; opt->base == BASE_WORKDIR && j < v->n; j++)
			v->items[j].path = path_join(a, w->workdir, v->items[j].text.s);
	}
}

static int by_key(const void *one, const void *two)
{
	return strcmp(((const struct item *)one)->key.s, ((const struct item *)two)->key.s);
}

/* Takes what the user's configuration gives for an option that no spec sets. */
static void take_given(struct arena *a, struct value *v, const struct supply *supply,
		       const struct map *user)
{
	const struct str *given = supply->user.s ? map_get(user, supply->user.s) : NULL;

	if (!given || v->state != VALUE_UNSET)
		return;
	v->state = VALUE_SET;
	v->at = given->at;
	v->n = 1;
	v->items = arena_new(a, struct item);
	v->items[0] = (struct item){.text = *given, .path = given->s};
}

void distro_decode(struct arena *a, struct workload *w, const struct map *user, struct diag *d)
{
	static const struct value none;
	size_t n = w->distro->noptions;
	struct value *own = arena_array(a, struct value, n);

	if (w->distro->has_rootfs)
		decode_own(a, w, own, d);
	w->distro_opts = arena_array(a, struct value, n);
	for (size_t i = 0; i < n; i++) {
		const struct option *opt = &w->distro->options[i];
		struct value *v = &w->distro_opts[i];

		inherit_value(a, opt, v, &own[i], w->parent ? &w->parent->distro_opts[i] : &none);
		if (opt->type == TYPE_TEXTS && v->n)
			qsort(v->items, v->n, sizeof(*v->items), by_key);
		take_given(a, v, &w->distro->supplies[i], user);
	}
}
