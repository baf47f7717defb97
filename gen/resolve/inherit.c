/* SPDX-License-Identifier: MIT */
#include "resolve/inherit.h"
#include "base/util.h"

#include <string.h>

static bool is_set(const struct value *v)
{
	return v->state != VALUE_UNSET;
}

static void append_items(struct arena *a, struct value *v, const struct value *above)
{
	struct item *items = arena_array(a, struct item, above->n + v->n);

	if (above->n)
		memcpy(items, above->items, above->n * sizeof(*items));
	if (v->n)
		memcpy(items + above->n, v->items, v->n * sizeof(*items));
	v->items = items;
	v->n += above->n;
}

static struct item *find_key(struct item *items, size_t n, const char *key)
{
	for (size_t i = 0; i < n; i++)
		if (streq(items[i].key.s, key))
			return &items[i];
	return NULL;
}

/* Own keys win over those above; keys that are null go. */
static void merge_items(struct arena *a, struct value *v, const struct value *above)
{
	struct item *items = arena_array(a, struct item, above->n + v->n);
	size_t n = 0;

	for (size_t i = 0; i < above->n; i++) {
		const struct item *own = find_key(v->items, v->n, above->items[i].key.s);

		items[n] = own ? *own : above->items[i];
		n += items[n].text.s != NULL;
	}
	for (size_t i = 0; i < v->n; i++)
		if (v->items[i].text.s && !find_key(items, n, v->items[i].key.s))
			items[n++] = v->items[i];
	v->items = items;
	v->n = n;
}

static void combine(struct arena *a, const struct option *opt, struct value *v,
		    const struct value *above)
{
	if (opt->inherit == INHERIT_APPEND)
		append_items(a, v, above);
	else if (opt->inherit == INHERIT_MERGE && opt->type != TYPE_MAP)
		merge_items(a, v, above);
}

void inherit_value(struct arena *a, const struct option *opt, struct value *v,
		   const struct value *own, const struct value *above)
{
	static const struct value none;

	if (opt->inherit == INHERIT_OWN)
		above = &none;
	*v = is_set(own) ? *own : *above;
	if (is_set(own) && is_set(above))
		v->overrides = above;
	if (own->state == VALUE_SET)
		combine(a, opt, v, above->state == VALUE_SET ? above : &none);
}

void inherit_values(struct arena *a, struct workload *w, const struct value *modules)
{
	static const struct value none;

	for (size_t i = 0; i < OPT_COUNT; i++) {
		const struct value *own = &w->spec->values[i];
		const struct value *above = i == OPT_LINUX_MODULES ? modules : &none;

		if (w->parent)
			above = w->parent->values[i];
		if (is_set(own)) {
			struct value *v = arena_new(a, struct value);

			inherit_value(a, &options[i], v, own, above);
			w->values[i] = v;
		} else {
			w->values[i] = options[i].inherit == INHERIT_OWN ? &none : above;
		}
	}
}
