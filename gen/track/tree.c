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

bool tree_refresh(const struct tree_entry *t)
{
	struct buf b = {0}, path = {0};

	tree_manifest(t, &b);
	buf_printf(&path, "out/tree/%s", t->id);
	bool ok = write_if_changed(path.data, b.data, b.len, 0644) != WRITE_FAILED;
	if (!ok)
		warn("cannot write %s:", path.data);
	buf_free(&path);
	buf_free(&b);
	return ok;
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

static bool decode_tree(struct arena *a, char *line, const struct map *roots, struct tree_entry *t)
{
	char *f[4];

	if (!split(line, f, LEN(f)) || !*f[0] || !tree_filter_known(f[1]) ||
	    (!streq(f[2], "verify") && !streq(f[2], "graph")))
		return false;
	*t = (struct tree_entry){
		.id = f[0],
		.filter = f[1],
		.in_graph = streq(f[2], "graph"),
		.path = unescape_item(a, f[3], strlen(f[3]), roots),
	};
	return t->path;
}

struct tree_entry *trees_read(struct arena *a, size_t *n)
{
	static const char file[] = "out/trees";
	struct buf text = {0};
	struct map roots = {0};

	if (!read_roots(a, "out/roots", &roots))
		return NULL;
	if (!read_file(file, &text)) {
		warn("cannot read %s (is this a build directory?):", file);
		return NULL;
	}
	const char *at = buf_str(&text), *end = at + text.len, *line;
	struct tree_entry *trees = arena_array(a, struct tree_entry, text.len / 2 + 1);
	size_t len;
	for (*n = 0; (line = next_line(&at, end, &len)); ++*n) {
		if (decode_tree(a, arena_dup(a, line, len), &roots, &trees[*n]))
			continue;
		warn("%s:%zu: not ID<TAB>FILTER<TAB>verify|graph<TAB>PATH", file, *n + 1);
		trees = NULL;
		break;
	}
	buf_free(&text);
	return trees;
}
