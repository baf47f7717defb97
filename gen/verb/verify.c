/* SPDX-License-Identifier: MIT */
/*
 * fmgen verify: below the build directory, tells the build tool, before it loads the graph, what
 * changed in the world: refreshes the manifests of trees, and out/changed where generation would
 * read or write something else than last time. Puts outputs back that somebody deleted.
 *
 * --dry-run: prints what it would do anew, as targets of the Makefile: manifests, stamps of broken
 * promises, and "out/regen" where out/changed would change.
 */
#include "base/fs.h"
#include "base/util.h"
#include "emit/emit.h"
#include "emit/write.h"
#include "graph/names.h"
#include "track/outputs.h"
#include "track/settle.h"
#include "track/tree.h"
#include "verb/builddir.h"
#include "verb/verb.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* The stamp that make has beside it. */
static const char *done_of(struct arena *a, const char *stage)
{
	const char *dash = strrchr(stage, '-');

	return done_stamp(a, dash ? arena_dup(a, stage, (size_t)(dash - stage)) : "", stage);
}

static void forget_run(struct arena *a, const char *stage)
{
	unlink(script_stamp(a, stage, strlen(stage)));
	unlink(done_of(a, stage));
}

static void print_run(struct arena *a, const char *stage)
{
	puts(done_of(a, stage));
}

/* Lets a build tool that knows nothing but times see what is done. */
static bool settle_times(struct arena *a)
{
	bool needed = false;

	for (size_t i = 0; i < nemitters; i++)
		needed |= emitters[i]->by_times && emitter_in_use(emitters[i]);
	if (!needed || settle(a))
		return true;
	warn("cannot set the times of what is built:");
	return false;
}

/* For each script that promised something which is not there. */
static bool check_promises(struct arena *a, void (*broken)(struct arena *a, const char *stage))
{
	size_t n;

	/* An older fmgen wrote none; this one is about to generate again. */
	if (!path_exists("out/promises"))
		return true;
	const struct promise *promises = promises_read(a, &n);
	for (size_t i = 0; promises && i < n; i++)
		if (!path_exists(promises[i].path))
			broken(a, promises[i].stage);
	return promises;
}

static bool print_trees(struct arena *a)
{
	size_t n;
	struct tree_entry *trees = trees_read(a, &n);

	for (size_t i = 0; trees && i < n; i++) {
		const char *manifest = arena_printf(a, "out/tree/%s", trees[i].id);

		if (!path_exists(manifest))
			restore_twin(manifest);
		if (tree_is_due(a, &trees[i]) && !tree_is_current(&trees[i]))
			puts(manifest);
	}
	return trees;
}

static bool dry_run(struct arena *a)
{
	if (!path_exists("out/changed") || !generation_is_current(a))
		puts("out/regen");
	bool ok = check_promises(a, print_run);
	return print_trees(a) && ok;
}

static bool refresh(struct arena *a)
{
	bool same = path_exists("out/changed") && generation_is_current(a);
	bool ok = same || write_file("out/changed", "", 0, 0644);

	if (!ok)
		warn("cannot write out/changed:");
	ok = check_promises(a, forget_run) && ok;
	return refresh_trees(a) && ok;
}

static int verify_main(int argc, char **argv)
{
	struct arena a = {0};
	bool dry = argc == 2 && streq(argv[1], "--dry-run");

	if (argc != 1 && !dry)
		die("usage: fmgen verify [--dry-run]");
	bool ok = dry ? dry_run(&a) : refresh(&a);
	outputs_mend(&a);
	ok = settle_times(&a) && ok;
	arena_free(&a);
	return !ok;
}

const struct verb verb_verify = {.name = "verify", .main = verify_main, .args = "[--dry-run]"};
