/* SPDX-License-Identifier: MIT */
/* fmgen why [TARGET...]: what the build tool would run, and why; or else what ran last, and why. */
#include "base/fs.h"
#include "base/util.h"
#include "report/inputs.h"
#include "report/lines.h"
#include "track/outputs.h"
#include "verb/builddir.h"
#include "verb/builder.h"
#include "verb/generate.h"

#include <stdio.h>

struct why {
	const char *builddir;
};

static const struct verb_option option_table[] = {
	{"builddir", 'C', VALUE, "DIR", "the build directory (default: here)",
	 offsetof(struct why, builddir)},
};

/* Tells what has changed of what generation read. */
static void tell_generation(void)
{
	struct hash_cache *cache = hash_cache_open(NULL);
	struct buf old = {0}, now = {0}, changes = {0};

	if (read_file("out/inputs", &old) && inputs_current(buf_str(&old), old.len, cache, &now))
		inputs_changes(buf_str(&old), buf_str(&now), &changes);
	puts("The graph would be written anew:");
	put_lines(stdout, changes.len ? changes.data : "some of its files are missing\n");
	putchar('\n');
	buf_free(&old);
	buf_free(&now);
	buf_free(&changes);
	hash_cache_close(cache);
}

/* The graph as it is, or as it would be after the generation that the build tool would begin with.
 */
static bool read_graph(struct arena *a, struct buf *json)
{
	struct request request = {0};

	if (generation_is_current(a) && read_file("out/graph.json", json))
		return true;
	tell_generation();
	if (!request_read(a, &request))
		return false;
	request.json = json;
	return generate(a, &request) == 0;
}

static int tell(struct arena *a, char *const *names)
{
	struct report r = {0};
	struct steps targets = {0};
	struct buf json = {0};
	bool ok = refresh_trees(a) && read_graph(a, &json);

	outputs_mend(a);
	if (ok && !report_load(&r, a, buf_str(&json))) {
		warn("out/graph.json is no graph");
		ok = false;
	}
	if (ok)
		report_history(&r);
	r.make = builder_of(a)->by_times;
	for (size_t i = 0; ok && names[i]; i++)
		ok = report_find(&r, names[i], &targets);
	if (ok && !names[0])
		report_targets(&r, NULL, &targets);
	if (ok)
		report_why(&r, &targets, stdout);
	report_free(&r);
	buf_free(&json);
	return !ok;
}

static int why_main(int argc, char **argv)
{
	struct why given = {0};
	struct arena a = {0};

	parse_options(&verb_why, argc, argv, &given);
	if (!enter_build_dir(given.builddir, ""))
		return 1;
	int status = tell(&a, argv + 1);
	arena_free(&a);
	return status;
}

const struct verb verb_why = {
	.name = "why",
	.main = why_main,
	.args = "[-C DIR] [TARGET...]",
	.help = "what would be built, and why",
	.options = option_table,
	.noptions = LEN(option_table),
};
