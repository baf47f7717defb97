/* SPDX-License-Identifier: MIT */
/* fmgen graph [WORKLOAD...]: the graph of the last generation with what the last build did, as a
 * page, for dot, or as JSON. */
#include "base/diag.h"
#include "base/fs.h"
#include "base/path.h"
#include "base/util.h"
#include "report/report.h"
#include "verb/builddir.h"
#include "verb/datadir.h"
#include "verb/options.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct graph_options {
	const char *builddir, *format, *output;
};

static const struct verb_option option_table[] = {
	{"builddir", 'C', VALUE, "DIR", "the build directory (default: here)",
	 offsetof(struct graph_options, builddir)},
	{"format", 0, VALUE, "NAME",
	 "dot, json, or html (default: as the output's name says, or dot)",
	 offsetof(struct graph_options, format)},
	{"output", 'o', VALUE, "FILE", "write it there (default: print it)",
	 offsetof(struct graph_options, output)},
};

static bool draw_json(struct arena *a, const struct picture *p, struct buf *out)
{
	(void)a;
	picture_json(p, out);
	return true;
}

static bool draw_dot(struct arena *a, const struct picture *p, struct buf *out)
{
	(void)a;
	picture_dot(p, out);
	return true;
}

static bool draw_html(struct arena *a, const struct picture *p, struct buf *out)
{
	const char *dir = path_join(a, data_dir(a), "templates/graph");
	const char *missing = picture_html(p, dir, out);

	if (missing)
		warn("cannot read %s/%s:", dir, missing);
	return !missing;
}

static const struct format {
	const char *name;
	bool (*draw)(struct arena *a, const struct picture *p, struct buf *out);
} formats[] = {{"dot", draw_dot}, {"json", draw_json}, {"html", draw_html}};

static const struct format *find_format(struct arena *a, const struct graph_options *o)
{
	const char *name = o->format;

	for (size_t i = 0; i < LEN(formats); i++)
		if (name ? streq(name, formats[i].name)
			 : o->output &&
				    has_suffix(o->output, arena_printf(a, ".%s", formats[i].name)))
			return &formats[i];
	if (!name)
		return &formats[0];
	warn("--format=%s: not one of dot, json, html", name);
	return NULL;
}

/* Whether nobody asked for the alias, and nothing that is its own was built: parents, and binaries
 * that hold the root file system. */
static bool is_idle(struct report *r, const char *name)
{
	const cJSON *defaults = cJSON_GetObjectItem(r->json, "default");
	struct steps own = {0};

	items_each (wanted, defaults)
		if (cJSON_IsString(wanted) && streq(wanted->valuestring, name))
			return false;
	report_targets(r, name, &own);
	for (size_t i = 0; i < own.n; i++)
		if (own.v[i]->was)
			return false;
	return defaults;
}

static void choose_all(struct picture *p)
{
	map_each (e, &p->report->aliases)
		if (!is_idle(p->report, e->key))
			p->names[p->n++] = e->key;
}

static bool choose(struct picture *p, const char *name)
{
	const struct map *aliases = &p->report->aliases;
	const char **names = arena_array(p->report->arena, const char *, aliases->n + 1);
	size_t n = 0;

	if (map_get(aliases, name)) {
		p->names[p->n++] = name;
		return true;
	}
	map_each (e, aliases)
		names[n++] = e->key;
	const char *near = nearest_name(name, names, n);
	if (near)
		warn("there is no workload %s in this build; did you mean %s?", name, near);
	else
		warn("there is no workload %s in this build", name);
	return false;
}

static bool print(const struct buf *b, const char *path)
{
	if (path) {
		if (write_file(path, buf_str(b), b->len, 0644))
			return true;
		warn("cannot write %s:", path);
		return false;
	}
	return fwrite(buf_str(b), 1, b->len, stdout) == b->len && fflush(stdout) == 0;
}

static bool draw(struct arena *a, struct report *r, const struct format *f, char *const *names,
		 size_t n, struct buf *out)
{
	struct picture p = {.report = r, .directory = path_real(a, ".")};
	struct steps targets = {0};
	bool ok = true;

	p.names = arena_array(a, const char *, r->aliases.n + n + 1);
	report_history(r);
	for (size_t i = 0; i < n; i++)
		ok = choose(&p, names[i]) && ok;
	if (!n)
		choose_all(&p);
	for (size_t i = 0; i < p.n; i++)
		report_targets(r, p.names[i], &targets);
	p.all = report_behind(r, &targets);
	return ok && f->draw(a, &p, out);
}

static int graph_main(int argc, char **argv)
{
	struct graph_options o = {0};
	struct arena a = {0};
	struct buf json = {0}, out = {0};
	struct report r = {0};
	size_t n = (size_t)parse_options(&verb_graph, argc, argv, &o);
	const char *here = path_real(&a, ".");
	const struct format *f = find_format(&a, &o);

	if (!f)
		return 2;
	bool ok = enter_build_dir(o.builddir, "");
	if (ok && (!read_file("out/graph.json", &json) || !report_load(&r, &a, buf_str(&json)))) {
		warn("out/graph.json is no graph");
		ok = false;
	}
	ok = ok && draw(&a, &r, f, argv + 1, n, &out) &&
	     print(&out, o.output ? path_join(&a, here ? here : ".", o.output) : NULL);
	report_free(&r);
	buf_free(&json);
	buf_free(&out);
	arena_free(&a);
	return !ok;
}

const struct verb verb_graph = {
	.name = "graph",
	.main = graph_main,
	.args = "[options] [WORKLOAD...]",
	.help = "draw the graph and what the last build did",
	.options = option_table,
	.noptions = LEN(option_table),
};
