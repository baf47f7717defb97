/* SPDX-License-Identifier: MIT */
#include "verb/testing.h"
#include "base/escape.h"
#include "base/fs.h"
#include "base/strings.h"
#include "base/util.h"

#include <stdlib.h>
#include <string.h>

static bool has_args(struct arena *a, const char *id)
{
	return path_exists(arena_printf(a, "out/args/%s", id));
}

static const char *test_id(struct arena *a, const char *name, bool no_disk, bool spike)
{
	return arena_printf(a, "test-%s%s%s", name, no_disk ? "-nodisk" : "",
			    spike ? "-spike" : "");
}

/* A workload that has the other binary only is tested with that one. */
static const char *find_test(struct arena *a, const struct test_options *o, const char *name)
{
	const char *id = test_id(a, name, o->request.no_disk, o->spike);

	if (!has_args(a, id) && !o->request.no_disk && !o->spike)
		id = test_id(a, name, true, false);
	return has_args(a, id) ? id : NULL;
}

/* Why a workload has no such test. */
static void no_test(struct arena *a, const struct test_options *o, struct suite *s)
{
	bool any = false;

	for (int i = 0; i < 4; i++)
		any = any || has_args(a, test_id(a, s->name, i & 1, i & 2));
	s->verdict = any ? TEST_NOT_RUN : TEST_SKIPPED;
	if (!any)
		s->why = "it has no `testing`, or nothing to boot";
	else if (o->spike && has_args(a, test_id(a, s->name, true, true)))
		s->why = "it cannot run on Spike with a disk; try --no-disk";
	else if (o->spike)
		s->why = "it cannot run on Spike";
	else
		s->why = "it has no binary that holds its root file system";
}

/* The target that publishes what the machine launch-NAME boots. */
static const char *build_target(struct arena *a, const char *machine)
{
	const char *name = after_prefix(machine, "launch-");
	size_t len = name ? strlen(name) : 0;

	if (len && has_suffix(name, "-spike"))
		len -= strlen("-spike");
	return arena_dup(a, name ? name : machine, len ? len : strlen(machine));
}

char **test_words(struct arena *a, const struct test *t, size_t *n)
{
	struct map roots = {.arena = a};

	if (!read_roots(a, "out/roots", &roots))
		return NULL;
	return read_args(a, arena_printf(a, "out/args/%s", t->id), &roots, n);
}

static void read_test(struct arena *a, struct test *t)
{
	size_t n = 0;
	char **words = test_words(a, t, &n);

	t->dir = arena_printf(a, "out/test/%s", after_prefix(t->id, "test-"));
	t->result = arena_printf(a, "%s/result.json", t->dir);
	for (size_t i = 0; words && i < n; i++) {
		const char *machine = after_prefix(words[i], "--machine=");
		const char *limit = after_prefix(words[i], "--build-timeout=");

		if (machine)
			args_add(a, &t->builds, build_target(a, machine));
		if (limit)
			t->build_limit = atoll(limit);
	}
}

void find_tests(struct testing *g, char *const *names)
{
	g->n = strings_count(names);
	g->suites = arena_array(g->a, struct suite, g->n + 1);
	g->v = arena_array(g->a, struct test, g->n + 1);
	for (size_t i = 0; i < g->n; i++) {
		struct test *t = &g->v[i];

		g->suites[i] = (struct suite){.name = names[i]};
		t->suite = &g->suites[i];
		t->id = find_test(g->a, g->o, names[i]);
		if (t->id)
			read_test(g->a, t);
		else
			no_test(g->a, g->o, t->suite);
	}
}
