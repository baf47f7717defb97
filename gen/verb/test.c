/* SPDX-License-Identifier: MIT */
/*
 * fmgen test: generates if given specs, builds, and has the graph run the tests, which keeps what
 * has passed; or compares a run that is there. Then tells what became of them.
 */
#include "base/fs.h"
#include "base/path.h"
#include "base/supervise.h"
#include "base/util.h"
#include "run/verdict.h"
#include "verb/builder.h"
#include "verb/testing.h"
#include "verb/workloads.h"

#include <errno.h>
#include <unistd.h>

static const struct verb_option option_table[] = {
	REQUEST_OPTIONS,
	{"force", 'f', FLAG, NULL, "run tests again that have passed, too",
	 offsetof(struct test_options, force)},
	{"junit", 0, VALUE, "FILE", "also write what they found as JUnit XML",
	 offsetof(struct test_options, junit)},
	{"manual", 'm', VALUE, "DIR", "build and run nothing: only compare that run",
	 offsetof(struct test_options, run)},
	{"spike", 's', FLAG, NULL, "use Spike instead of QEMU",
	 offsetof(struct test_options, spike)},
	{"verbose", 'v', FLAG, NULL, "show what the commands print, as they do",
	 offsetof(struct test_options, verbose)},
};

static void set_verdict(struct test *t, enum verdict_of_test verdict, const char *why)
{
	t->suite->verdict = verdict;
	t->suite->why = why;
}

/* Takes over what a trial has written. */
static bool take_result(struct arena *a, struct test *t, const char *path)
{
	if (result_read(a, &t->suite->result, path))
		return true;
	t->suite->result = (struct trial_result){0};
	return false;
}

static void judge_result(struct test *t)
{
	bool failed = result_failures(&t->suite->result);

	set_verdict(t, failed ? TEST_FAILED : TEST_PASSED, NULL);
}

static const char interrupted[] = "interrupted";

/* A build of its own, for one that may only take so long; 128 + the signal that has ended it, or 0.
 */
static int build_within(struct testing *g, struct test *t)
{
	struct build_call call = {
		.targets = t->builds.v, .limit = t->build_limit, .verbose = g->o->verbose};
	int status = run_builder(g->a, builder_of(g->a), &call);

	if (status == TIMED_OUT)
		set_verdict(
			t, TEST_NOT_BUILT,
			arena_printf(g->a, "the build took longer than %lld s", t->build_limit));
	else if (status && status <= 128)
		set_verdict(t, TEST_NOT_BUILT, "the build failed");
	if (status && status <= 128)
		t->id = NULL;
	return status > 128 ? status : 0;
}

/* Makes it run, also where it has passed. */
static void forget(struct testing *g, const struct test *t)
{
	const char *stamps[] = {arena_printf(g->a, "%s/passed", t->dir),
				arena_printf(g->a, "out/done/test/%s", t->id)};

	for (size_t i = 0; i < LEN(stamps); i++)
		if (unlink(stamps[i]) < 0 && errno != ENOENT && errno != ENOTDIR)
			warn("cannot remove %s:", stamps[i]);
}

static bool is_new(const struct test *t)
{
	struct stat now;

	return stat(t->result, &now) == 0 &&
	       (now.st_ino != t->before.st_ino || now.st_ctim.tv_sec != t->before.st_ctim.tv_sec ||
		now.st_ctim.tv_nsec != t->before.st_ctim.tv_nsec);
}

/* One that did not run though others failed: was there no need to, or could it not be built? */
static void judge_other(struct testing *g, struct test *t)
{
	struct build_call call = {.targets = t->builds.v, .quiet = true};

	if (run_builder(g->a, builder_of(g->a), &call))
		set_verdict(t, TEST_NOT_BUILT, "the build failed");
	else if (!path_exists(arena_printf(g->a, "%s/passed", t->dir)))
		set_verdict(t, TEST_NOT_RUN,
			    arena_printf(g->a, "it could not be run: out/log/%s.log", t->id));
	else
		set_verdict(t, TEST_UNCHANGED, NULL);
}

static void judge(struct testing *g, struct test *t, int status)
{
	if (is_new(t) && take_result(g->a, t, t->result)) {
		judge_result(t);
		if (t->suite->verdict == TEST_FAILED)
			t->suite->report = arena_printf(g->a, "%s/report", t->dir);
		return;
	}
	if (!status)
		set_verdict(t, TEST_UNCHANGED, NULL);
	else if (status > 128)
		set_verdict(t, TEST_NOT_RUN, interrupted);
	else
		judge_other(g, t);
	if (t->suite->verdict == TEST_UNCHANGED)
		take_result(g->a, t, t->result);
}

/* What is still to be run, by one call of the build tool. */
static int run_tests(struct testing *g)
{
	struct args ids = {0};
	int status = 0;

	for (size_t i = 0; i < g->n; i++) {
		struct test *t = &g->v[i];

		if (!t->id)
			continue;
		if (g->o->force)
			forget(g, t);
		if (stat(t->result, &t->before) < 0)
			t->before = (struct stat){0};
		args_add(g->a, &ids, t->id);
	}
	if (ids.n) {
		struct build_call call = {
			.targets = ids.v, .keep_going = true, .verbose = g->o->verbose};

		status = run_builder(g->a, builder_of(g->a), &call);
	}
	for (size_t i = 0; i < g->n; i++)
		if (g->v[i].id)
			judge(g, &g->v[i], status);
	return status > 128 ? status : 0;
}

/* Compares a run that is there, and builds nothing. */
static int compare_only(struct testing *g, struct test *t)
{
	struct args w = {0};
	size_t n = 0;
	char **words = test_words(g->a, t, &n);
	const char *result = arena_printf(g->a, "%s/compared.json", t->dir);

	args_add(g->a, &w, "/proc/self/exe");
	args_add(g->a, &w, "trial");
	for (size_t i = 0; words && i < n; i++)
		args_add(g->a, &w, words[i]);
	args_add(g->a, &w, arena_printf(g->a, "--compare-only=%s", g->o->run));
	args_add(g->a, &w, arena_printf(g->a, "--result=%s", result));
	struct job job = {.argv = (char *const *)w.v, .out = -1};
	unlink(result);
	supervise(&job);
	if (take_result(g->a, t, result))
		judge_result(t);
	else
		set_verdict(t, TEST_NOT_RUN, "it could not be compared");
	return job.stopped_by ? 128 + job.stopped_by : 0;
}

/* 0, or 128 + the signal that has ended it. */
static int run_all(struct testing *g)
{
	int status = 0;

	for (size_t i = 0; i < g->n; i++) {
		struct test *t = &g->v[i];

		if (t->id && !status && g->o->run)
			status = compare_only(g, t);
		else if (t->id && !status && t->build_limit)
			status = build_within(g, t);
	}
	if (!status && !g->o->run)
		return run_tests(g);
	for (size_t i = 0; status && i < g->n; i++)
		if (g->v[i].id && !g->v[i].suite->result.n)
			set_verdict(&g->v[i], TEST_NOT_RUN, interrupted);
	return status;
}

/* As seen from any directory. */
static const char *absolute(struct arena *a, const char *path)
{
	const char *here = path_real(a, ".");

	return path && here ? path_join(a, here, path) : path;
}

static int test(struct arena *a, struct test_options *o, char **words, size_t nwords)
{
	struct testing g = {.a = a, .o = o};

	o->junit = absolute(a, o->junit);
	o->run = absolute(a, o->run);
	if (o->run && !is_dir(o->run)) {
		warn("%s is not a directory", o->run);
		return 1;
	}
	char **names = take_workloads(a, &o->request, "test", words, nwords);
	if (!names)
		return 1;
	find_tests(&g, names);
	int status = run_all(&g);
	suites_print(g.suites, g.n, stdout);
	for (size_t i = 0; i < g.n && !status; i++)
		status = !verdict_is_good(g.suites[i].verdict);
	if (!o->junit || suites_write_junit(g.suites, g.n, o->junit))
		return status;
	warn("cannot write %s:", o->junit);
	return status ? status : 1;
}

static int test_main(int argc, char **argv)
{
	struct test_options o = {0};
	struct arena a = {0};
	int status = 2, n = parse_options(&verb_test, argc, argv, &o);

	if (!n)
		warn("test: which workload? Give names of this build, or specs' files");
	else
		status = test(&a, &o, argv + 1, (size_t)n);
	request_free(&o.request);
	arena_free(&a);
	return status;
}

const struct verb verb_test = {
	.name = "test",
	.main = test_main,
	.args = "[options] NAME|WORKLOAD...",
	.help = "build workloads, boot them and compare what they print with what they should",
	.options = option_table,
	.noptions = LEN(option_table),
};
