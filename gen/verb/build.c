/* SPDX-License-Identifier: MIT */
/* fmgen build: generation, then the build tool. */
#include "base/fs.h"
#include "base/strings.h"
#include "base/util.h"
#include "report/report.h"
#include "verb/builder.h"
#include "verb/generate.h"
#include "verb/verb.h"
#include "verb/workloads.h"

#include <stdlib.h>
#include <string.h>

struct build_options {
	struct request request;
	bool binaries, images, verbose, keep_going, spike;
};

static const struct verb_option option_table[] = {
	REQUEST_OPTIONS,
	{"binaries", 'B', FLAG, NULL, "build the binaries only",
	 offsetof(struct build_options, binaries)},
	{"images", 'I', FLAG, NULL, "build the disk images only (both: the same as neither)",
	 offsetof(struct build_options, images)},
	{"keep-going", 'k', FLAG, NULL, "after a failure go on with what does not need it",
	 offsetof(struct build_options, keep_going)},
	{"verbose", 'v', FLAG, NULL, "show what the commands print, as they do",
	 offsetof(struct build_options, verbose)},
	{"spike", 's', FLAG, NULL, "nothing: a binary for Spike is the same",
	 offsetof(struct build_options, spike)},
};

/* Adds the files that a target publishes, those of one kind. A binary that holds the root file
 * system does not make its image superfluous where that is asked for. */
static void add_files(struct arena *a, const struct report *r, const char *alias, bool images,
		      struct paths *to)
{
	const char *name = alias;

	if (images && has_suffix(alias, "-nodisk"))
		name = arena_dup(a, alias, strlen(alias) - strlen("-nodisk"));
	const cJSON *targets = map_get(&r->aliases, name);
	items_each (item, targets ? targets : (const cJSON *)map_get(&r->aliases, alias)) {
		const char *path = cJSON_GetStringValue(item);

		if (path && after_prefix(path, "images/") && has_suffix(path, ".img") == images)
			paths_add(a, to, arena_strdup(a, path));
	}
}

/* Whether a default target is that of one of the workloads, or of a job of theirs. */
static bool is_of(struct arena *a, char *const *names, const char *target)
{
	static const char *const suffixes[] = {"", "-nodisk"};

	for (size_t i = 0; i < LEN(suffixes); i++) {
		if (!has_suffix(target, suffixes[i]))
			continue;
		const char *name = arena_dup(a, target, strlen(target) - strlen(suffixes[i]));
		if (strings_have(names, name))
			return true;
		for (char *const *of = names; *of; of++)
			if (strings_have(jobs_of(a, *of), name))
				return true;
	}
	return false;
}

/* The default targets of these workloads, or the files of one kind that they publish; ends in
 * NULL. */
static const char **targets_of(struct arena *a, const struct build_options *o, char *const *names)
{
	struct buf text = {0};
	struct report r;
	struct paths targets = {0};
	bool whole = o->binaries == o->images;

	if (!read_file("out/graph.json", &text) || !report_load(&r, a, buf_str(&text)))
		die("cannot read out/graph.json");
	const cJSON *defaults = cJSON_GetObjectItem(r.json, "default");
	items_each (item, defaults) {
		const char *target = cJSON_GetStringValue(item);

		if (!target || !is_of(a, names, target))
			continue;
		if (whole)
			paths_add(a, &targets, arena_strdup(a, target));
		else
			add_files(a, &r, arena_strdup(a, target), o->images, &targets);
	}
	report_free(&r);
	buf_free(&text);
	if (!targets.n)
		warn("note: there is no %s to build", whole	  ? "file"
						      : o->images ? "disk image"
								  : "binary");
	paths_add(a, &targets, NULL);
	return targets.v;
}

static int build(struct arena *a, struct build_options *o, char **specs, size_t n)
{
	char **names = arena_array(a, char *, n + 1);
	struct build_call call = {.keep_going = o->keep_going, .verbose = o->verbose};

	memcpy(names, specs, n * sizeof(*names));
	if (!add_specs(a, &o->request, names, n))
		return 1;
	call.targets = targets_of(a, o, names);
	return *call.targets ? run_builder(a, request_emitter(&o->request), &call) : 0;
}

static int build_main(int argc, char **argv)
{
	struct build_options o = {0};
	struct arena a = {0};
	int n = parse_options(&verb_build, argc, argv, &o);
	int status = build(&a, &o, argv + 1, (size_t)n);

	request_free(&o.request);
	arena_free(&a);
	return status;
}

const struct verb verb_build = {
	.name = "build",
	.main = build_main,
	.args = "[options] WORKLOAD...",
	.help = "generate, then build",
	.options = option_table,
	.noptions = LEN(option_table),
};
