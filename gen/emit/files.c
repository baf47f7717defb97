/* SPDX-License-Identifier: MIT */
#include "emit/emit.h"

void files_init(struct files *f, struct arena *a)
{
	*f = (struct files){.by_path = {.arena = a}};
}

struct buf *files_get(struct files *f, const char *path)
{
	struct buf *b = map_get(&f->by_path, path);

	if (!b) {
		b = arena_new(f->by_path.arena, struct buf);
		map_put(&f->by_path, path, b);
	}
	return b;
}

void files_free(struct files *f)
{
	map_each (e, &f->by_path)
		buf_free(e->value);
}

void emit_args(const struct graph *g, struct files *out)
{
	edges_each (e, g)
		if (e->args)
			buf_puts(files_get(out, arena_printf(g->arena, "out/args/%s", e->id)),
				 e->args);
	map_each (r, &g->revisions)
		buf_printf(files_get(out, arena_printf(g->arena, "out/revision/%s", r->key)),
			   "%s\n", (const char *)r->value);
}
