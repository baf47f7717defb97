/* SPDX-License-Identifier: MIT */
/* Ninja files, in the syntax of ninja 1.9. Names need no escapes: they are fmgen's own (see
 * graph.h). */
#include "emit/emit.h"
#include "emit/line.h"

static void put_edge(struct buf *b, const struct edge *e)
{
	struct line l = {.b = b, .breaks = "$"};

	line_word(&l, "build");
	for (size_t i = 0; i < e->outs.n; i++)
		line_parts(&l, "", e->outs.v[i], i + 1 < e->outs.n ? "" : ":");
	line_word(&l, e->rule);
	line_words(&l, &e->ins);
	if (e->args) {
		line_word(&l, "|");
		line_parts(&l, "out/args/", e->id, "");
	}
	if (e->order_only.n) {
		line_word(&l, "||");
		line_words(&l, &e->order_only);
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
	struct line l = {.b = b, .breaks = "$"};

	line_word(&l, "build");
	line_parts(&l, "", alias->name, ":");
	line_word(&l, "phony");
	line_words(&l, &alias->targets);
	buf_putc(b, '\n');
}

static void put_defaults(struct buf *b, const struct graph *g)
{
	struct line l = {.b = b, .breaks = "$"};

	line_word(&l, "build");
	line_word(&l, "all:");
	line_word(&l, "phony");
	line_words(&l, &g->defaults);
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

const struct emitter emit_ninja = {
	.name = "ninja",
	.top = "build.ninja",
	.graph = "out/graph.ninja",
	.suffix = ".ninja",
	.stamp = "build.ninja.stamp",
	.programs = (const char *const[]){"ninja", "samu", NULL},
	.package = "ninja-build",
	.keep_going = "-k0",
	.emit = emit,
};
