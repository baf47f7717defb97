/* SPDX-License-Identifier: MIT */
#include "resolve/fields.h"
#include "decode/values.h"
#include "base/util.h"

#include <errno.h>

const struct doc *data_load(struct arena *a, struct inputs *in, const char *path, struct diag *d)
{
	const struct source *src = input_open(in, path);

	if (!src)
		return NULL;
	const struct doc *doc = doc_parse(a, src, d);
	if (!doc || doc->kind == DOC_MAP)
		return doc;
	diag_error(d, doc->at, "this file must hold a map, not %s", doc_kind_name(doc->kind));
	return NULL;
}

void fields_known(const struct doc *map, const char *what, const char *const *names, struct diag *d)
{
	size_t n = 0;

	while (names[n])
		n++;
	for (size_t i = 0; map && i < map->n; i++) {
		const struct str *key = &map->keys[i];
		bool known = false;

		for (size_t j = 0; j < n; j++)
			known |= streq(key->s, names[j]);
		if (known)
			continue;
		const char *near = nearest_name(key->s, names, n);
		struct diag_item *item = diag_warn(d, WARN_UNKNOWN_OPTION, key->at,
						   "`%s` is not known in %s", key->s, what);
		if (near)
			diag_hint(d, item, "did you mean `%s`?", near);
	}
}

static void wrong_kind(const char *key, const struct doc *doc, const char *wanted, struct diag *d)
{
	diag_error(d, doc->at, "`%s` must be %s, not %s", key, wanted, doc_kind_name(doc->kind));
}

const struct doc *field_map(const struct doc *map, const char *key, struct diag *d)
{
	const struct doc *doc = map ? doc_get(map, key) : NULL;

	if (!doc || doc->kind == DOC_MAP)
		return doc;
	wrong_kind(key, doc, "a map", d);
	return NULL;
}

struct str field_string(const struct doc *map, const char *key, bool required, struct diag *d)
{
	const struct doc *doc = map ? doc_get(map, key) : NULL;

	if (!doc) {
		if (required && map)
			diag_error(d, map->at, "`%s` is missing", key);
		return (struct str){0};
	}
	if (doc->kind == DOC_STRING && *doc->text)
		return (struct str){doc->text, doc->at};
	wrong_kind(key, doc, "a string that is not empty", d);
	return (struct str){0};
}

bool field_bool(const struct doc *map, const char *key, bool otherwise, struct diag *d)
{
	const struct doc *doc = map ? doc_get(map, key) : NULL;

	if (!doc)
		return otherwise;
	if (doc->kind != DOC_BOOL)
		wrong_kind(key, doc, "yes or no", d);
	return doc->boolean;
}

static struct str *split_string(struct arena *a, const struct doc *doc, size_t *n, struct diag *d)
{
	struct words words = {0};
	size_t fault;
	const char *error = split_words(a, doc->text, &words, &fault);

	if (error) {
		diag_error(d, doc_part(doc, fault, 1), "%s", error);
		return NULL;
	}
	struct str *list = arena_array(a, struct str, words.n);
	for (; *n < words.n; ++*n)
		list[*n] = (struct str){words.v[*n].s,
					doc_part(doc, words.v[*n].offset, words.v[*n].len)};
	return list;
}

struct str *field_strings(struct arena *a, const struct doc *map, const char *key, bool split,
			  size_t *n, struct diag *d)
{
	struct doc *doc = map ? (struct doc *)doc_get(map, key) : NULL;

	*n = 0;
	if (!doc)
		return NULL;
	if (split && doc->kind == DOC_STRING)
		return split_string(a, doc, n, d);
	bool list = doc->kind == DOC_LIST;
	size_t count = list ? doc->n : 1;
	struct str *strings = arena_array(a, struct str, count);
	for (size_t i = 0; i < count; i++) {
		const struct doc *item = list ? doc->items[i] : doc;

		if (item->kind == DOC_STRING && *item->text)
			strings[(*n)++] = (struct str){item->text, item->at};
		else
			wrong_kind(key, item, "a string or a list of strings", d);
	}
	return strings;
}
