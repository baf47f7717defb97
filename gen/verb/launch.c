/* SPDX-License-Identifier: MIT */
/* fmgen launch: generates if given a spec, builds, boots. */
#include "base/diag.h"
#include "base/dirlock.h"
#include "base/escape.h"
#include "base/fs.h"
#include "base/path.h"
#include "base/util.h"
#include "run/machine.h"
#include "verb/builddir.h"
#include "verb/builder.h"
#include "verb/generate.h"
#include "verb/verb.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define NAMED "out/named" /* the workloads of the last generation that were named, one a line */

struct launch {
	struct request request; /* for a spec */
	const char *timeout;
	bool snapshot, spike;
};

static const struct verb_option option_table[] = {
	{"builddir", 'C', VALUE, "DIR", "the build directory (default: here)",
	 offsetof(struct launch, request.builddir)},
	{"no-disk", 'd', FLAG, NULL, "boot the binary that holds the root file system",
	 offsetof(struct launch, request.no_disk)},
	{"snapshot", 0, FLAG, NULL, "boot the disk as it was built; throw away what is written",
	 offsetof(struct launch, snapshot)},
	{"spike", 's', FLAG, NULL, "use Spike instead of QEMU", offsetof(struct launch, spike)},
	{"timeout", 0, VALUE, "SECONDS", "end the machine after that time, with status 124",
	 offsetof(struct launch, timeout)},
	{"board", 'b', VALUE, "NAME", "for a spec: as in generation",
	 offsetof(struct launch, request.board)},
	{"generator", 'G', VALUE, "ninja|make", "for a spec: as in generation",
	 offsetof(struct launch, request.generator)},
	{"workdir", 0, VALUE, "DIR", "for a spec: as in generation",
	 offsetof(struct launch, request.workdir)},
	{"config", 0, VALUE, "FILE", "for a spec: as in generation",
	 offsetof(struct launch, request.config)},
	{"warning", 'W', LIST, "[no-]NAME", "for a spec: as in generation",
	 offsetof(struct launch, request.warnings)},
	{"error", 'E', LIST, "NAME", "for a spec: as in generation",
	 offsetof(struct launch, request.warnings)},
	{"werror", 0, FLAG, NULL, "for a spec: as in generation",
	 offsetof(struct launch, request.werror)},
	{"strict", 0, FLAG, NULL, "for a spec: as in generation",
	 offsetof(struct launch, request.strict)},
	{"diagnostics", 0, VALUE, "FORMAT", "for a spec: as in generation",
	 offsetof(struct launch, request.diagnostics)},
};

static bool is_spec(const char *word)
{
	return strchr(word, '/') || has_suffix(word, ".json") || has_suffix(word, ".yaml") ||
	       has_suffix(word, ".yml");
}

/* Generates for one spec, which leaves us in the build directory; the name of its workload, or
 * NULL. */
static const char *generate_spec(struct arena *a, struct launch *l, char *spec)
{
	char **targets = arena_array(a, char *, 1);
	struct buf b = {0};

	targets[0] = spec;
	request_enter(a, &l->request, targets, 1);
	if (!dirlock_take() || generate(a, &l->request) != 0)
		return NULL;
	const char *name = path_stem(a, spec);
	if (read_file(NAMED, &b))
		name = arena_dup(a, buf_str(&b), strcspn(buf_str(&b), "\n"));
	buf_free(&b);
	return name;
}

/* out/args/launch-NAME, with -nodisk and -spike as asked for. */
static const char *args_file(struct arena *a, const struct launch *l, const char *name)
{
	return arena_printf(a, "out/args/launch-%s%s%s", name, l->request.no_disk ? "-nodisk" : "",
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
	else if (l->spike && !l->request.no_disk)
		warn("%s cannot run on Spike with a disk; try --no-disk", name);
	else if (l->spike)
		warn("%s cannot run on Spike", name);
	else
		warn("%s has no binary that holds its root file system", name);
	return false;
}

/* A machine without a disk has the other binary only. */
static void choose_binary(struct arena *a, struct launch *l, const char *name)
{
	bool there = path_exists(args_file(a, l, name));

	if (there || l->request.no_disk)
		return;
	l->request.no_disk = true;
	l->request.no_disk = path_exists(args_file(a, l, name));
}

static int build(struct arena *a, const struct launch *l, const char *name)
{
	const char *target = l->request.no_disk ? arena_printf(a, "%s-nodisk", name) : name;
	const struct build_call call = {.targets = (const char *const[]){target, NULL}};

	return run_builder(a, builder_of(a), &call);
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
	if (l->timeout)
		args_add(a, &w, arena_printf(a, "--timeout=%s", l->timeout));
	if (l->snapshot)
		args_add(a, &w, "--snapshot");
	return verb_boot.main((int)w.n, (char **)w.v);
}

static int launch(struct arena *a, struct launch *l, char *word)
{
	const char *name = word;

	if (is_spec(word))
		name = generate_spec(a, l, word);
	else if (!enter_build_dir(l->request.builddir, ", or give launch the spec's file"))
		name = NULL;
	if (name && !l->spike)
		choose_binary(a, l, name);
	if (!name || !can_launch(a, l, name))
		return 1;
	int status = build(a, l, name);
	return status ? status : boot(a, l, name);
}

static int launch_main(int argc, char **argv)
{
	struct launch l = {0};
	struct arena a = {0};

	if (parse_options(&verb_launch, argc, argv, &l) != 1) {
		warn("launch: give one workload: a name of this build, or a spec's file");
		return 2;
	}
	int status = launch(&a, &l, argv[1]);
	request_free(&l.request);
	arena_free(&a);
	return status;
}

const struct verb verb_launch = {
	.name = "launch",
	.main = launch_main,
	.args = "[options] NAME|WORKLOAD",
	.help = "build a workload and boot it",
	.options = option_table,
	.noptions = LEN(option_table),
};
