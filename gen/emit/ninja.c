/* SPDX-License-Identifier: MIT */
/* Ninja files, in the syntax of ninja 1.9. Names need no escapes: they are fmgen's own (see
 * graph.h). */
#include "emit/emit.h"
#include "base/util.h"

#include <string.h>

#define COLUMNS 100

/* Appends words after a first part, broken at COLUMNS as ninja's own writer does. */
struct line {
	struct buf *b;
	size_t col;
};

static void put_word(struct line *l, const char *word)
{
	size_t len = strlen(word);

	if (l->col && l->col + 1 + len > COLUMNS - 2) {
		buf_puts(l->b, " $\n    ");
		l->col = 4;
	} else if (l->col) {
		buf_putc(l->b, ' ');
		l->col++;
	}
	buf_add(l->b, word, len);
	l->col += len;
}

static void put_words(struct line *l, const struct paths *p)
{
	for (size_t i = 0; i < p->n; i++)
		put_word(l, p->v[i]);
}

static void put_edge(struct buf *b, const struct edge *e, struct arena *a)
{
	struct line l = {.b = b};

	put_word(&l, "build");
	for (size_t i = 0; i < e->outs.n; i++)
		put_word(&l,
			 i + 1 < e->outs.n ? e->outs.v[i] : arena_printf(a, "%s:", e->outs.v[i]));
	put_word(&l, e->rule);
	put_words(&l, &e->ins);
	if (e->args) {
		put_word(&l, "|");
		put_word(&l, arena_printf(a, "out/args/%s", e->id));
	}
	if (e->order_only.n) {
		put_word(&l, "||");
		put_words(&l, &e->order_only);
	}
	buf_putc(b, '\n');
	if (e->id) {
		buf_puts(b, "  id = ");
		buf_puts(b, e->id);
		buf_putc(b, '\n');
	}
}

static void put_alias(struct buf *b, const struct alias *alias, struct arena *a)
{
	struct line l = {.b = b};

	put_word(&l, "build");
	put_word(&l, arena_printf(a, "%s:", alias->name));
	put_word(&l, "phony");
	put_words(&l, &alias->targets);
	buf_putc(b, '\n');
}

static void put_defaults(struct buf *b, const struct graph *g)
{
	struct line l = {.b = b};

	put_word(&l, "build");
	put_word(&l, "all:");
	put_word(&l, "phony");
	put_words(&l, &g->defaults);
	buf_puts(b, "\ndefault all\n");
}

static void emit_top(struct files *out)
{
	buf_puts(
		files_get(out, "build.ninja"),
		"# Written by fmgen: edits are lost when it runs again.\n"
		"include out/graph.ninja\n"
		"\n"
		"# `fmgen verify` looks at all input trees before anything is built, and rewrites\n"
		"# out/changed when fmgen has to run again.\n"
		"build out/changed: verify | FORCE\n"
		"build build.ninja.stamp: regen out/changed\n"
		"build build.ninja: phony build.ninja.stamp\n"
		"  generator = 1\n");
}

static void emit(const struct graph *g, struct files *out)
{
	struct map homes = {.arena = g->arena};
	struct buf *top = files_get(out, "out/graph.ninja");

	emit_top(out);
	buf_puts(top, "# Written by fmgen: the whole graph; `ninja -f out/graph.ninja` leaves "
		      "fmgen and its "
		      "checks of the inputs out.\n"
		      "ninja_required_version = 1.9\n"
		      "builddir = out\n"
		      "include out/share/templates/rules.ninja\n\n");
	edges_each (e, g) {
		struct buf *home = map_get(&homes, e->home);

		if (!home) {
			home = files_get(out, arena_printf(g->arena, "out/%s.ninja", e->home));
			map_add(&homes, e->home, home);
		}
		put_edge(home, e, g->arena);
	}
	map_each (h, &homes)
		buf_printf(top, "include out/%s.ninja\n", h->key);
	buf_putc(top, '\n');
	map_each (a, &g->aliases)
		put_alias(top, a->value, g->arena);
	put_defaults(top, g);
}

const struct emitter emit_ninja = {"ninja", emit};
