/* SPDX-License-Identifier: MIT */
/* fmgen launch: generates if given a spec, builds with ninja, boots. */
#include "base/diag.h"
#include "base/escape.h"
#include "base/fs.h"
#include "base/path.h"
#include "base/util.h"
#include "run/machine.h"
#include "verb/ninja.h"
#include "verb/options.h"
#include "verb/verb.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define NAMED "out/named" /* the workloads of the last generation that were named, one a line */

struct launch {
	const char *builddir, *board, *workdir, *timeout;
	bool no_disk, snapshot, spike, werror;
};

static bool is_spec(const char *word)
{
	return strchr(word, '/') || has_suffix(word, ".json") || has_suffix(word, ".yaml") ||
	       has_suffix(word, ".yml");
}

static void add_value(struct arena *a, struct args *w, const char *key, const char *value)
{
	if (value)
		args_add(a, w, arena_printf(a, "--%s=%s", key, value));
}

/* Generates for one spec, which leaves us in the build directory; the name of its workload, or
 * NULL. */
static const char *generate_spec(struct arena *a, const struct launch *l, const char *spec)
{
	struct args w = {0};
	struct buf b = {0};

	args_add(a, &w, "fmgen");
	add_value(a, &w, "builddir", l->builddir);
	add_value(a, &w, "board", l->board);
	add_value(a, &w, "workdir", l->workdir);
	if (l->no_disk)
		args_add(a, &w, "--no-disk");
	if (l->werror)
		args_add(a, &w, "--werror");
	args_add(a, &w, "--");
	args_add(a, &w, spec);
	if (verb_generate((int)w.n, (char **)w.v) != 0)
		return NULL;
	const char *name = path_stem(a, spec);
	if (read_file(NAMED, &b))
		name = arena_dup(a, buf_str(&b), strcspn(buf_str(&b), "\n"));
	buf_free(&b);
	return name;
}

static bool enter_build(const struct launch *l)
{
	if (l->builddir && chdir(l->builddir) != 0) {
		warn("cannot use the build directory %s:", l->builddir);
		return false;
	}
	if (path_exists("build.ninja") && is_dir("out/args"))
		return true;
	warn("%s is not a build directory: run `fmgen WORKLOAD.json` there first, or give launch "
	     "the spec's file",
	     l->builddir ? l->builddir : "this directory");
	return false;
}

/* out/args/launch-NAME, with -nodisk and -spike as asked for. */
static const char *args_file(struct arena *a, const struct launch *l, const char *name)
{
	return arena_printf(a, "out/args/launch-%s%s%s", name, l->no_disk ? "-nodisk" : "",
			    l->spike ? "-spike" : "");
}

static void no_such_workload(struct arena *a, const char *name)
{
	size_t n = 0, names = 0;
	char **files = list_dir(a, "out/args", &n);
	const char **known = arena_array(a, const char *, n + 1);

	for (size_t i = 0; files && i < n; i++) {
		const char *s = after_prefix(files[i], "launch-");

		if (s && !has_suffix(s, "-nodisk") && !has_suffix(s, "-spike"))
			known[names++] = s;
	}
	const char *near = nearest_name(name, known, names);
	if (near)
		warn("there is no workload %s in this build; did you mean %s?", name, near);
	else
		warn("there is no workload %s in this build", name);
	for (size_t i = 0; !near && i < names; i++)
		warn("note: there is %s", known[i]);
}

static bool can_launch(struct arena *a, const struct launch *l, const char *name)
{
	if (path_exists(args_file(a, l, name)))
		return true;
	if (!path_exists(arena_printf(a, "out/args/launch-%s", name)) &&
	    !path_exists(arena_printf(a, "out/args/launch-%s-nodisk", name)))
		no_such_workload(a, name);
	else if (l->spike && !l->no_disk)
		warn("%s cannot run on Spike with a disk; try --no-disk", name);
	else if (l->spike)
		warn("%s cannot run on Spike", name);
	else if (l->no_disk)
		warn("%s has no binary that holds its root file system", name);
	else
		warn("%s has a binary that holds its root file system only; use --no-disk", name);
	return false;
}

static int build(struct arena *a, const struct launch *l, const char *name)
{
	return run_ninja(a, l->no_disk ? arena_printf(a, "%s-nodisk", name) : name);
}

static int boot(struct arena *a, const struct launch *l, const char *name)
{
	struct map roots = {.arena = a};
	struct args w = {0};
	size_t n;

	if (!read_roots(a, "out/roots", &roots))
		return 1;
	char **args = read_args(a, args_file(a, l, name), &roots, &n);
	if (!args)
		return 1;
	args_add(a, &w, "boot");
	for (size_t i = 0; i < n; i++)
		args_add(a, &w, args[i]);
	add_value(a, &w, "timeout", l->timeout);
	if (l->snapshot)
		args_add(a, &w, "--snapshot");
	return verb_boot((int)w.n, (char **)w.v);
}

static int launch(struct arena *a, const struct launch *l, const char *word)
{
	const char *name = word;

	if (is_spec(word))
		name = generate_spec(a, l, word);
	else if (!enter_build(l))
		name = NULL;
	if (!name || !can_launch(a, l, name))
		return 1;
	int status = build(a, l, name);
	return status ? status : boot(a, l, name);
}

int verb_launch(int argc, char **argv)
{
	struct launch l = {0};
	struct arena a = {0};
	const struct verb_option table[] = {
		{"builddir", 'C', VALUE, "DIR", "the build directory (default: here)", &l.builddir},
		{"no-disk", 'd', FLAG, NULL, "boot the binary that holds the root file system",
		 &l.no_disk},
		{"snapshot", 0, FLAG, NULL,
		 "boot the disk as it was built; throw away what is written", &l.snapshot},
		{"spike", 's', FLAG, NULL, "use Spike instead of QEMU", &l.spike},
		{"timeout", 0, VALUE, "SECONDS", "end the machine after that time, with status 124",
		 &l.timeout},
		{"board", 'b', VALUE, "NAME", "for a spec: as in generation", &l.board},
		{"workdir", 0, VALUE, "DIR", "for a spec: as in generation", &l.workdir},
		{"werror", 0, FLAG, NULL, "for a spec: as in generation", &l.werror},
	};

	int n = parse_options("launch [options] NAME|SPEC", table, LEN(table), argc, argv);
	if (n != 1) {
		warn("launch: give one workload: a name of this build, or a spec's file");
		return 2;
	}
	int status = launch(&a, &l, argv[1]);
	arena_free(&a);
	return status;
}
