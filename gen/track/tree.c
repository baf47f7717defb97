/* SPDX-License-Identifier: MIT */
#include "track/tree.h"
#include "base/escape.h"
#include "base/fs.h"
#include "base/path.h"
#include "base/util.h"
#include "base/cache.h"
#include "track/toolchain.h"
#include "track/walk.h"

#include <string.h>

bool tree_filter_known(const char *filter)
{
	return filter_find(filter) || streq(filter, "toolchain") || streq(filter, "pinned");
}

/* Fetched trees are read-only, and what they were made from tells them apart. */
static void put_pinned(struct arena *a, const char *path, struct buf *b)
{
	const char *real = path_real(a, path);

	if (!real) {
		buf_puts(b, "absent\n");
		return;
	}
	size_t before = b->len;
	if (!read_file(arena_printf(a, "%s.origin", real), b) || b->len == before) {
		b->len = before;
		buf_puts(b, "pinned ");
		escape_item(b, path_base(real));
	}
	if (b->data[b->len - 1] != '\n')
		buf_putc(b, '\n');
}

void tree_manifest(const struct tree_entry *t, struct buf *b)
{
	const struct filter *filter = filter_find(t->filter);
	struct arena a = {0};
	const char *kept = t->id ? arena_printf(&a, "out/cache/%s", t->id) : NULL;

	if (filter) {
		struct hash_cache *cache = hash_cache_open(kept);

		walk_tree(t->path, filter, cache, b);
		hash_cache_close(cache);
	} else if (streq(t->filter, "toolchain")) {
		toolchain_describe(t->path, kept, b);
	} else {
		put_pinned(&a, t->path, b);
	}
	arena_free(&a);
}

bool tree_refresh(const struct tree_entry *t, struct writer *w)
{
	struct buf b = {0}, path = {0};

	tree_manifest(t, &b);
	buf_printf(&path, "out/tree/%s", t->id);
	bool ok = writer_put(w, path.data, b.data, b.len) != WRITE_FAILED;
	if (!ok)
		warn("cannot write %s:", path.data);
	buf_free(&path);
	buf_free(&b);
	return ok;
}

bool tree_is_current(const struct tree_entry *t)
{
	struct buf now = {0}, old = {0}, path = {0};

	tree_manifest(t, &now);
	buf_printf(&path, "out/tree/%s", t->id);
	bool same = read_file(path.data, &old) && old.len == now.len &&
		    memcmp(buf_str(&old), buf_str(&now), now.len) == 0;
	buf_free(&path);
	buf_free(&old);
	buf_free(&now);
	return same;
}

/* Splits a line at its tabs in place into n fields; the last takes the rest. */
static bool split(char *line, char **fields, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		fields[i] = line;
		if (i + 1 == n)
			break;
		line = strchr(line, '\t');
		if (!line)
			return false;
		*line++ = '\0';
	}
	return true;
}

/* Where the third field says: the graph alone; verify; or verify after these stages. */
static bool decode_order(char *field, struct tree_entry *t)
{
	t->in_graph = streq(field, "graph");
	t->after = t->in_graph || streq(field, "verify") ? "" : field;
	return *field;
}

static bool decode_tree(struct arena *a, char *line, const struct map *roots, void *entry)
{
	struct tree_entry *t = entry;
	char *f[4];

	if (!split(line, f, LEN(f)) || !*f[0] || !tree_filter_known(f[1]) || !decode_order(f[2], t))
		return false;
	t->id = f[0];
	t->filter = f[1];
	t->path = unescape_item(a, f[3], strlen(f[3]), roots);
	return t->path;
}

static bool decode_promise(struct arena *a, char *line, const struct map *roots, void *entry)
{
	struct promise *m = entry;
	char *f[2];

	if (!split(line, f, LEN(f)) || !*f[0])
		return false;
	m->stage = f[0];
	m->path = unescape_item(a, f[1], strlen(f[1]), roots);
	return m->path;
}

/* A file with a line for each entry. */
struct list {
	const char *file, *shape;
	size_t size; /* of an entry */
	bool (*decode)(struct arena *a, char *line, const struct map *roots, void *entry);
};

static const struct list tree_list = {"out/trees",
				      "ID<TAB>FILTER<TAB>verify|graph|STAGE,...<TAB>PATH",
				      sizeof(struct tree_entry), decode_tree};
static const struct list promise_list = {"out/promises", "STAGE<TAB>PATH", sizeof(struct promise),
					 decode_promise};

static void *decode_lines(struct arena *a, const struct list *list, const struct buf *text,
			  size_t *n)
{
	struct map roots = {0};
	const char *at = buf_str(text), *end = at + text->len, *line;
	char *entries = arena_alloc(a, (text->len / 2 + 1) * list->size);
	size_t len;

	if (!read_roots(a, "out/roots", &roots))
		return NULL;
	for (*n = 0; (line = next_line(&at, end, &len)); ++*n) {
		if (list->decode(a, arena_dup(a, line, len), &roots, entries + *n * list->size))
			continue;
		warn("%s:%zu: not %s", list->file, *n + 1, list->shape);
		return NULL;
	}
	return entries;
}

static void *read_list(struct arena *a, const struct list *list, size_t *n)
{
	struct buf text = {0};
	void *entries = NULL;

	if (read_file(list->file, &text))
		entries = decode_lines(a, list, &text, n);
	else
		warn("cannot read %s (is this a build directory?):", list->file);
	buf_free(&text);
	return entries;
}

struct tree_entry *trees_read(struct arena *a, size_t *n)
{
	return read_list(a, &tree_list, n);
}

struct tree_entry *trees_read_from(struct arena *a, const char *path, size_t *n)
{
	struct list list = tree_list;

	list.file = path;
	return read_list(a, &list, n);
}

struct promise *promises_read(struct arena *a, size_t *n)
{
	return read_list(a, &promise_list, n);
}
