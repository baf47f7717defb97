/* SPDX-License-Identifier: MIT */
/* fmgen install: generates if given a spec, builds, and hands over to an installer of the board. */
#include "base/escape.h"
#include "base/fs.h"
#include "base/util.h"
#include "deliver/delivery.h"
#include "verb/builder.h"
#include "verb/workloads.h"
#include "verb/verb.h"

#include <stdlib.h>
#include <string.h>

struct install {
	struct request request; /* for a spec */
	const char *target;
	bool verbose;
};

static const struct verb_option option_table[] = {
	REQUEST_OPTIONS,
	{"target", 't', VALUE, "INSTALLER", "the installer of the board (default: its own)",
	 offsetof(struct install, target)},
	{"verbose", 'v', FLAG, NULL, "show what the commands print, as they do",
	 offsetof(struct install, verbose)},
};

static void no_installer(struct arena *a, const char *name)
{
	size_t n = 0;
	char **files = list_dir(a, "out/args", &n);

	for (size_t i = 0; files && i < n; i++)
		if (after_prefix(files[i], "install-")) {
			warn("%s has no binary to install", name);
			return;
		}
	warn("%s: the board has no installer (that of FireSim belongs to the board firechip)",
	     name);
}

/* Reads the parameters of install-NAME, and what this call says over them. */
static bool read_delivery(struct arena *a, const struct install *i, const char *name,
			  struct delivery *d)
{
	const char *path = arena_printf(a, "out/args/install-%s", name);
	struct map roots = {.arena = a};
	size_t n;

	if (!path_exists(path)) {
		no_installer(a, name);
		return false;
	}
	char **args = read_roots(a, "out/roots", &roots) ? read_args(a, path, &roots, &n) : NULL;
	if (!args)
		return false;
	char **words = arena_array(a, char *, n + 2);
	memcpy(words, args, n * sizeof(*words));
	if (i->target)
		words[n++] = arena_printf(a, "--target=%s", i->target);
	if (i->request.no_disk)
		words[n++] = arena_printf(a, "--kind=no-disk");
	delivery_read(d, a, words, n);
	return delivery_choose(d);
}

static int install_one(struct arena *a, const struct install *i, const char *name)
{
	struct delivery d;
	const char **files = read_delivery(a, i, name, &d) ? delivery_files(&d) : NULL;
	struct build_call call = {.targets = files, .verbose = i->verbose};

	if (!files)
		return 1;
	int status = delivery_run(&d, true);
	if (!status)
		status = run_builder(a, builder_of(a), &call);
	return status ? status : delivery_run(&d, false);
}

/* One that fails does not stop the next. */
static int install(struct arena *a, struct install *i, char **words, size_t n)
{
	char **names = take_workloads(a, &i->request, "install", words, n);
	int first = names ? 0 : 1;

	for (size_t j = 0; names && names[j]; j++) {
		int status = install_one(a, i, names[j]);

		if (!first)
			first = status;
	}
	return first;
}

static int install_main(int argc, char **argv)
{
	struct install i = {0};
	struct arena a = {0};
	int n = parse_options(&verb_install, argc, argv, &i);

	if (!n) {
		warn("install: give a workload: a name of this build, or a spec's file");
		return 2;
	}
	int status = install(&a, &i, argv + 1, (size_t)n);
	request_free(&i.request);
	arena_free(&a);
	return status;
}

const struct verb verb_install = {
	.name = "install",
	.main = install_main,
	.args = "[options] NAME|WORKLOAD...",
	.help = "build, and install for FireSim or another target of the board",
	.options = option_table,
	.noptions = LEN(option_table),
};
