/* SPDX-License-Identifier: MIT */
/* fmgen boot-jobs: boots several machines in one run. The graph calls it with
 * out/args/launch-jobs-NAME. */
#include "base/util.h"
#include "decode/values.h"
#include "run/jobs.h"
#include "run/rundir.h"
#include "verb/verb.h"

struct boot_jobs {
	const char *name;
	const char *timeout;
	struct args machines; /* IDs of parameter files */
	long long at_once;
	struct hook hook;
	bool snapshot;
};

#define KEY(name, kind, member)                                \
	{                                                      \
		name, kind, offsetof(struct boot_jobs, member) \
	}

static const struct key keys[] = {
	KEY("name", KEY_TEXT, name),	     KEY("machine", KEY_LIST, machines),
	KEY("at-once", KEY_NUMBER, at_once), KEY("timeout", KEY_TEXT, timeout),
	KEY("snapshot", KEY_YES, snapshot),  HOOK_KEYS("", boot_jobs, hook),
};

static bool parse(struct arena *a, struct boot_jobs *b, int argc, char **argv)
{
	if (!keys_read(a, keys, LEN(keys), b, argc, argv) || !key_given(argv[0], "name", b->name) ||
	    !key_given(argv[0], "machine", b->machines.n ? b->machines.v[0] : NULL))
		return false;
	if (!is_name(b->name))
		warn("boot-jobs: %s is not a workload's name", b->name);
	return is_name(b->name);
}

static int boot_jobs(struct arena *a, const struct boot_jobs *b)
{
	struct jobs jobs = {.at_once = (size_t)b->at_once};

	for (size_t i = 0; i < b->machines.n; i++)
		if (!jobs_add(a, &jobs, b->machines.v[i]))
			return 1;
	if (b->snapshot)
		args_add(a, &jobs.more, "--snapshot");
	if (b->timeout)
		args_add(a, &jobs.more, arena_printf(a, "--timeout=%s", b->timeout));
	jobs.dir = rundir_make(a, b->name, "launch");
	if (!jobs.dir)
		return 1;
	int status = jobs_run(a, &jobs);
	int hook = jobs.stopped ? 0 : hook_run(a, &b->hook, jobs.dir);
	return status ? status : hook;
}

static int boot_jobs_main(int argc, char **argv)
{
	struct boot_jobs b = {0};
	struct arena a = {0};
	int status = parse(&a, &b, argc, argv) ? boot_jobs(&a, &b) : 2;

	arena_free(&a);
	return status;
}

const struct verb verb_boot_jobs = {
	.name = "boot-jobs", .main = boot_jobs_main, .args = "--KEY=VALUE..."};
