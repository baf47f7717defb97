/* SPDX-License-Identifier: MIT */
#include "verb/generate.h"
#include "base/fs.h"
#include "base/path.h"
#include "base/util.h"
#include "check/graph.h"
#include "check/specs.h"
#include "emit/dump.h"
#include "emit/emit.h"
#include "emit/sweep.h"
#include "emit/write.h"
#include "plan/lists.h"
#include "plan/plan.h"
#include "resolve/configure.h"
#include "verb/datadir.h"
#include "verb/verb.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define CHANGED		"out/changed"
#define RECORD		"out/inputs"
#define DEFAULT_BOARD	"qemu"
#define DEFAULT_MARGIN	((long long)256 << 20)
#define DEFAULT_TIMEOUT 1800

struct setup make_setup(struct arena *a, struct inputs *in, const struct request *r, struct diag *d)
{
	const char *data = data_dir(a), *here = r->called_from ? r->called_from : ".";
	struct setup s = {
		.data_dir = data,
		.boards_dir = path_join(a, data, "boards"),
		.board = r->board,
		.fetch_dir = fetch_dir(a, in),
		.workdir = r->workdir,
		.targets = (const char **)r->targets,
		.ntargets = r->ntargets,
		.rootfs_margin = DEFAULT_MARGIN,
		.guest_init_timeout = DEFAULT_TIMEOUT,
	};

	s.config = config_load(a, in, here, r->config, d);
	config_apply(a, in, s.config, &s, d);
	if (!s.board)
		s.board = DEFAULT_BOARD;
	return s;
}

/* Parameter files name paths from the board, fmgen's data, the fetched sources and the directory of
 * the first named spec. */
static void make_roots(struct arena *a, struct planner *p)
{
	const struct setup *s = p->setup;
	const char *spec = ".";
	struct root *roots = arena_array(a, struct root, 4);

	for (size_t i = p->model->n; i-- > 0;)
		if (p->model->workloads[i]->named)
			spec = p->model->workloads[i]->spec->dir;
	const char *below = path_below(p->model->board->dir, s->data_dir);
	const char *board = below ? path_join(a, "out/share", below) : p->model->board->dir;
	roots[0] = (struct root){"board", p->model->board->dir, board};
	roots[1] = (struct root){"share", s->data_dir, "out/share"};
	roots[2] = (struct root){"fetch", s->fetch_dir, s->fetch_dir};
	roots[3] = (struct root){"spec", spec, spec};
	p->roots = roots;
	p->nroots = 4;
}

/* What was asked for, and what is there already: a directory may have several, all of them right.
 */
static bool is_written(const struct emitter *e, const struct request *r)
{
	return e == request_emitter(r) || emitter_in_use(e);
}

static bool write_stamps(void)
{
	bool ok = true;

	for (size_t i = 0; i < nemitters; i++)
		if (emitter_in_use(emitters[i]))
			ok &= write_file(emitters[i]->stamp, "", 0, 0644);
	return ok;
}

/* All that is written but for the links, the record of the inputs and the stamp. */
static void emit_all(const struct planner *p, const struct request *r, struct files *out)
{
	for (size_t i = 0; i < nemitters; i++)
		if (is_written(emitters[i], r))
			emitters[i]->emit(p->graph, out);
	emit_args(p->graph, out);
	emit_json(p->graph, files_get(out, "out/graph.json"), false);
	list_roots(p, files_get(out, "out/roots"));
	list_trees(p, files_get(out, "out/trees"));
	list_outputs(p, files_get(out, "out/outputs"));
	list_promises(p, files_get(out, "out/promises"));
	buf_printf(files_get(out, "out/guest-init-timeout"), "%lld\n",
		   p->setup->guest_init_timeout);
	request_write(r, files_get(out, "out/command"));
	struct buf *jobs = files_get(out, "out/jobs");
	if (p->setup->jlevel)
		buf_printf(jobs, "%lld\n", p->setup->jlevel);
	list_workloads(p, files_get(out, "out/workloads"));
	list_named(p, files_get(out, "out/named"));
}

/* The record of the inputs goes first and comes last: without it `fmgen verify` has everything
 * generated again. */
static bool write_all(struct arena *a, const struct planner *p, const struct inputs *in,
		      const struct emitter *e, const struct files *out)
{
	struct buf record = {0};

	if (!build_dir_is_ours(p->graph, e))
		return false;
	unlink(RECORD);
	if (!mark_build_dir() || !make_symlink(program_path(a), "out/fmgen") ||
	    !make_symlink(p->setup->data_dir, "out/share")) {
		warn("cannot write into out/:");
		return false;
	}
	if (!write_files(out))
		return false;
	inputs_write(in, &record);
	if ((!path_exists(CHANGED) && !write_file(CHANGED, "", 0, 0644)) ||
	    !write_file(RECORD, buf_str(&record), record.len, 0644) || !write_stamps())
		die("cannot finish the build files:");
	sweep(p->graph);
	buf_free(&record);
	return true;
}

static int finish(struct arena *a, struct inputs *in, const struct request *r, struct planner *p)
{
	struct files out;
	int status = 0;

	files_init(&out, a);
	make_roots(a, p);
	plan(p);
	check_graph(p->graph, p->diag);
	if (!diag_print(p->diag, stderr)) {
		status = 1;
	} else if (r->json) {
		emit_json(p->graph, r->json, true);
	} else if (r->dump && streq(r->dump, "graph")) {
		struct buf b = {0};
		emit_json(p->graph, &b, true);
		fputs(buf_str(&b), stdout);
		buf_free(&b);
	} else {
		emit_all(p, r, &out);
		status = write_all(a, p, in, request_emitter(r), &out) ? 0 : 1;
	}
	files_free(&out);
	return status;
}

/* --dump of what comes before the graph. */
static int dump(struct arena *a, struct inputs *in, const struct model *m, const char *what)
{
	struct diag d;

	diag_init(&d, a);
	if (streq(what, "spec")) {
		dump_specs(m, m->workloads, m->n, stdout);
		return 0;
	}
	if (!streq(what, "doc")) {
		warn("--dump=%s: not one of doc, spec, graph", what);
		return 2;
	}
	for (size_t i = 0; i < m->n; i++) {
		const struct workload *w = m->workloads[i];
		const struct source *src = w->named ? input_open(in, w->spec->file) : NULL;

		if (src)
			dump_doc(doc_parse(a, src, &d), stdout);
	}
	return 0;
}

int generate(struct arena *a, const struct request *r)
{
	struct inputs in;
	struct diag d;
	struct graph g;

	inputs_init(&in, a);
	diag_init(&d, a);
	request_diagnostics(r, &d);
	graph_init(&g, a);
	input_program(&in, program_path(a));
	struct setup s = make_setup(a, &in, r, &d);
	const struct model *m = resolve(a, &in, &s, &d);
	if (m)
		check_specs(a, &in, m, &d);
	if (!m || d.errors) {
		diag_print(&d, stderr);
		return 1;
	}
	if (r->dump && !streq(r->dump, "graph")) {
		diag_print(&d, stderr);
		return dump(a, &in, m, r->dump);
	}
	struct planner p = {.arena = a,
			    .diag = &d,
			    .graph = &g,
			    .model = m,
			    .setup = &s,
			    .no_disk = r->no_disk || m->board->no_disk};
	return finish(a, &in, r, &p);
}

static const struct verb_option option_table[] = {
	REQUEST_OPTIONS,
	{"dump", 0, VALUE, "doc|spec|graph", "print that as JSON, and write nothing",
	 offsetof(struct request, dump)},
};

/* Others have options before the verb. */
static void refuse_verb(const char *word)
{
	for (size_t i = 0; i < nverbs; i++)
		if (streq(word, verbs[i]->name) && verbs[i]->help && !path_exists(word)) {
			warn("options come behind the verb: `fmgen %s [options] ...`", word);
			exit(2);
		}
}

static int generate_main(int argc, char **argv)
{
	struct request r = {0};
	struct arena a = {0};
	int n = parse_options(&verb_generate, argc, argv, &r);

	if (n)
		refuse_verb(argv[1]);
	request_enter(&a, &r, argv + 1, (size_t)n);
	int status = generate(&a, &r);
	request_free(&r);
	arena_free(&a);
	return status;
}

const struct verb verb_generate = {
	.main = generate_main,
	.args = "[options] WORKLOAD...",
	.options = option_table,
	.noptions = LEN(option_table),
};
