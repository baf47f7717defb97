/* SPDX-License-Identifier: MIT */
/* fmgen show: what workloads are after inheritance, and where each value comes from. */
#include "base/diag.h"
#include "base/path.h"
#include "base/util.h"
#include "emit/dump.h"
#include "emit/show.h"
#include "verb/verb.h"
#include "verb/workloads.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct show_options {
	struct request request;
	bool json;
};

static const struct verb_option option_table[] = {
	REQUEST_OPTION("board", 'b', VALUE, "NAME", "for a spec: as in generation", board),
	REQUEST_OPTION("workdir", 0, VALUE, "DIR", "for a spec: as in generation", workdir),
	REQUEST_OPTION("config", 0, VALUE, "FILE", "for a spec: as in generation", config),
	DIAGNOSTIC_OPTIONS,
	{"json", 0, FLAG, NULL, "print JSON, for programs", offsetof(struct show_options, json)},
};

/* Parts the words into specs to load, into the request, and names of workloads, to the front. */
static size_t take_words(struct arena *a, struct request *r, char **words, size_t n)
{
	size_t names = 0;

	r->targets = arena_array(a, char *, n + 1);
	for (size_t i = 0; i < n; i++)
		if (is_spec(words[i]))
			r->targets[r->ntargets++] = words[i];
		else
			words[names++] = words[i];
	return names;
}

static struct workload *find_workload(const struct model *m, const char *name)
{
	const char **names = xcalloc(m->n, sizeof(*names));
	struct workload *found = NULL;

	for (size_t i = 0; i < m->n; i++) {
		names[i] = m->workloads[i]->name;
		if (streq(names[i], name))
			found = m->workloads[i];
	}
	const char *near = nearest_name(name, names, m->n);
	if (!found && near)
		warn("there is no workload `%s`; did you mean `%s`?", name, near);
	else if (!found)
		warn("there is no workload `%s` among those that were loaded", name);
	free(names);
	return found;
}

/* The workloads of these names, or where there are none, those that were named to generation. */
static size_t choose(const struct model *m, char **names, size_t n, struct workload **chosen)
{
	size_t count = 0;

	for (size_t i = 0; i < n; i++)
		if ((chosen[count] = find_workload(m, names[i])))
			count++;
	for (size_t i = 0; !n && i < m->n; i++)
		if (m->workloads[i]->named)
			chosen[count++] = m->workloads[i];
	return count;
}

static void print_yaml(struct arena *a, const struct model *m, struct workload **w, size_t n)
{
	struct buf b = {0};

	for (size_t i = 0; i < n; i++) {
		if (i)
			buf_puts(&b, "---\n");
		show_workload(a, &b, m, w[i], path_real(a, "."));
	}
	fputs(buf_str(&b), stdout);
	buf_free(&b);
}

static int show(struct arena *a, const struct show_options *o, char **names, size_t n)
{
	struct inputs in;
	struct diag d;

	inputs_init(&in, a);
	diag_init(&d, a);
	request_diagnostics(&o->request, &d);
	struct setup s = make_setup(a, &in, &o->request, &d);
	const struct model *m = resolve(a, &in, &s, &d);
	if (!diag_print(&d, stderr) || !m)
		return 1;
	struct workload **chosen = arena_array(a, struct workload *, m->n + n + 1);
	size_t count = choose(m, names, n, chosen);
	if (count < n)
		return 1;
	if (o->json)
		dump_specs(m, chosen, count, stdout);
	else
		print_yaml(a, m, chosen, count);
	return 0;
}

/* The last generation's request, with what was said of messages now on top of it. */
static bool read_last(struct arena *a, struct request *r)
{
	struct request now = *r;

	if (!request_read(a, r))
		return false;
	r->werror |= now.werror;
	r->strict |= now.strict;
	r->diagnostics = now.diagnostics;
	for (size_t i = 0; i < now.warnings.n; i++)
		option_list_add(&r->warnings, now.warnings.v[i]);
	request_free(&now);
	return true;
}

static int show_main(int argc, char **argv)
{
	struct show_options o = {0};
	struct arena a = {0};
	size_t n = (size_t)parse_options(&verb_show, argc, argv, &o);
	size_t names = take_words(&a, &o.request, argv + 1, n);

	if (!o.request.ntargets && !read_last(&a, &o.request)) {
		warn("name a spec, or go to a build directory");
		return 1;
	}
	int status = show(&a, &o, argv + 1, names);
	request_free(&o.request);
	arena_free(&a);
	return status;
}

const struct verb verb_show = {
	.name = "show",
	.main = show_main,
	.args = "[options] [WORKLOAD|NAME...]",
	.help = "print what a workload is, and where it was said",
	.options = option_table,
	.noptions = LEN(option_table),
};
