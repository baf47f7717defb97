/* SPDX-License-Identifier: MIT */
#include "emit/write.h"
#include "base/escape.h"
#include "base/fs.h"
#include "base/util.h"
#include "base/writer.h"
#include "track/settle.h"

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

bool emitter_in_use(const struct emitter *e)
{
	return starts_with_mark(e->top);
}

static bool has_graph_file(struct arena *a, const char *home)
{
	for (size_t i = 0; i < nemitters; i++)
		if (path_exists(arena_printf(a, "out/%s%s", home, emitters[i]->suffix)))
			return true;
	return false;
}

/* Whether a file of images/ is free, or was made by an edge that an earlier generation has written.
 */
static bool image_is_free(const struct graph *g, const char *name)
{
	const char *path = arena_printf(g->arena, "images/%s", name);
	const struct edge *e = map_get(&g->by_output, path);

	if (!e || has_graph_file(g->arena, e->home) ||
	    path_exists(arena_printf(g->arena, "out/was/publish-%s", name)))
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

bool build_dir_is_ours(const struct graph *g, const struct emitter *e)
{
	if (path_exists(e->top) && !emitter_in_use(e)) {
		warn("%s is there and fmgen did not write it: choose another directory with "
		     "--builddir",
		     e->top);
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
	return write_if_changed(OUT_MARK, OUT_MARK_TEXT, strlen(OUT_MARK_TEXT), 0644) !=
	       WRITE_FAILED;
}

static bool write_one(struct writer *w, const char *path, const struct buf *b)
{
	if (writer_put(w, path, buf_str(b), b->len) != WRITE_FAILED)
		return true;
	warn("cannot write %s:", path);
	return false;
}

static const struct buf *text_of(const struct map_entry *e)
{
	return &((const struct file *)e->value)->text;
}

static bool includes_others(const char *path)
{
	for (size_t i = 0; i < nemitters; i++)
		if (streq(path, emitters[i]->top) || streq(path, emitters[i]->graph))
			return true;
	return false;
}

/* Make sees by times alone what an edge has to do. */
static bool outdate_edges(const struct files *f)
{
	const struct file *edges = map_get(&f->by_path, SETTLE_EDGES);

	if (!edges || settle_outdate(f->by_path.arena, buf_str(&edges->text)))
		return true;
	warn("cannot remove a stamp:");
	return false;
}

/* Files that include others come last, so that the build tool can load the graph after a kill,
 * and run fmgen again. */
bool write_files(const struct files *f)
{
	struct writer *w = writer_open("out/cache/generated");
	struct buf list = {0};
	bool ok = outdate_edges(f);

	map_each (e, &f->by_path) {
		ok = ok && (includes_others(e->key) || write_one(w, e->key, text_of(e)));
		escape_item(&list, e->key);
		buf_putc(&list, '\n');
	}
	ok = ok && write_one(w, "out/generated", &list);
	map_each (e, &f->by_path)
		ok = ok && (!includes_others(e->key) || write_one(w, e->key, text_of(e)));
	writer_close(w);
	buf_free(&list);
	return ok;
}
