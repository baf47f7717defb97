/* SPDX-License-Identifier: MIT */
/* What specs set under distro.opts, and what comes of it along a chain of workloads. */
#include "base/path.h"
#include "base/util.h"
#include "decode/types.h"
#include "resolve/distro.h"
#include "resolve/inherit.h"
#include "resolve/workload.h"

#include <stdlib.h>
#include <string.h>

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

const struct option *distro_option(const struct distro *distro, const char *name)
{
	for (size_t i = 0; i < distro->noptions; i++)
		if (streq(distro->options[i].name, name))
			return &distro->options[i];
	return NULL;
}

/* Paths from the workdir, but for those that are names. */
static void join_paths(struct arena *a, const struct workload *w, const struct supply *supply,
		       struct value *v)
{
	for (size_t i = 0; i < v->n; i++) {
		struct item *item = &v->items[i];
		const char *named = map_get(&supply->names, item->text.s);

		if (!named)
			item->path = path_join(a, w->workdir, item->text.s);
		else if (*named)
			item->path = named;
	}
}

static void decode_own(struct arena *a, const struct workload *w, struct value *own, struct diag *d)
{
	const struct doc *doc = w->spec->values[OPT_DISTRO_OPTS].doc;
	struct decoder dc = {a, d};

	for (size_t i = 0; doc && i < doc->n; i++) {
		const struct option *opt = distro_option(w->distro, doc->keys[i].s);

		if (!opt) {
			unknown_option(a, w->distro, &doc->keys[i], d);
			continue;
		}
		struct value *v = &own[opt - w->distro->options];
		decode_value(&dc, opt, doc->items[i], v);
		if (opt->base == BASE_WORKDIR)
			join_paths(a, w, &w->distro->supplies[opt - w->distro->options], v);
	}
}

static int by_key(const void *one, const void *two)
{
	return strcmp(((const struct item *)one)->key.s, ((const struct item *)two)->key.s);
}

/* Whether the option that can stand in the place of option i, or the other way round, is set. */
static bool is_replaced(const struct distro *distro, const struct value *values, size_t i)
{
	const struct str *mine = &distro->supplies[i].instead;

	for (size_t j = 0; j < distro->noptions; j++) {
		const struct str *other = &distro->supplies[j].instead;

		if (values[j].state != VALUE_SET)
			continue;
		if ((mine->s && streq(distro->options[j].name, mine->s)) ||
		    (other->s && streq(distro->options[i].name, other->s)))
			return true;
	}
	return false;
}

/* The same, or of the option that it goes with. */
static bool gives_way(const struct distro *distro, const struct value *values, size_t i)
{
	const char *with = distro->supplies[i].with.s;
	const struct option *opt = with ? distro_option(distro, with) : NULL;

	return is_replaced(distro, values, i) ||
	       (opt && is_replaced(distro, values, (size_t)(opt - distro->options)));
}

/* Takes what the user's configuration gives for an option that no spec sets. */
static void take_given(struct arena *a, const struct option *opt, struct value *v,
		       const struct supply *supply, const struct setup *setup)
{
	bool path = opt->base == BASE_WORKDIR;
	const struct map *from = path ? &setup->user : &setup->user_texts;
	const struct str *given = supply->user.s ? map_get(from, supply->user.s) : NULL;

	if (!given)
		return;
	v->state = VALUE_SET;
	v->at = given->at;
	v->n = 1;
	v->items = arena_new(a, struct item);
	v->items[0] = (struct item){.text = *given, .path = path ? given->s : NULL};
}

/* Whether w itself says something of what is to be made, and not only where it is. */
static bool configures(const struct distro *distro, const struct value *own)
{
	for (size_t i = 0; i < distro->noptions; i++)
		if (own[i].state == VALUE_SET && distro->supplies[i].with.s)
			return true;
	return false;
}

static void inherit_option(struct arena *a, struct inputs *in, struct workload *w, size_t i,
			   struct value *own)
{
	static const struct value none;
	const struct option *opt = &w->distro->options[i];
	const struct value *above = w->parent ? &w->parent->distro_opts[i] : &none;
	struct value *v = &w->distro_opts[i];

	if (w->distro->supplies[i].expand && configures(w->distro, own))
		distro_expand(a, in, w, &own[i], above);
	if (own[i].state == VALUE_UNSET && gives_way(w->distro, own, i))
		above = &none;
	inherit_value(a, opt, v, &own[i], above);
	if (opt->type == TYPE_TEXTS && v->n)
		qsort(v->items, v->n, sizeof(*v->items), by_key);
}

void distro_decode(struct arena *a, struct inputs *in, struct workload *w,
		   const struct setup *setup, struct diag *d)
{
	const struct distro *distro = w->distro;
	struct value *own = arena_array(a, struct value, distro->noptions);

	if (distro->has_rootfs)
		decode_own(a, w, own, d);
	w->distro_opts = arena_array(a, struct value, distro->noptions);
	for (size_t i = 0; i < distro->noptions; i++)
		inherit_option(a, in, w, i, own);
	for (size_t i = 0; i < distro->noptions; i++)
		if (w->distro_opts[i].state == VALUE_UNSET && !gives_way(distro, w->distro_opts, i))
			take_given(a, &distro->options[i], &w->distro_opts[i], &distro->supplies[i],
				   setup);
}
