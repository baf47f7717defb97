/* SPDX-License-Identifier: MIT */
/*
 * Fuzzing of generation, from the bytes of files to those of the graph; nothing is written. An
 * input is a file, or several: a line "=== NAME" starts the one of that name. They lie over world/,
 * a tree of small files that specs can name; a board, a distro or a configuration can be among
 * them. The first one is the target, unless a part "args" has targets and options, one a line.
 * With SHOW in the environment messages are shown. `make fuzz` runs it.
 */
#include "base/escape.h"
#include "base/path.h"
#include "base/util.h"
#include "check/graph.h"
#include "check/specs.h"
#include "emit/dump.h"
#include "emit/emit.h"
#include "load/json.h"
#include "plan/lists.h"
#include "plan/plan.h"
#include "resolve/configure.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define WORLD	    "tests/fuzz/world"
#define MARK	    "=== "
#define MAX_TARGETS 4

struct input {
	struct arena arena;
	struct inputs in;
	struct source *first;
	const char *targets[MAX_TARGETS];
	size_t ntargets;
	bool no_disk, werror;
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static FILE *null(void)
{
	static FILE *file;

	if (!file)
		file = fopen(getenv("SHOW") ? "/dev/stderr" : "/dev/null", "w");
	if (!file)
		abort();
	return file;
}

static void read_words(struct input *x, const char *text, const char *end)
{
	const char *line;
	size_t n;

	while ((line = next_line(&text, end, &n))) {
		const char *word = arena_dup(&x->arena, line, n);

		if (streq(word, "--no-disk"))
			x->no_disk = true;
		else if (streq(word, "--werror"))
			x->werror = true;
		else if (*word && x->ntargets < MAX_TARGETS)
			x->targets[x->ntargets++] = word;
	}
}

static void add_file(struct input *x, const char *name, const char *text, const char *end)
{
	static char exists[] = "exists";
	struct source *src = arena_new(&x->arena, struct source);

	if (streq(name, "args")) {
		read_words(x, text, end);
		return;
	}
	src->path = path_join(&x->arena, WORLD, name);
	src->text = arena_dup(&x->arena, text, (size_t)(end - text));
	src->len = (size_t)(end - text);
	map_put(&x->in.files, src->path, src);
	map_put(&x->in.probes, src->path, exists);
	if (!x->first)
		x->first = src;
}

static void split(struct input *x, const char *text, size_t size)
{
	const char *end = text + size, *start = text, *line;
	const char *name = size && *text == '{' ? "main.json" : "main.yaml";
	size_t n;

	while (line = text, text < end && next_line(&text, end, &n)) {
		if (n <= strlen(MARK) || memcmp(line, MARK, strlen(MARK)) != 0)
			continue;
		if (line > start)
			add_file(x, name, start, line);
		name = arena_dup(&x->arena, line + strlen(MARK), n - strlen(MARK));
		start = text;
	}
	add_file(x, name, start, end);
}

/* The parts that whole specs do not reach with any input. */
static void read_alone(struct input *x)
{
	struct diag d;

	diag_init(&d, &x->arena);
	const struct doc *doc = doc_parse(&x->arena, x->first, &d);
	json_check(x->first, &d);
	if (doc)
		dump_doc(doc, null());
	diag_print(&d, null());
}

/* What emitters wrote can be read again. */
static void check_files(struct input *x, const struct files *out)
{
	map_each (e, &out->by_path) {
		const struct buf *b = e->value;
		const char *text = buf_str(b), *end = text + b->len, *line;
		struct source src = {e->key, text, b->len};
		size_t n;

		if (streq(e->key, "out/graph.json") && !json_check(&src, NULL))
			die("%s is no JSON", e->key);
		if (!after_prefix(e->key, "out/args/"))
			continue;
		while ((line = next_line(&text, end, &n)))
			if (!unescape_item(&x->arena, line, n, NULL))
				die("%s cannot be read", e->key);
	}
}

static void emit(struct input *x, const struct planner *p)
{
	struct files out;

	files_init(&out, &x->arena);
	emit_ninja.emit(p->graph, &out);
	emit_args(p->graph, &out);
	emit_json(p->graph, files_get(&out, "out/graph.json"), true);
	list_roots(p, files_get(&out, "out/roots"));
	list_trees(p, files_get(&out, "out/trees"));
	list_promises(p, files_get(&out, "out/promises"));
	inputs_write(&x->in, files_get(&out, "out/inputs"));
	check_files(x, &out);
	files_free(&out);
}

static void plan_all(struct input *x, const struct setup *s, const struct model *m, struct diag *d)
{
	struct graph g;
	struct root roots[] = {{"board", m->board->dir, "out/share/boards/qemu"},
			       {"share", s->data_dir, "out/share"},
			       {"fetch", s->fetch_dir, s->fetch_dir},
			       {"spec", WORLD, WORLD}};
	struct planner p = {.arena = &x->arena,
			    .diag = d,
			    .graph = &g,
			    .model = m,
			    .setup = s,
			    .roots = roots,
			    .nroots = LEN(roots),
			    .no_disk = x->no_disk};

	graph_init(&g, &x->arena);
	plan(&p);
	check_graph(&g, d);
	if (!d->errors)
		emit(x, &p);
}

static void generate(struct input *x)
{
	struct setup s = {.data_dir = WORLD,
			  .boards_dir = WORLD "/boards",
			  .fetch_dir = WORLD "/fetch",
			  .targets = x->targets,
			  .ntargets = x->ntargets,
			  .rootfs_margin = 1 << 20};
	struct diag d;

	diag_init(&d, &x->arena);
	for (size_t i = 0; x->werror && i < WARN_COUNT; i++)
		d.policy[i] = POLICY_ERROR;
	s.config = config_load(&x->arena, &x->in, WORLD, NULL, &d);
	config_apply(&x->arena, &x->in, s.config, &s, &d);
	if (!s.board)
		s.board = "qemu";
	struct model *m = resolve(&x->arena, &x->in, &s, &d);
	if (m) {
		check_specs(&x->arena, &x->in, m, &d);
		dump_specs(m, m->workloads, m->n, null());
	}
	if (m && !d.errors)
		plan_all(x, &s, m, &d);
	diag_print(&d, null());
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input x = {.arena = {0}};

	inputs_init(&x.in, &x.arena);
	split(&x, (const char *)data, size);
	for (size_t i = 0; i < x.ntargets; i++)
		x.targets[i] = path_join(&x.arena, WORLD, x.targets[i]);
	if (x.first && !x.ntargets)
		x.targets[x.ntargets++] = x.first->path;
	if (x.first) {
		read_alone(&x);
		generate(&x);
	}
	arena_free(&x.arena);
	return 0;
}
