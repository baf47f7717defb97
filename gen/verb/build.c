/* SPDX-License-Identifier: MIT */
/* fmgen build: generation, then the build tool. */
#include "base/dirlock.h"
#include "base/fs.h"
#include "base/util.h"
#include "report/report.h"
#include "verb/builder.h"
#include "verb/generate.h"
#include "verb/verb.h"

#include <stdlib.h>

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

/* Adds the files that a default target publishes: those of one kind. A binary that holds the root
 * file system does not make its image superfluous where that is asked for. */
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
			paths_add(a, to, path);
	}
}

/* The targets of -B or -I, as the graph has them; NULL, with a message, where there is none. */
static const char *const *targets_of(struct arena *a, bool images)
{
	struct buf text = {0};
	struct report r;
	struct paths targets = {0};

	if (!read_file("out/graph.json", &text) || !report_load(&r, a, buf_str(&text)))
		die("cannot read out/graph.json");
	const cJSON *defaults = cJSON_GetObjectItem(r.json, "default");
	items_each (item, defaults)
		if (cJSON_IsString(item))
			add_files(a, &r, arena_strdup(a, item->valuestring), images, &targets);
	for (size_t i = 0; i < targets.n; i++)
		targets.v[i] = arena_strdup(a, targets.v[i]);
	report_free(&r);
	buf_free(&text);
	if (!targets.n)
		warn("note: there is no %s to build", images ? "disk image" : "binary");
	paths_add(a, &targets, NULL);
	return targets.n > 1 ? targets.v : NULL;
}

static int build(struct arena *a, const struct build_options *o)
{
	struct build_call call = {.keep_going = o->keep_going, .verbose = o->verbose};

	if (o->binaries != o->images && !(call.targets = targets_of(a, o->images)))
		return 0;
	return run_builder(a, request_emitter(&o->request), &call);
}

static int build_main(int argc, char **argv)
{
	struct build_options o = {0};
	struct arena a = {0};
	int n = parse_options(&verb_build, argc, argv, &o);

	request_enter(&a, &o.request, argv + 1, (size_t)n);
	int status = dirlock_take() ? generate(&a, &o.request) : 1;
	if (!status)
		status = build(&a, &o);
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
