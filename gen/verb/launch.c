/* SPDX-License-Identifier: MIT */
/* fmgen launch: generates if given specs, builds, boots. */
#include "base/strings.h"
#include "base/supervise.h"
#include "base/util.h"
#include "verb/builder.h"
#include "verb/machines.h"
#include "verb/workloads.h"

#include <stdlib.h>
#include <string.h>

struct launch {
	struct request request; /* for specs */
	const char *timeout, *at_once;
	struct wish wish;
	bool snapshot, verbose;
};

static const struct verb_option option_table[] = {
	{"builddir", 'C', VALUE, "DIR", "the build directory (default: here)",
	 offsetof(struct launch, request.builddir)},
	{"all", 'a', FLAG, NULL, "boot all jobs, in the place of the workload itself",
	 offsetof(struct launch, wish.all)},
	{"job", 'j', LIST, "JOB", "boot that job (may be repeated)",
	 offsetof(struct launch, wish.jobs)},
	{"at-once", 0, VALUE, "N", "boot N jobs at a time (default: what this host is good for)",
	 offsetof(struct launch, at_once)},
	{"no-disk", 'd', FLAG, NULL, "boot the binary that holds the root file system",
	 offsetof(struct launch, request.no_disk)},
	{"initramfs", 'i', FLAG, NULL, "the same as -d", offsetof(struct launch, request.no_disk)},
	{"snapshot", 0, FLAG, NULL, "boot the disk as it was built; throw away what is written",
	 offsetof(struct launch, snapshot)},
	{"spike", 's', FLAG, NULL, "use Spike instead of QEMU",
	 offsetof(struct launch, wish.spike)},
	{"timeout", 0, VALUE, "SECONDS", "end each machine after that time, with status 124",
	 offsetof(struct launch, timeout)},
	{"verbose", 'v', FLAG, NULL, "show what the commands of the build print",
	 offsetof(struct launch, verbose)},
	{"board", 'b', VALUE, "NAME", "for a spec: as in generation",
	 offsetof(struct launch, request.board)},
	{"generator", 'G', VALUE, "ninja|make", "for a spec: as in generation",
	 offsetof(struct launch, request.generator)},
	{"workdir", 0, VALUE, "DIR", "for a spec: as in generation",
	 offsetof(struct launch, request.workdir)},
	{"config", 0, VALUE, "FILE", "for a spec: as in generation",
	 offsetof(struct launch, request.config)},
	DIAGNOSTIC_OPTIONS,
};

static int build(struct arena *a, const struct launch *l, const struct boot *boots, size_t n)
{
	struct args targets = {0};

	for (size_t i = 0; i < n; i++)
		args_add_all(a, &targets, &boots[i].targets);
	struct build_call call = {.targets = targets.v, .verbose = l->verbose};
	return run_builder(a, builder_of(a), &call);
}

static void add_option(struct arena *a, struct args *w, const char *key, const char *value)
{
	if (value)
		args_add(a, w, arena_printf(a, "--%s=%s", key, value));
}

/* fmgen boot-jobs. The hook of their workload is known to each of the jobs. */
static bool words_for_jobs(struct arena *a, const struct launch *l, const struct boot *b,
			   struct args *w)
{
	struct machine m;

	if (!machine_of(a, b->ids.v[0], &m))
		return false;
	args_add(a, w, "boot-jobs");
	add_option(a, w, "name", b->name);
	for (size_t i = 0; i < b->ids.n; i++)
		add_option(a, w, "machine", b->ids.v[i]);
	add_option(a, w, "at-once", l->at_once);
	hook_words(a, &m.hook, w);
	return true;
}

static bool words_for_one(struct arena *a, const struct boot *b, struct args *w)
{
	size_t n = 0;
	char **words = machine_words(a, b->ids.v[0], &n);

	args_add(a, w, "boot");
	for (size_t i = 0; words && i < n; i++)
		args_add(a, w, words[i]);
	if (b->jobs)
		add_option(a, w, "run", b->name);
	return words;
}

/* Boots in a process of its own, so that nothing of one run is left in the next. */
static int boot(struct arena *a, const struct launch *l, const struct boot *b, int *stopped_by)
{
	struct args w = {0};

	args_add(a, &w, "/proc/self/exe");
	if (b->ids.n == 1 ? !words_for_one(a, b, &w) : !words_for_jobs(a, l, b, &w))
		return 1;
	add_option(a, &w, "timeout", l->timeout);
	if (l->snapshot)
		args_add(a, &w, "--snapshot");
	struct job job = {.argv = (char *const *)w.v, .out = -1};
	int status = supervise(&job);
	*stopped_by = job.stopped_by;
	return job.stopped_by ? 128 + job.stopped_by : status;
}

static int launch(struct arena *a, struct launch *l, char **words, size_t nwords)
{
	l->wish.no_disk = l->request.no_disk;
	char **names = take_workloads(a, &l->request, "launch", words, nwords);
	int status = 0, stopped_by = 0;
	bool ok = names;

	size_t n = names ? strings_count(names) : 0;
	struct boot *boots = arena_array(a, struct boot, n + 1);
	for (size_t i = 0; i < n; i++) {
		boots[i].name = names[i];
		ok = choose_machines(a, &l->wish, &boots[i]) && ok;
	}
	status = ok ? build(a, l, boots, n) : 1;
	if (status)
		return status;
	for (size_t i = 0; i < n && !stopped_by; i++) {
		int s = boot(a, l, &boots[i], &stopped_by);

		if (!status || stopped_by)
			status = s;
	}
	return status;
}

/* Checked before anything is built. */
static bool is_number(const char *text, const char *option)
{
	if (!text || (*text && !text[strspn(text, "0123456789")]))
		return true;
	warn("launch: --%s=%s is not a number", option, text);
	return false;
}

static int launch_main(int argc, char **argv)
{
	struct launch l = {0};
	struct arena a = {0};
	int status = 2, n = parse_options(&verb_launch, argc, argv, &l);

	if (!is_number(l.timeout, "timeout") || !is_number(l.at_once, "at-once"))
		status = 2;
	else if (!n)
		warn("launch: which workload? Give names of this build, or specs' files");
	else
		status = launch(&a, &l, argv + 1, (size_t)n);
	free(l.wish.jobs.v);
	request_free(&l.request);
	arena_free(&a);
	return status;
}

const struct verb verb_launch = {
	.name = "launch",
	.main = launch_main,
	.args = "[options] NAME|WORKLOAD...",
	.help = "build workloads and boot them",
	.options = option_table,
	.noptions = LEN(option_table),
};
