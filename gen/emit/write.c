/* SPDX-License-Identifier: MIT */
#include "emit/write.h"
#include "base/cache.h"
#include "base/escape.h"
#include "base/fs.h"
#include "base/util.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MARK	      "# Written by fmgen"
#define MODE	      0644
#define OUT_MARK      "out/.gitignore"
#define OUT_MARK_TEXT MARK ".\n*\n"

static bool starts_with_mark(const char *path)
{
	struct buf b = {0};
	bool ours = read_file(path, &b) && after_prefix(buf_str(&b), MARK);

	buf_free(&b);
	return ours;
}

/* Whether what e makes is free, or e's: then an earlier generation has written e. */
static bool images_are_free(const struct edge *e)
{
	char *home = NULL;
	bool free_to_use = true;

	for (size_t i = 0; i < e->outs.n; i++) {
		if (!after_prefix(e->outs.v[i], "images/") || !path_exists(e->outs.v[i]))
			continue;
		if (!home && asprintf(&home, "out/%s.ninja", e->home) < 0)
			die("out of memory");
		if (path_exists(home))
			break;
		warn("%s is there and fmgen did not make it: move it away", e->outs.v[i]);
		free_to_use = false;
	}
	free(home);
	return free_to_use;
}

/* An out/ without the mark may be what a killed first generation left: nothing but half files. */
static bool out_is_ours(struct arena *a)
{
	size_t n = 0;
	char **names = list_dir(a, "out", &n);

	if (!names || path_exists("out/command") || starts_with_mark(OUT_MARK))
		return names;
	for (size_t i = 0; i < n; i++)
		if (!after_prefix(names[i], ".tmp-"))
			return false;
	return true;
}

bool build_dir_is_ours(const struct graph *g)
{
	bool ours = true;

	if (path_exists("build.ninja") && !starts_with_mark("build.ninja")) {
		warn("build.ninja is there and fmgen did not write it: choose another directory "
		     "with --builddir");
		return false;
	}
	if (path_exists("out") && !out_is_ours(g->arena)) {
		warn("out/ is there and fmgen did not make it: choose another directory with "
		     "--builddir");
		return false;
	}
	edges_each (e, g)
		ours = images_are_free(e) && ours;
	return ours;
}

bool mark_build_dir(void)
{
	return write_if_changed(OUT_MARK, OUT_MARK_TEXT, strlen(OUT_MARK_TEXT), MODE) !=
	       WRITE_FAILED;
}

/* Whether the file of st is as it was when it held these bytes: then it is not read. */
static bool is_untouched(struct hash_cache *c, const char *path, const struct stat *st,
			 const struct buf *b, const char *hash)
{
	char known[HASH_HEX];

	return S_ISREG(st->st_mode) && (st->st_mode & 07777) == MODE &&
	       (size_t)st->st_size == b->len && (st->st_nlink > 1 || !has_twin(path)) &&
	       hash_cache_knows(c, st, known) && streq(known, hash);
}

static bool write_one(struct hash_cache *c, const char *path, const struct buf *b)
{
	char hash[HASH_HEX];
	struct stat st;
	bool there = lstat(path, &st) == 0;

	snprintf(hash, sizeof(hash), "%064jx", (uintmax_t)quick_hash(b->data, b->len));
	if (there && is_untouched(c, path, &st, b, hash))
		return true;
	switch (write_if_changed(path, buf_str(b), b->len, MODE)) {
	case WRITE_SAME:
		if (there)
			hash_cache_keep(c, &st, hash);
		return true;
	case WRITE_DONE:
		return true;
	default:
		warn("cannot write %s:", path);
		return false;
	}
}

static bool includes_others(const char *path)
{
	return streq(path, "build.ninja") || streq(path, "out/graph.ninja");
}

/* Files that include others come last, so that ninja can load the graph after a kill, and run
 * fmgen again. */
bool write_files(const struct files *f)
{
	struct hash_cache *c = hash_cache_open("out/cache/generated");
	struct buf list = {0};
	bool ok = true;

	map_each (e, &f->by_path) {
		ok = ok && (includes_others(e->key) || write_one(c, e->key, e->value));
		escape_item(&list, e->key);
		buf_putc(&list, '\n');
	}
	ok = ok && write_one(c, "out/generated", &list);
	map_each (e, &f->by_path)
		ok = ok && (!includes_others(e->key) || write_one(c, e->key, e->value));
	hash_cache_close(c);
	buf_free(&list);
	return ok;
}
