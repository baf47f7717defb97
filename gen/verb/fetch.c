/* SPDX-License-Identifier: MIT */
/* fmgen fetch: the only step that uses the network. What to get is the board's data; scripts/fetch
 * gets it. */
#include "base/path.h"
#include "base/proc.h"
#include "base/util.h"
#include "verb/generate.h"
#include "verb/verb.h"

#include <stdio.h>
#include <stdlib.h>

struct fetch_call {
	struct arena arena;
	const char *script, *cache;
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

static int fetch_one(struct fetch_call *c, const struct fetch *f)
{
	struct arena *a = &c->arena;
	char **argv = arena_array(a, char *, f->doc->n + 8);
	size_t n = 0;

	argv[n++] = "sh";
	argv[n++] = arena_strdup(a, c->script);
	argv[n++] = arena_printf(a, "--cache=%s", c->cache);
	argv[n++] = arena_printf(a, "--name=%s", f->name.s);
	for (size_t i = 0; i < f->doc->n; i++)
		argv[n++] = fetch_word(a, f, f->doc->keys[i].s, f->doc->items[i]->text);
	if (c->options.update)
		argv[n++] = "--update";
	if (c->options.offline)
		argv[n++] = "--offline";
	return proc_run(argv);
}

static bool asked_for(const struct fetch *f, char **names, int n)
{
	for (int i = 0; i < n; i++)
		if (streq(f->name.s, names[i]))
			return true;
	return n == 0;
}

static void check_names(const struct board *b, char **names, int n)
{
	const char **known = xcalloc(b->nfetches + 1, sizeof(*known));

	for (size_t i = 0; i < b->nfetches; i++)
		known[i] = b->fetches[i].name.s;
	for (int k = 0; k < n; k++) {
		bool found = false;

		for (size_t i = 0; i < b->nfetches; i++)
			found = found || streq(known[i], names[k]);
		const char *near = found ? NULL : nearest_name(names[k], known, b->nfetches);
		if (!found)
			die("the board %s has no source '%s'%s%s%s", b->name.s, names[k],
			    near ? "; did you mean '" : "", near ? near : "", near ? "'?" : "");
	}
	free(known);
}

static int fetch_main(int argc, char **argv)
{
	struct fetch_call c = {0};
	int n = parse_options(&verb_fetch, argc, argv, &c.options);
	struct inputs in;
	struct diag d;
	int status = 0;

	inputs_init(&in, &c.arena);
	diag_init(&d, &c.arena);
	const struct setup setup = make_setup(&c.arena, &in, &c.options.request, &d);
	c.script = path_join(&c.arena, setup.data_dir, "scripts/fetch");
	c.cache = setup.fetch_dir;
	const struct board *b = board_load(&c.arena, &in, &setup, &d);
	if (!diag_print(&d, stderr) || !b)
		return 1;
	check_names(b, argv + 1, n);
	for (size_t i = 0; i < b->nfetches && status == 0; i++)
		if (asked_for(&b->fetches[i], argv + 1, n))
			status = fetch_one(&c, &b->fetches[i]);
	arena_free(&c.arena);
	return status;
}

const struct verb verb_fetch = {
	.name = "fetch",
	.main = fetch_main,
	.args = "[options] [SOURCE...]",
	.help = "get the sources that a board names",
	.options = option_table,
	.noptions = LEN(option_table),
};
