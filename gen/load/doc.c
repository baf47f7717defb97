/* SPDX-License-Identifier: MIT */
#include "load/doc.h"
#include "load/loader.h"
#include "load/scalar.h"
#include "base/util.h"

#include <string.h>

#define MAX_DEPTH  100
#define MAX_VALUES 200000 /* with aliases expanded */

struct anchor {
	struct doc *doc;
	size_t values; /* in it, aliases expanded */
	bool open;     /* still being read */
};

static struct doc *parse_node(struct loader *l, unsigned depth);

/* Counts values; false, with an error, when there are too many. */
static bool count(struct loader *l, size_t values, struct span at)
{
	l->values += values;
	if (l->values <= MAX_VALUES)
		return true;
	diag_error(l->diag, at, "the file holds more than %d values, aliases expanded", MAX_VALUES);
	return false;
}

static struct anchor *set_anchor(struct loader *l, const yaml_char_t *name, struct doc *doc)
{
	if (!name)
		return NULL;
	struct anchor *anchor = arena_new(l->arena, struct anchor);
	anchor->doc = doc;
	anchor->open = true;
	map_put(&l->anchors, (const char *)name, anchor);
	return anchor;
}

static struct doc *parse_alias(struct loader *l)
{
	const char *name = (const char *)l->event.data.alias.anchor;
	size_t offset;
	struct span at = event_span(l, &offset);
	const struct anchor *anchor = map_get(&l->anchors, name);

	if (!anchor) {
		diag_error(l->diag, at, "alias `*%s` has no anchor `&%s` before it", name, name);
		return NULL;
	}
	if (anchor->open) {
		struct diag_item *item =
			diag_error(l->diag, at, "alias `*%s` stands inside of its own value", name);
		diag_also(l->diag, item, anchor->doc->at, "the value begins here");
		return NULL;
	}
	return count(l, anchor->values, at) ? anchor->doc : NULL;
}

static const char *standard_tag(const char *tag)
{
	return tag ? after_prefix(tag, "tag:yaml.org,2002:") : NULL;
}

/* Gives a scalar its type: by its tag, or by its text where it is plain. */
static bool type_scalar(struct loader *l, struct doc *doc)
{
	const char *tag = (const char *)l->event.data.scalar.tag;
	const char *type = standard_tag(tag);

	doc->kind = DOC_STRING;
	if (l->event.data.scalar.plain_implicit ||
	    (type && (streq(type, "int") || streq(type, "bool") || streq(type, "null") ||
		      streq(type, "float"))))
		scalar_resolve(doc);
	else if (tag && !streq(tag, "!") && !(type && streq(type, "str"))) {
		diag_error(l->diag, doc->at, "tag `%s` is not known here", tag);
		return false;
	}
	return true;
}

static struct doc *parse_scalar(struct loader *l)
{
	const char *value = (const char *)l->event.data.scalar.value;
	size_t len = l->event.data.scalar.length, offset;
	struct doc *doc = arena_new(l->arena, struct doc);
	const struct source *src = l->cursor.src;

	doc->at = event_span(l, &offset);
	doc->text = arena_dup(l->arena, value, len);
	if (memchr(value, '\0', len)) {
		diag_error(l->diag, doc->at, "a text cannot hold a NUL byte");
		return NULL;
	}
	offset += l->event.data.scalar.style == YAML_SINGLE_QUOTED_SCALAR_STYLE ||
		  l->event.data.scalar.style == YAML_DOUBLE_QUOTED_SCALAR_STYLE;
	if (offset + len <= src->len && memcmp(src->text + offset, value, len) == 0 &&
	    !memchr(value, '\n', len))
		doc->raw = src->text + offset;
	struct anchor *anchor = set_anchor(l, l->event.data.scalar.anchor, doc);
	if (anchor) {
		anchor->open = false;
		anchor->values = 1;
	}
	return count(l, 1, doc->at) && type_scalar(l, doc) ? doc : NULL;
}

/* A map or list that grows. */
struct grow {
	struct doc *doc;
	size_t room;
	struct map index; /* maps: key -> the doc's key */
};

static void append(struct loader *l, struct grow *g, const struct str *key, struct doc *value)
{
	struct doc *doc = g->doc;

	if (doc->n == g->room) {
		g->room = g->room ? g->room * 2 : 4;
		struct doc **items = arena_array(l->arena, struct doc *, g->room);
		struct str *keys = arena_array(l->arena, struct str, key ? g->room : 0);

		if (doc->n)
			memcpy(items, doc->items, doc->n * sizeof(struct doc *));
		if (doc->n && key)
			memcpy(keys, doc->keys, doc->n * sizeof(struct str));
		doc->items = items;
		doc->keys = keys;
	}
	if (key) {
		doc->keys[doc->n] = *key;
		map_put(&g->index, key->s, arena_dup(l->arena, key, sizeof(*key)));
	}
	doc->items[doc->n++] = value;
}

static bool parse_items(struct loader *l, struct grow *g, unsigned depth)
{
	while (next_event(l)) {
		if (l->event.type == YAML_SEQUENCE_END_EVENT)
			return true;
		struct doc *item = parse_node(l, depth);
		if (!item)
			return false;
		append(l, g, NULL, item);
	}
	return false;
}

/* Adds the entries of a map under `<<` that are not there already. */
static bool merge_map(struct loader *l, struct grow *g, const struct doc *from)
{
	if (from->kind != DOC_MAP) {
		diag_error(l->diag, from->at, "`<<` takes a map or a list of maps, not %s",
			   doc_kind_name(from->kind));
		return false;
	}
	for (size_t i = 0; i < from->n; i++)
		if (!map_get(&g->index, from->keys[i].s))
			append(l, g, &from->keys[i], from->items[i]);
	return true;
}

static bool merge(struct loader *l, struct grow *g, const struct doc *from)
{
	if (from->kind != DOC_LIST)
		return merge_map(l, g, from);
	for (size_t i = 0; i < from->n; i++)
		if (!merge_map(l, g, from->items[i]))
			return false;
	return true;
}

static bool is_plain(const struct loader *l, const struct doc *scalar)
{
	const char *raw = scalar->raw;

	return raw && (raw == l->cursor.src->text || !strchr("\"'", raw[-1]));
}

/* Own entries come first: they win over merged ones, which wait in merges. */
static bool add_entry(struct loader *l, struct grow *g, struct grow *merges, const struct doc *key,
		      struct doc *value)
{
	struct str name = {key->text, key->at};
	const struct str *first;

	if (key->kind == DOC_LIST || key->kind == DOC_MAP) {
		diag_error(l->diag, key->at, "a key must be a string, not %s",
			   doc_kind_name(key->kind));
		return false;
	}
	if (streq(name.s, "<<") && is_plain(l, key)) {
		append(l, merges, NULL, value);
		return true;
	}
	first = map_get(&g->index, name.s);
	if (first) {
		struct diag_item *item =
			diag_error(l->diag, name.at, "`%s` is set twice in one map", name.s);
		diag_also(l->diag, item, first->at, "it is also set here");
		return true;
	}
	append(l, g, &name, value);
	return true;
}

static bool parse_entries(struct loader *l, struct grow *g, unsigned depth)
{
	struct doc merged_values = {.kind = DOC_LIST};
	struct grow merges = {.doc = &merged_values};

	while (next_event(l)) {
		if (l->event.type == YAML_MAPPING_END_EVENT) {
			for (size_t i = 0; i < merged_values.n; i++)
				if (!merge(l, g, merged_values.items[i]))
					return false;
			return true;
		}
		struct doc *key = parse_node(l, depth);
		struct doc *value = key && next_event(l) ? parse_node(l, depth) : NULL;
		if (!value || !add_entry(l, g, &merges, key, value))
			return false;
	}
	return false;
}

static struct doc *parse_collection(struct loader *l, enum doc_kind kind, const yaml_char_t *name,
				    unsigned depth)
{
	struct doc *doc = arena_new(l->arena, struct doc);
	struct grow g = {.doc = doc, .index = {.arena = l->arena}};
	size_t offset, before = l->values;

	doc->kind = kind;
	doc->at = event_span(l, &offset);
	if (depth >= MAX_DEPTH) {
		diag_error(l->diag, doc->at, "values are nested deeper than %d levels", MAX_DEPTH);
		return NULL;
	}
	struct anchor *anchor = set_anchor(l, name, doc);
	if (!count(l, 1, doc->at) ||
	    !(kind == DOC_MAP ? parse_entries(l, &g, depth + 1) : parse_items(l, &g, depth + 1)))
		return NULL;
	if (anchor) {
		anchor->open = false;
		anchor->values = l->values - before;
	}
	return doc;
}

/* Builds the value that begins with the current event. */
static struct doc *parse_node(struct loader *l, unsigned depth)
{
	switch (l->event.type) {
	case YAML_ALIAS_EVENT:
		return parse_alias(l);
	case YAML_SCALAR_EVENT:
		return parse_scalar(l);
	case YAML_SEQUENCE_START_EVENT:
		return parse_collection(l, DOC_LIST, l->event.data.sequence_start.anchor, depth);
	case YAML_MAPPING_START_EVENT:
		return parse_collection(l, DOC_MAP, l->event.data.mapping_start.anchor, depth);
	default:
		return NULL;
	}
}

static bool skip_event(struct loader *l)
{
	return next_event(l);
}

/* Steps over the start of the stream and of its document. */
static bool open_document(struct loader *l)
{
	struct span whole = {.src = l->cursor.src};

	if (!skip_event(l) || !next_event(l))
		return false;
	if (l->event.type == YAML_STREAM_END_EVENT) {
		diag_error(l->diag, whole, "the file is empty");
		return false;
	}
	return next_event(l);
}

/* Checks that nothing follows the document. */
static bool close_document(struct loader *l)
{
	if (!skip_event(l) || !next_event(l))
		return false;
	if (l->event.type == YAML_STREAM_END_EVENT)
		return true;
	diag_error(l->diag, mark_span(l, l->event.start_mark, NULL),
		   "a second document begins here: a file holds one");
	return false;
}

struct doc *doc_parse(struct arena *a, const struct source *src, struct diag *d)
{
	struct loader l;
	unsigned before = d->errors;
	struct doc *doc = NULL;

	if (!loader_open(&l, a, src, d))
		return NULL;
	if (open_document(&l))
		doc = parse_node(&l, 0);
	if (doc && !close_document(&l))
		doc = NULL;
	loader_close(&l);
	return d->errors == before ? doc : NULL;
}
