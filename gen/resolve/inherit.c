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

static struct doc *merge_docs(struct arena *a, struct doc *above, struct doc *own);

/* The items of two lists. */
static struct doc *append_docs(struct arena *a, const struct doc *above, const struct doc *own)
{
	struct doc *list = (struct doc *)arena_dup(a, own, sizeof(*own));

	list->items = arena_array(a, struct doc *, above->n + own->n);
	list->n = 0;
	for (size_t i = 0; i < above->n; i++)
		list->items[list->n++] = above->items[i];
	for (size_t i = 0; i < own->n; i++)
		list->items[list->n++] = own->items[i];
	return list;
}

static size_t find_doc_key(const struct doc *map, const char *key)
{
	size_t i = 0;

	while (i < map->n && !streq(map->keys[i].s, key))
		i++;
	return i;
}

static struct doc *merge_maps(struct arena *a, const struct doc *above, const struct doc *own)
{
	struct doc *map = (struct doc *)arena_dup(a, own, sizeof(*own));

	map->items = arena_array(a, struct doc *, above->n + own->n);
	map->keys = arena_array(a, struct str, above->n + own->n);
	map->n = 0;
	for (size_t i = 0; i < above->n; i++) {
		size_t j = find_doc_key(own, above->keys[i].s);
		bool both = j < own->n;

		map->keys[map->n] = both ? own->keys[j] : above->keys[i];
		map->items[map->n++] =
			both ? merge_docs(a, above->items[i], own->items[j]) : above->items[i];
	}
	for (size_t i = 0; i < own->n; i++) {
		if (find_doc_key(above, own->keys[i].s) < above->n)
			continue;
		map->keys[map->n] = own->keys[i];
		map->items[map->n++] = own->items[i];
	}
	return map;
}

/* Lists append, maps merge, anything else is replaced. */
static struct doc *merge_docs(struct arena *a, struct doc *above, struct doc *own)
{
	if (above->kind == DOC_LIST && own->kind == DOC_LIST)
		return append_docs(a, above, own);
	if (above->kind == DOC_MAP && own->kind == DOC_MAP)
		return merge_maps(a, above, own);
	return own;
}

static void combine(struct arena *a, const struct option *opt, struct value *v,
		    const struct value *above)
{
	if (opt->inherit == INHERIT_APPEND)
		append_items(a, v, above);
	else if (opt->inherit == INHERIT_MERGE && opt->type == TYPE_MAP)
		v->doc = merge_docs(a, (struct doc *)above->doc, (struct doc *)v->doc);
	else if (opt->inherit == INHERIT_MERGE)
		merge_items(a, v, above);
}

void inherit_values(struct arena *a, struct workload *w)
{
	static const struct value none;

	for (size_t i = 0; i < OPT_COUNT; i++) {
		const struct value *own = &w->spec->values[i];
		const struct value *above = w->parent ? &w->parent->values[i] : &none;
		struct value *v = &w->values[i];

		if (options[i].inherit == INHERIT_OWN)
			above = &none;
		*v = is_set(own) ? *own : *above;
		if (is_set(own) && is_set(above)) {
			v->overrides = above;
			if (own->state == VALUE_SET && above->state == VALUE_SET)
				combine(a, &options[i], v, above);
		} else if (options[i].type == TYPE_MODULES && v->state == VALUE_SET) {
			combine(a, &options[i], v, &none);
		}
	}
}
