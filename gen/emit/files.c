/* SPDX-License-Identifier: MIT */
#include "emit/emit.h"

void files_init(struct files *f, struct arena *a)
{
	*f = (struct files){.by_path = {.arena = a}};
}

struct buf *files_get(struct files *f, const char *path)
{
	struct file *file = map_get(&f->by_path, path);

	if (!file) {
		file = arena_new(f->by_path.arena, struct file);
		map_put(&f->by_path, path, file);
	}
	return &file->text;
}

/* Adds a file of a text that lives as long as the arena. */
static void add_text(struct files *f, const char *path, const char *text)
{
	struct file *file = arena_new(f->by_path.arena, struct file);

	file->text = (struct buf){.data = (char *)text, .len = strlen(text)};
	file->borrowed = true;
	map_add(&f->by_path, path, file);
}

void files_free(struct files *f)
{
	map_each (e, &f->by_path) {
		struct file *file = e->value;

		if (!file->borrowed)
			buf_free(&file->text);
	}
}

void emit_args(const struct graph *g, struct files *out)
{
	edges_each (e, g) {
		if (e->args)
			add_text(out, arena_printf(g->arena, "out/args/%s", e->id), e->args);
		if (e->watch)
			add_text(out, arena_printf(g->arena, "out/watch/%s", e->id), e->watch);
	}
	map_each (r, &g->revisions)
		buf_printf(files_get(out, arena_printf(g->arena, "out/revision/%s", r->key)),
			   "%s\n", (const char *)r->value);
}
