/* SPDX-License-Identifier: MIT */
#include "verb/builddir.h"
#include "base/cache.h"
#include "base/escape.h"
#include "base/fs.h"
#include "base/util.h"
#include "load/source.h"

#include <string.h>
#include <unistd.h>

bool enter_build_dir(const char *dir, const char *hint)
{
	if (dir && chdir(dir) != 0) {
		warn("cannot use the build directory %s:", dir);
		return false;
	}
	if (path_exists("out/roots") && is_dir("out/args"))
		return true;
	warn("%s is not a build directory: run `fmgen WORKLOAD.json` there first%s",
	     dir ? dir : "this directory", hint);
	return false;
}

/* Whether all that generation read is as it was. */
static bool inputs_same(void)
{
	struct hash_cache *cache = hash_cache_open("out/cache/inputs");
	struct buf old = {0}, now = {0};
	bool same = read_file("out/inputs", &old) &&
		    inputs_current(buf_str(&old), old.len, cache, &now) && old.len == now.len &&
		    memcmp(buf_str(&old), buf_str(&now), old.len) == 0;

	hash_cache_close(cache);
	buf_free(&old);
	buf_free(&now);
	return same;
}

/* Whether all that generation wrote is there. */
static bool outputs_there(struct arena *a)
{
	struct buf text = {0};
	const char *line;
	size_t len;
	bool ok = read_file("out/generated", &text);

	const char *at = buf_str(&text), *end = at + text.len;
	while (ok && (line = next_line(&at, end, &len))) {
		char *path = unescape_item(a, line, len, NULL);

		ok = path && path_exists(path);
	}
	buf_free(&text);
	return ok;
}

bool generation_is_current(struct arena *a)
{
	return outputs_there(a) && inputs_same();
}

const char *script_stamp(struct arena *a, const char *stage, size_t len)
{
	return arena_printf(a, "out/stage/%.*s/stamp", (int)len, stage);
}

bool tree_is_due(struct arena *a, const struct tree_entry *t)
{
	for (const char *s = t->after; *s;) {
		size_t len = strcspn(s, ",");

		if (!path_exists(script_stamp(a, s, len)))
			return false;
		s += len + (s[len] == ',');
	}
	return !t->in_graph;
}

bool refresh_trees(struct arena *a)
{
	size_t n;
	struct tree_entry *trees = trees_read(a, &n);
	struct writer *w = writer_open("out/cache/manifests");
	bool ok = trees;

	for (size_t i = 0; trees && i < n; i++) {
		const char *manifest = arena_printf(a, "out/tree/%s", trees[i].id);

		if (tree_is_due(a, &trees[i]))
			ok = tree_refresh(&trees[i], w) && ok;
		else if (!path_exists(manifest))
			restore_twin(manifest);
	}
	writer_close(w);
	return ok;
}
