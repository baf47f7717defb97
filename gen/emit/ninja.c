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

/* A word of up to three parts. */
static void put_parts(struct line *l, const char *before, const char *word, const char *after)
{
	size_t len = strlen(before) + strlen(word) + strlen(after);

	if (l->col && l->col + 1 + len > COLUMNS - 2) {
		buf_puts(l->b, " $\n    ");
		l->col = 4;
	} else if (l->col) {
		buf_putc(l->b, ' ');
		l->col++;
	}
	buf_puts(l->b, before);
	buf_puts(l->b, word);
	buf_puts(l->b, after);
	l->col += len;
}

static void put_word(struct line *l, const char *word)
{
	put_parts(l, "", word, "");
}

static void put_words(struct line *l, const struct paths *p)
{
	for (size_t i = 0; i < p->n; i++)
		put_word(l, p->v[i]);
}

static void put_edge(struct buf *b, const struct edge *e)
{
	struct line l = {.b = b};

	put_word(&l, "build");
	for (size_t i = 0; i < e->outs.n; i++)
		put_parts(&l, "", e->outs.v[i], i + 1 < e->outs.n ? "" : ":");
	put_word(&l, e->rule);
	put_words(&l, &e->ins);
	if (e->args) {
		put_word(&l, "|");
		put_parts(&l, "out/args/", e->id, "");
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

static void put_alias(struct buf *b, const struct alias *alias)
{
	struct line l = {.b = b};

	put_word(&l, "build");
	put_parts(&l, "", alias->name, ":");
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
		put_edge(home, e);
	}
	map_each (h, &homes)
		buf_printf(top, "include out/%s.ninja\n", h->key);
	buf_putc(top, '\n');
	map_each (a, &g->aliases)
		put_alias(top, a->value);
	put_defaults(top, g);
}

const struct emitter emit_ninja = {"ninja", emit};
