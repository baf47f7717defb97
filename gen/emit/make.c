/* SPDX-License-Identifier: MIT */
/*
 * Makefiles for GNU make 4.3. Make decides by times alone, so each edge has a stamp, out/done/NAME,
 * that is touched when its command has succeeded; its outputs hang on the stamp by an empty recipe
 * and keep their time where they come out equal. A missing output runs the edge again. Names need
 * no escapes: they are fmgen's own (see graph.h).
 */
#include "base/path.h"
#include "base/util.h"
#include "emit/emit.h"
#include "emit/line.h"
#include "graph/names.h"
#include "track/settle.h"

#define HEAD "# Written by fmgen: edits are lost when it runs again.\n"

/* out/done/RULE/ID, or for a rule without parameters the name of what it makes. Where an output
 * depends on nothing it needs none. */
static const char *stamp(const struct edge *e, struct arena *a)
{
	if (!e->ins.n && !e->args && e->outs.n == 1)
		return e->outs.v[0];

	return done_stamp(a, e->rule, e->id ? e->id : path_base(e->outs.v[0]));
}

static void put_missing(struct line *l, const struct paths *outs)
{
	line_word(l, "$(call missing,");
	line_words(l, outs);
	line_word(l, ")");
}

static void put_edge(struct buf *b, const struct edge *e, struct arena *a)
{
	struct line l = {.b = b, .breaks = "\\"};
	const char *done = stamp(e, a);

	line_word(&l, arena_printf(a, "%s:", done));
	line_words(&l, &e->ins);
	if (e->args)
		line_word(&l, arena_printf(a, "out/args/%s", e->id));
	if (!streq(done, e->outs.v[0]))
		put_missing(&l, &e->outs);
	if (e->order_only.n) {
		line_word(&l, "|");
		line_words(&l, &e->order_only);
	}
	line_word(&l, arena_printf(a, "; $(%s)", e->rule));
	line_end(&l);
	if (streq(done, e->outs.v[0]))
		return;
	line_words(&l, &e->outs);
	buf_printf(b, ": %s ;\n", done);
}

static void put_words(struct buf *b, const struct paths *p)
{
	for (size_t i = 0; i < p->n; i++)
		buf_printf(b, "%s%s", i ? " " : "", p->v[i]);
}

/* For track/settle.h, and for the records of runs. */
static void put_step(struct buf *b, const struct edge *e, struct arena *a)
{
	const char *done = stamp(e, a);

	if (streq(done, e->outs.v[0]))
		return;
	buf_printf(b, "%s\t", done);
	put_words(b, &e->outs);
	buf_putc(b, '\t');
	put_words(b, &e->ins);
	if (e->args)
		buf_printf(b, " out/args/%s", e->id);
	buf_putc(b, '\n');
}

static void put_alias(struct buf *b, const struct alias *alias, struct arena *a)
{
	struct line l = {.b = b, .breaks = "\\"};

	line_word(&l, arena_printf(a, "%s:", alias->name));
	line_words(&l, &alias->targets);
	line_end(&l);
	buf_printf(b, ".PHONY: %s\n", alias->name);
}

/* Graph files are included by `-include`: where they cannot be remade, out/regen.mk tells. */
static void emit_top(struct files *out)
{
	buf_puts(
		files_get(out, "Makefile"), HEAD
		"$(if $(wildcard out),,$(error call make where this file is: make -C DIRECTORY))\n"
		"override checked = yes\n"
		"-include out/graph.mk\n"
		"\n"
		"FORCE:\n"
		"ifeq ($(dry),)\n"
		"# `fmgen verify` looks at all input trees before anything is built, and rewrites\n"
		"# out/changed when fmgen has to run again; make then starts over.\n"
		"include out/regen.mk\n"
		"out/changed: FORCE ; @exec out/fmgen verify\n"
		"out/regen.mk: out/changed ; @exec out/fmgen regen\n"
		"Makefile: out/regen.mk ;\n"
		"out/%.mk: out/regen.mk ;\n"
		"else\n"
		"# `make -n` and `make -q` only ask what it would find.\n"
		"due := $(shell out/fmgen verify --dry-run)\n"
		"$(if $(filter 0,$(.SHELLSTATUS)),,$(error out/fmgen verify has failed))\n"
		"$(if $(due),$(eval $(due): FORCE))\n"
		"out/regen: ; @out/fmgen regen\n"
		"$(if $(filter out/regen,$(due)),$(eval $(or $(MAKECMDGOALS),all): out/regen))\n"
		"endif\n");
}

static void emit(const struct graph *g, struct files *out)
{
	struct map homes = {.arena = g->arena};
	struct buf *top = files_get(out, "out/graph.mk");
	struct alias all = {.name = "all", .targets = g->defaults};

	emit_top(out);
	buf_puts(top, HEAD);
	put_alias(top, &all, g->arena);
	buf_puts(top, "\ninclude out/share/templates/rules.mk\n");
	edges_each (e, g) {
		const char *path = arena_printf(g->arena, "out/%s.mk", e->home);

		put_edge(files_get(out, path), e, g->arena);
		put_step(files_get(out, SETTLE_EDGES), e, g->arena);
		map_put(&homes, path, files_get(out, path));
	}
	map_each (h, &homes)
		buf_printf(top, "-include %s\n", h->key);
	buf_putc(top, '\n');
	map_each (a, &g->aliases)
		put_alias(top, a->value, g->arena);
}

const struct emitter emit_make = {
	.name = "make",
	.top = "Makefile",
	.graph = "out/graph.mk",
	.suffix = ".mk",
	.stamp = "out/regen.mk",
	.programs = (const char *const[]){"make", "gmake", NULL},
	.package = "make",
	.keep_going = "-k",
	.by_times = true,
	.serial = true,
	.emit = emit,
};
