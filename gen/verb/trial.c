/* SPDX-License-Identifier: MIT */
/* fmgen trial: runs the machines of a test and compares what they left with its reference. The
 * graph calls it with out/args/test-NAME. */
#include "base/clock.h"
#include "base/fs.h"
#include "base/util.h"
#include "decode/values.h"
#include "run/jobs.h"
#include "run/rundir.h"
#include "trial/compare.h"
#include "trial/lines.h"
#include "trial/report.h"
#include "verb/verb.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

struct trial {
	const char *name, *ref, *from, *to;
	const char *out;      /* the directory of the results */
	const char *run;      /* only compare this directory */
	const char *result;   /* where the result goes */
	struct args machines; /* IDs of parameter files */
	struct hook hook;
	long long timeout, build_timeout;
};

#define KEY(name, kind, member)                            \
	{                                                  \
		name, kind, offsetof(struct trial, member) \
	}

static const struct key keys[] = {
	KEY("name", KEY_TEXT, name),
	KEY("ref", KEY_TEXT, ref),
	KEY("strip-from", KEY_TEXT, from),
	KEY("strip-to", KEY_TEXT, to),
	KEY("out", KEY_TEXT, out),
	KEY("compare-only", KEY_TEXT, run),
	KEY("result", KEY_TEXT, result),
	KEY("machine", KEY_LIST, machines),
	KEY("run-timeout", KEY_NUMBER, timeout),
	KEY("build-timeout", KEY_NUMBER, build_timeout),
	HOOK_KEYS("", trial, hook),
};

static bool parse(struct arena *a, struct trial *t, int argc, char **argv)
{
	const char *verb = argv[0];

	if (!keys_read(a, keys, LEN(keys), t, argc, argv) || !key_given(verb, "name", t->name) ||
	    !key_given(verb, "ref", t->ref) || !key_given(verb, "out", t->out) ||
	    !key_given(verb, "machine", t->machines.n ? t->machines.v[0] : NULL))
		return false;
	if (!is_name(t->name))
		warn("%s: %s is not a workload's name", verb, t->name);
	if (!t->result)
		t->result = arena_printf(a, "%s/result.json", t->out);
	return is_name(t->name);
}

/* What `fmgen boot` says of a failure: the second line of DIR/status. */
static const char *reason(struct arena *a, const struct guest *g)
{
	struct buf text = {0};
	const char *why = NULL;

	if (g->dir && read_file(arena_printf(a, "%s/status", g->dir), &text)) {
		char *line = strchr(buf_str(&text), '\n');
		char *end = line ? strchr(line + 1, '\n') : NULL;

		if (end) {
			*end = '\0';
			why = safe_text(a, line + 1);
		}
	}
	buf_free(&text);
	return why ? why : arena_printf(a, "it was not booted (status %d)", g->status);
}

static void judge(struct arena *a, const struct jobs *jobs, struct trial_result *r)
{
	for (size_t i = 0; i < jobs->n; i++) {
		const struct guest *g = &jobs->v[i];

		if (!g->skip)
			result_add(a, r,
				   (struct trial_case){g->name, g->status ? reason(a, g) : NULL,
						       NULL});
	}
}

/* Boots what was built, which no guest can change. False, with a status, where this process was
 * told to end, or where nothing could be booted. */
static bool boot(struct arena *a, struct trial *t, struct trial_result *r, int *status)
{
	struct jobs jobs = {0};

	*status = 1;
	for (size_t i = 0; i < t->machines.n; i++)
		if (!jobs_add(a, &jobs, t->machines.v[i]))
			return false;
	args_add(a, &jobs.more, "--snapshot");
	if (t->timeout)
		args_add(a, &jobs.more, arena_printf(a, "--timeout=%lld", t->timeout));
	t->run = jobs.dir = rundir_make(a, t->name, "test");
	if (!t->run)
		return false;
	*status = jobs_run(a, &jobs);
	if (jobs.stopped)
		return false;
	judge(a, &jobs, r);
	if (hook_run(a, &t->hook, t->run))
		result_add(a, r, (struct trial_case){"post_run_hook", "it failed", NULL});
	return true;
}

/* False with a message. */
static bool finish(struct arena *a, const struct trial *t, const struct trial_result *r,
		   bool booted)
{
	const char *stamp = arena_printf(a, "%s/passed", t->out);
	const char *report = arena_printf(a, "%s/report", t->out);
	bool ok = result_write(r, t->result);

	if (booted)
		ok = ok && report_write(r, report);
	if (booted && !result_failures(r))
		ok = ok && write_file(stamp, "", 0, 0644);
	if (!ok)
		warn("cannot write the result of the test below %s:", t->out);
	report_brief(r, booted ? report : NULL, stdout);
	return ok;
}

static int trial(struct arena *a, struct trial *t)
{
	struct trial_result r = {.name = t->name};
	long long began = clock_ms();
	bool booted = !t->run;
	int status;

	if (booted && unlink(arena_printf(a, "%s/passed", t->out)) < 0 && errno != ENOENT)
		warn("cannot remove %s/passed:", t->out);
	if (booted && !boot(a, t, &r, &status))
		return status;
	struct comparison c = {t->ref, t->run, t->from && t->to, t->from, t->to, t->out};
	compare(a, &c, &r);
	r.run = safe_text(a, t->run);
	r.ms = clock_ms() - began;
	return finish(a, t, &r, booted) && !result_failures(&r) ? 0 : 1;
}

static int trial_main(int argc, char **argv)
{
	struct trial t = {0};
	struct arena a = {0};
	int status = parse(&a, &t, argc, argv) ? trial(&a, &t) : 2;

	arena_free(&a);
	return status;
}

const struct verb verb_trial = {.name = "trial", .main = trial_main, .args = "--KEY=VALUE..."};
