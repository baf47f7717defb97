/* SPDX-License-Identifier: MIT */
#include "emit/write.h"
#include "base/cache.h"
#include "base/escape.h"
#include "base/fs.h"
#include "base/util.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

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

/* Whether a file of images/ is free, or was made by an edge that an earlier generation has written.
 */
static bool image_is_free(const struct graph *g, const char *name)
{
	const char *path = arena_printf(g->arena, "images/%s", name);
	const struct edge *e = map_get(&g->by_output, path);

	if (!e || path_exists(arena_printf(g->arena, "out/%s.ninja", e->home)))
		return true;
	warn("%s is there and fmgen did not make it: move it away", path);
	return false;
}

static bool images_are_free(const struct graph *g)
{
	size_t n = 0;
	char **names = list_dir(g->arena, "images", &n);
	bool ok = true;

	for (size_t i = 0; names && i < n; i++)
		ok = image_is_free(g, names[i]) && ok;
	return ok;
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
	return images_are_free(g);
}

bool mark_build_dir(void)
{
	return write_if_changed(OUT_MARK, OUT_MARK_TEXT, strlen(OUT_MARK_TEXT), MODE) !=
	       WRITE_FAILED;
}

/* What is known of the files that are there, and the directory of the last one, open: most paths
 * begin as the one before. */
struct writer {
	struct hash_cache *cache;
	const char *last; /* its path, or NULL */
	int dir;
};

/* The length of the part of path up to its last slash. */
static size_t dir_length(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? (size_t)(slash - path) + 1 : 0;
}

static void leave_dir(struct writer *w)
{
	if (w->last)
		close(w->dir);
	w->last = NULL;
}

/* lstat. */
static bool look(struct writer *w, const char *path, struct stat *st)
{
	size_t len = dir_length(path);

	if (!w->last || dir_length(w->last) != len || memcmp(w->last, path, len) != 0) {
		char *dir = len ? strndup(path, len) : strdup(".");

		leave_dir(w);
		w->dir = dir ? open(dir, O_PATH | O_DIRECTORY | O_CLOEXEC) : -1;
		free(dir);
	}
	if (w->dir < 0)
		return false;
	w->last = path;
	return fstatat(w->dir, path + len, st, AT_SYMLINK_NOFOLLOW) == 0;
}

/* Whether the file of st is as it was when it held these bytes: then it is not read. */
static bool is_untouched(const struct writer *w, const char *path, const struct stat *st,
			 const struct buf *b, const char *hash)
{
	char known[HASH_HEX];

	return S_ISREG(st->st_mode) && (st->st_mode & 07777) == MODE &&
	       (size_t)st->st_size == b->len && (st->st_nlink > 1 || !has_twin(path)) &&
	       hash_cache_knows(w->cache, st, known) && streq(known, hash);
}

static bool write_one(struct writer *w, const char *path, const struct buf *b)
{
	char hash[HASH_HEX];
	struct stat st;
	bool there = look(w, path, &st);

	quick_hex(b->data, b->len, hash);
	if (there && is_untouched(w, path, &st, b, hash))
		return true;
	switch (write_if_changed(path, buf_str(b), b->len, MODE)) {
	case WRITE_SAME:
		if (there)
			hash_cache_keep(w->cache, &st, hash);
		return true;
	case WRITE_DONE:
		return true;
	default:
		warn("cannot write %s:", path);
		return false;
	}
}

static const struct buf *text_of(const struct map_entry *e)
{
	return &((const struct file *)e->value)->text;
}

static bool includes_others(const char *path)
{
	return streq(path, "build.ninja") || streq(path, "out/graph.ninja");
}

/* Files that include others come last, so that ninja can load the graph after a kill, and run
 * fmgen again. */
bool write_files(const struct files *f)
{
	struct writer w = {.cache = hash_cache_open("out/cache/generated")};
	struct buf list = {0};
	bool ok = true;

	map_each (e, &f->by_path) {
		ok = ok && (includes_others(e->key) || write_one(&w, e->key, text_of(e)));
		escape_item(&list, e->key);
		buf_putc(&list, '\n');
	}
	ok = ok && write_one(&w, "out/generated", &list);
	map_each (e, &f->by_path)
		ok = ok && (!includes_others(e->key) || write_one(&w, e->key, text_of(e)));
	leave_dir(&w);
	hash_cache_close(w.cache);
	buf_free(&list);
	return ok;
}
