/* SPDX-License-Identifier: MIT */
#include "emit/write.h"
#include "base/escape.h"
#include "base/fs.h"
#include "base/util.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MARK	      "# Written by fmgen"
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
	return write_if_changed(OUT_MARK, OUT_MARK_TEXT, strlen(OUT_MARK_TEXT), 0644) !=
	       WRITE_FAILED;
}

static bool write_one(const char *path, const struct buf *b)
{
	if (write_if_changed(path, buf_str(b), b->len, 0644) != WRITE_FAILED)
		return true;
	warn("cannot write %s:", path);
	return false;
}

static bool includes_others(const char *path)
{
	return streq(path, "build.ninja") || streq(path, "out/graph.ninja");
}

/* Files that include others come last, so that ninja can load the graph after a kill, and run
 * fmgen again. */
bool write_files(const struct files *f)
{
	struct buf list = {0};
	bool ok = true;

	map_each (e, &f->by_path) {
		ok = ok && (includes_others(e->key) || write_one(e->key, e->value));
		escape_item(&list, e->key);
		buf_putc(&list, '\n');
	}
	ok = ok && write_one("out/generated", &list);
	map_each (e, &f->by_path)
		ok = ok && (!includes_others(e->key) || write_one(e->key, e->value));
	buf_free(&list);
	return ok;
}
