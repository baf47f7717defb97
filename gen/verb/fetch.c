/* SPDX-License-Identifier: MIT */
/* fmgen fetch: the only step that uses the network. What to get is the board's data, which
 * scripts/fetch gets; and that of distros, each of which has a script for it. */
#include "base/path.h"
#include "base/proc.h"
#include "base/util.h"
#include "verb/generate.h"
#include "verb/verb.h"

#include <stdio.h>
#include <string.h>

struct fetch_call {
	struct arena arena;
	const char *script, *cache, *cross;
	struct fetch_options {
		struct request request;
		bool update, offline;
	} options;
};

static const struct verb_option option_table[] = {
	REQUEST_OPTION("board", 'b', VALUE, "NAME", "the board whose sources to get (qemu)", board),
	REQUEST_OPTION("config", 0, VALUE, "FILE", "the configuration (fmgen.yaml here)", config),
	{"update", 'u', FLAG, NULL, "look for newer versions of what is there",
	 offsetof(struct fetch_options, update)},
	{"offline", 0, FLAG, NULL, "fail instead of using the network",
	 offsetof(struct fetch_options, offline)},
};

/* What scripts/fetch is told of one key; a patch is a file of the board. */
static char *fetch_word(struct arena *a, const struct fetch *f, const char *key, const char *value)
{
	if (streq(key, "patch"))
		value = path_join(a, f->dir, value);
	return arena_printf(a, "--%s=%s", key, value);
}

static int run_fetch(struct fetch_call *c, char **argv, size_t n)
{
	if (c->options.update)
		argv[n++] = "--update";
	if (c->options.offline)
		argv[n++] = "--offline";
	return proc_run(argv);
}

static char **fetch_words(struct arena *a, const char *script, const char *cache, const char *name,
			  size_t more, size_t *n)
{
	char **argv = arena_array(a, char *, more + 7);

	argv[(*n)++] = "sh";
	argv[(*n)++] = arena_strdup(a, script);
	argv[(*n)++] = arena_printf(a, "--cache=%s", cache);
	argv[(*n)++] = arena_printf(a, "--name=%s", name);
	return argv;
}

static int fetch_source(struct fetch_call *c, const struct fetch *f)
{
	size_t n = 0;
	char **argv = fetch_words(&c->arena, c->script, c->cache, f->name.s, f->doc->n, &n);

	for (size_t i = 0; i < f->doc->n; i++)
		argv[n++] = fetch_word(&c->arena, f, f->doc->keys[i].s, f->doc->items[i]->text);
	return run_fetch(c, argv, n);
}

/* What the image of a workload's distro is made of: each once. */
static int fetch_distro(struct fetch_call *c, struct map *done, const struct workload *w)
{
	const struct fetched *f = w->fetched;
	size_t n = 0;

	if (!f || !wl_named(w) || wl_image_given(w) || map_get(done, f->name))
		return 0;
	map_put(done, f->name, arena_strdup(&c->arena, w->name));
	const char *script = path_join(&c->arena, w->distro->dir, w->distro->fetch.s);
	char **argv = fetch_words(&c->arena, script, c->cache, f->name, f->nwords + 1, &n);
	for (size_t i = 0; i < f->nwords; i++)
		argv[n++] = arena_strdup(&c->arena, f->words[i]);
	if (distro_needs(w->distro, "toolchain"))
		argv[n++] = arena_printf(&c->arena, "--cross=%s", c->cross);
	return run_fetch(c, argv, n);
}

static int fetch_distros(struct fetch_call *c, const struct model *m)
{
	struct map done = {.arena = &c->arena};
	int status = 0;

	for (size_t i = 0; i < m->n && status == 0; i++)
		status = fetch_distro(c, &done, m->workloads[i]);
	return status;
}

static bool is_source(const struct board *b, const char *name)
{
	for (size_t i = 0; i < b->nfetches; i++)
		if (streq(b->fetches[i].name.s, name))
			return true;
	return false;
}

static bool is_spec(const char *name)
{
	return strchr(name, '/') || has_suffix(name, ".json") || has_suffix(name, ".yaml") ||
	       has_suffix(name, ".yml");
}

static _Noreturn void unknown_source(struct arena *a, const struct board *b, const char *name)
{
	const char **known = arena_array(a, const char *, b->nfetches);

	for (size_t i = 0; i < b->nfetches; i++)
		known[i] = b->fetches[i].name.s;
	const char *near = nearest_name(name, known, b->nfetches);
	die("the board %s has no source '%s'%s%s%s", b->name.s, name,
	    near ? "; did you mean '" : "", near ? near : "", near ? "'?" : "");
}

/* Makes the targets of a setup those arguments that are workloads. */
static void take_targets(struct fetch_call *c, const struct board *b, struct setup *s, char **names,
			 int n)
{
	s->targets = arena_array(&c->arena, const char *, (size_t)n);
	for (int i = 0; i < n; i++)
		if (is_spec(names[i]))
			s->targets[s->ntargets++] = names[i];
		else if (!is_source(b, names[i]))
			unknown_source(&c->arena, b, names[i]);
}

/* A workload needs all that the board has. */
static int fetch_sources(struct fetch_call *c, const struct board *b, bool all, char **names, int n)
{
	int status = 0;

	for (size_t i = 0; i < b->nfetches; i++) {
		bool asked = all;

		for (int k = 0; k < n; k++)
			asked |= streq(b->fetches[i].name.s, names[k]);
		if (asked && status == 0)
			status = fetch_source(c, &b->fetches[i]);
	}
	return status;
}

static int fetch_main(int argc, char **argv)
{
	struct fetch_call c = {0};
	int n = parse_options(&verb_fetch, argc, argv, &c.options);
	struct inputs in;
	struct diag d;

	inputs_init(&in, &c.arena);
	diag_init(&d, &c.arena);
	struct setup setup = make_setup(&c.arena, &in, &c.options.request, &d);
	c.script = path_join(&c.arena, setup.data_dir, "scripts/fetch");
	c.cache = setup.fetch_dir;
	const struct board *b = board_load(&c.arena, &in, &setup, &d);
	if (!diag_print(&d, stderr) || !b)
		return 1;
	c.cross = b->cross.s;
	take_targets(&c, b, &setup, argv + 1, n);
	const struct model *m = setup.ntargets ? resolve(&c.arena, &in, &setup, &d) : NULL;
	if (!diag_print(&d, stderr))
		return 1;
	int status = fetch_sources(&c, b, !n || m, argv + 1, n);
	if (status == 0 && m)
		status = fetch_distros(&c, m);
	arena_free(&c.arena);
	return status;
}

const struct verb verb_fetch = {
	.name = "fetch",
	.main = fetch_main,
	.args = "[options] [WORKLOAD|SOURCE...]",
	.help = "get the sources that a board names, and what workloads are made of",
	.options = option_table,
	.noptions = LEN(option_table),
};
