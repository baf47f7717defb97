/* SPDX-License-Identifier: MIT */
/* fmgen clean: removes what belongs to some workloads only, or what belongs to none. */
#include "base/dirlock.h"
#include "base/fs.h"
#include "base/path.h"
#include "base/strings.h"
#include "base/util.h"
#include "clean/clean.h"
#include "track/lock.h"
#include "verb/builddir.h"
#include "verb/verb.h"
#include "verb/workloads.h"

#include <string.h>

struct clean {
	const char *builddir;
	bool stale, dry;
};

static const struct verb_option option_table[] = {
	{"builddir", 'C', VALUE, "DIR", "the build directory (default: here)",
	 offsetof(struct clean, builddir)},
	{"stale", 0, FLAG, NULL, "remove what no workload of this build uses",
	 offsetof(struct clean, stale)},
	{"dry-run", 'n', FLAG, NULL, "only tell what would be removed",
	 offsetof(struct clean, dry)},
};

/* The file of the spec behind something that is published as images/NAME…; NULL: there is none. */
static const char *spec_of(struct arena *a, const struct report *r, const char *name)
{
	static const char *const suffixes[] = {"-bin", ".img", "-bin-nodisk"};
	const struct step *s = NULL;

	for (size_t i = 0; i < LEN(suffixes) && !s; i++)
		s = map_get(&r->by_output, arena_printf(a, "images/%s%s", name, suffixes[i]));
	if (!s || !s->why)
		return NULL;
	/* FILE:LINE:COLUMN */
	char *file = arena_strdup(a, s->why), *colon;
	for (int i = 0; i < 2 && (colon = strrchr(file, ':')); i++)
		*colon = '\0';
	return file;
}

/* The workload of a spec: the first one, as its jobs are of the same file. real: its path, or NULL
 * where it is gone or was found by the search path. */
static const char *name_of_spec(struct arena *a, const struct report *r, char *const *all,
				const char *word, const char *real)
{
	for (; *all; all++) {
		const char *file = spec_of(a, r, *all);
		const char *path = file && real ? path_real(a, file) : NULL;

		if (path ? streq(path, real) : file && streq(path_base(file), path_base(word)))
			return *all;
	}
	warn("%s is not the spec of a workload of this build", word);
	return NULL;
}

struct word {
	const char *text, *real;
};

/* The workloads that were given, with their jobs; NULL with messages. */
static char **names_of(struct arena *a, const struct report *r, char *const *all,
		       const struct word *words, size_t n)
{
	size_t count = 0;
	bool ok = true;
	char **names = arena_array(a, char *, (strings_count(all) + 1) * (n + 1));

	for (size_t i = 0; i < n; i++) {
		bool spec = is_spec(words[i].text);
		const char *name = spec ? name_of_spec(a, r, all, words[i].text, words[i].real)
					: words[i].text;
		char **jobs = name ? jobs_of(a, name) : NULL;

		if (!jobs && !spec)
			no_such_workload(a, name);
		ok = ok && jobs;
		if (jobs)
			names[count++] = arena_strdup(a, name);
		for (; jobs && *jobs; jobs++)
			names[count++] = *jobs;
	}
	return ok ? names : NULL;
}

static bool clean(struct arena *a, const struct clean *c, const struct word *words, size_t n)
{
	struct heap heap = {.arena = a, .seen = {.arena = a}};
	struct buf text = {0};
	struct report r;

	if (!enter_build_dir(c->builddir, "") || !dirlock_take())
		return false;
	bool ok = read_file("out/graph.json", &text) && report_load(&r, a, buf_str(&text));
	buf_free(&text);
	if (!ok) {
		warn("cannot read out/graph.json: generate first");
		return false;
	}
	char **all = all_workloads(a), **names = names_of(a, &r, all, words, n);
	if (names)
		clean_own(&heap, &r, names, all);
	if (c->stale)
		clean_stale(&heap, &r, all);
	if (!names)
		warn("note: `fmgen clean --stale` removes what workloads have left that are not in "
		     "this build");
	ok = names && heap_remove(&heap, c->dry, c->stale || c->dry);
	locks_leave();
	report_free(&r);
	return ok;
}

static int clean_main(int argc, char **argv)
{
	struct clean c = {0};
	struct arena a = {0};
	int n = parse_options(&verb_clean, argc, argv, &c);
	struct word *words = arena_array(&a, struct word, (size_t)n + 1);

	if (!n && !c.stale) {
		warn("clean: give workloads, or --stale for what none of them uses");
		return 2;
	}
	for (int i = 0; i < n; i++)
		words[i] = (struct word){argv[i + 1], path_real(&a, argv[i + 1])};
	bool ok = clean(&a, &c, words, (size_t)n);
	arena_free(&a);
	return ok ? 0 : 1;
}

const struct verb verb_clean = {
	.name = "clean",
	.main = clean_main,
	.args = "[options] [NAME|WORKLOAD...]",
	.help = "remove what was built for workloads, or what is no more used",
	.options = option_table,
	.noptions = LEN(option_table),
};
