/* SPDX-License-Identifier: MIT */
#include "track/changes.h"
#include "base/map.h"
#include "base/strings.h"
#include "base/util.h"

#include <stdlib.h>
#include <string.h>

#define SHOWN 10 /* changes of one manifest that are told one by one */

struct text {
	char **v;
	size_t n;
};

static struct text split(struct arena *a, const char *s)
{
	char **v = strings_split(a, s, "\n");

	return (struct text){v, strings_count(v)};
}

/* Leaves out the lines that both begin with, and those that both end with. */
static void drop_equal_ends(struct text *a, struct text *b)
{
	while (a->n && b->n && streq(a->v[0], b->v[0])) {
		a->v++, a->n--;
		b->v++, b->n--;
	}
	while (a->n && b->n && streq(a->v[a->n - 1], b->v[b->n - 1])) {
		a->n--;
		b->n--;
	}
}

/* One line of a manifest, or what stands in the place of one ("absent"). */
struct entry {
	const char *type, *mode, *size, *hash, *path;
};

static struct entry *parse_entry(struct arena *a, const char *line)
{
	struct entry *e = arena_new(a, struct entry);
	const char **fields[] = {&e->type, &e->mode, &e->size, &e->hash};
	char *rest = arena_strdup(a, line);

	/* The target of a link may hold spaces, and so may its path: both stay as they are. */
	for (size_t i = 0; i < LEN(fields); i++) {
		*fields[i] = strsep(&rest, " ");
		if (!rest) {
			*e = (struct entry){"", "", "", line,
					    after_prefix(line, "link ") ? "" : "."};
			return e;
		}
	}
	e->path = rest;
	return e;
}

static const char *type_word(const char *type)
{
	static const char *const words[][2] = {
		{"f", "a file"},	 {"d", "a directory"},
		{"l", "a link"},	 {"c", "a character device"},
		{"b", "a block device"}, {"p", "a pipe"},
		{"s", "a socket"},
	};

	for (size_t i = 0; i < LEN(words); i++)
		if (streq(type, words[i][0]))
			return words[i][1];
	return "nothing";
}

static const char *plain_mode(const char *mode)
{
	return *mode == '0' ? mode + 1 : mode;
}

/* How an entry differs from what it was; NULL: not at all. */
static const char *difference(struct arena *a, const struct entry *old, const struct entry *now)
{
	bool contents = !streq(old->hash, now->hash) || !streq(old->size, now->size);
	const char *mode = NULL;

	if (!*old->type || !*now->type)
		return streq(old->hash, now->hash)
			       ? NULL
			       : arena_printf(a, "%s -> %s",
					      *old->type ? type_word(old->type) : old->hash,
					      *now->type ? type_word(now->type) : now->hash);
	if (!streq(old->type, now->type))
		return arena_printf(a, "%s -> %s", type_word(old->type), type_word(now->type));
	if (!streq(old->mode, now->mode))
		mode = arena_printf(a, "mode %s -> %s", plain_mode(old->mode),
				    plain_mode(now->mode));
	if (!contents)
		return mode;
	const char *what = streq(now->type, "f")
				   ? "contents"
				   : arena_printf(a, "%s -> %s", old->hash, now->hash);
	return mode ? arena_printf(a, "%s, %s", what, mode) : what;
}

static void put_change(struct buf *out, size_t *n, const char *tree, const char *entry,
		       const char *how)
{
	if (++*n > SHOWN)
		return;
	if (!*entry || streq(entry, "."))
		buf_printf(out, "%s: %s\n", tree, how);
	else
		buf_printf(out, "%s/%s: %s\n", tree, entry, how);
}

static void put_rest(struct buf *out, const char *what, size_t n)
{
	if (n > SHOWN)
		buf_printf(out, "%s: and %zu more\n", what, n - SHOWN);
}

size_t manifest_changes(const char *path, const char *old, const char *now, struct buf *out)
{
	struct arena a = {0};
	struct text was = split(&a, old), is = split(&a, now);
	struct map there = {.arena = &a};
	size_t n = 0;

	drop_equal_ends(&was, &is);
	for (size_t i = 0; i < was.n; i++) {
		struct entry *e = parse_entry(&a, was.v[i]);
		map_put(&there, e->path, e);
	}
	for (size_t i = 0; i < is.n; i++) {
		const struct entry *e = parse_entry(&a, is.v[i]);
		const struct entry *before = map_get(&there, e->path);
		const char *how = before ? difference(&a, before, e) : "added";

		if (how)
			put_change(out, &n, path, e->path, how);
		map_put(&there, e->path, NULL);
	}
	map_each (e, &there)
		if (e->value)
			put_change(out, &n, path, e->key, "deleted");
	put_rest(out, path, n);
	arena_free(&a);
	return n;
}

/* Up to the equals sign of a parameter. */
static size_t key_length(const char *line)
{
	return after_prefix(line, "--") ? strcspn(line, "=") : 0;
}

static bool same_key(const char *a, const char *b)
{
	size_t n = key_length(a);

	return n == key_length(b) && strncmp(a, b, n) == 0;
}

/* Takes out of both texts what is in both, as often as it is. */
static void drop_common(struct arena *a, struct text *x, struct text *y)
{
	struct map lines = {.arena = a};
	size_t n = 0;

	for (size_t i = 0; i < x->n; i++) {
		size_t *count = map_get(&lines, x->v[i]);
		if (!count)
			map_put(&lines, x->v[i], count = arena_new(a, size_t));
		++*count;
	}
	for (size_t i = 0; i < y->n; i++) {
		size_t *count = map_get(&lines, y->v[i]);
		if (count && *count)
			--*count;
		else
			y->v[n++] = y->v[i];
	}
	y->n = n;
	n = 0;
	for (size_t i = x->n; i-- > 0;) { /* the last ones stay: those that y has not */
		size_t *count = map_get(&lines, x->v[i]);
		if (!*count)
			continue;
		--*count;
		x->v[x->n - ++n] = x->v[i];
	}
	x->v += x->n - n;
	x->n = n;
}

/* The line of t, from its place i on, that is about the same as line; n where there is none. */
static size_t find_partner(const struct text *t, const char *line)
{
	size_t i = 0;

	while (i < t->n && !(t->v[i] && same_key(t->v[i], line)))
		i++;
	return i;
}

size_t line_changes(const char *label, const char *old, const char *now, struct buf *out)
{
	struct arena a = {0};
	struct text was = split(&a, old), is = split(&a, now);

	drop_equal_ends(&was, &is);
	bool moved = was.n || is.n;
	drop_common(&a, &was, &is);
	size_t n = 0;
	for (size_t i = 0; i < was.n; i++) {
		size_t partner = find_partner(&is, was.v[i]);

		n++;
		if (partner == is.n) {
			buf_printf(out, "%s: - %s\n", label, was.v[i]);
			continue;
		}
		buf_printf(out, "%s: %s -> %s\n", label, was.v[i], is.v[partner]);
		is.v[partner] = NULL;
	}
	for (size_t i = 0; i < is.n; i++)
		if (is.v[i]) {
			n++;
			buf_printf(out, "%s: + %s\n", label, is.v[i]);
		}
	if (moved && !n) {
		n = 1;
		buf_printf(out, "%s: the order of the lines\n", label);
	}
	arena_free(&a);
	return n;
}
