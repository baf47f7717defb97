/* SPDX-License-Identifier: MIT */
/* fmgen launch: generates if given specs, builds, boots. */
#include "base/diag.h"
#include "base/escape.h"
#include "base/fs.h"
#include "base/strings.h"
#include "base/supervise.h"
#include "base/util.h"
#include "run/machine.h"
#include "verb/builder.h"
#include "verb/workloads.h"

#include <stdlib.h>
#include <string.h>

struct launch {
	struct request request; /* for specs */
	const char *timeout, *at_once;
	struct option_list jobs;
	bool all, snapshot, spike;
};

static const struct verb_option option_table[] = {
	{"builddir", 'C', VALUE, "DIR", "the build directory (default: here)",
	 offsetof(struct launch, request.builddir)},
	{"all", 'a', FLAG, NULL, "boot all jobs, in the place of the workload itself",
	 offsetof(struct launch, all)},
	{"job", 'j', LIST, "JOB", "boot that job (may be repeated)", offsetof(struct launch, jobs)},
	{"at-once", 0, VALUE, "N", "boot N jobs at a time (default: as memory allows)",
	 offsetof(struct launch, at_once)},
	{"no-disk", 'd', FLAG, NULL, "boot the binary that holds the root file system",
	 offsetof(struct launch, request.no_disk)},
	{"initramfs", 'i', FLAG, NULL, "the same as -d", offsetof(struct launch, request.no_disk)},
	{"snapshot", 0, FLAG, NULL, "boot the disk as it was built; throw away what is written",
	 offsetof(struct launch, snapshot)},
	{"spike", 's', FLAG, NULL, "use Spike instead of QEMU", offsetof(struct launch, spike)},
	{"timeout", 0, VALUE, "SECONDS", "end each machine after that time, with status 124",
	 offsetof(struct launch, timeout)},
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

/* What is booted for one workload: its own machine, or those of jobs. */
struct boot {
	const char *name;
	struct args ids;     /* of parameter files */
	struct args targets; /* of the build tool */
	bool jobs;
};

static const char *args_file(struct arena *a, const char *id)
{
	return arena_printf(a, "out/args/%s", id);
}

static char **read_words(struct arena *a, const char *id, size_t *n)
{
	struct map roots = {.arena = a};

	if (!read_roots(a, "out/roots", &roots))
		return NULL;
	return read_args(a, args_file(a, id), &roots, n);
}

static bool read_machine(struct arena *a, const char *id, struct machine *m)
{
	struct args w = {0};
	size_t n = 0;
	char **words = read_words(a, id, &n);

	args_add(a, &w, "boot");
	for (size_t i = 0; words && i < n; i++)
		args_add(a, &w, words[i]);
	return words && machine_read(a, m, (int)w.n, (char *const *)w.v);
}

static void cannot_launch(struct arena *a, const struct launch *l, const char *name)
{
	bool disk = path_exists(args_file(a, arena_printf(a, "launch-%s", name)));

	if (!disk && !path_exists(args_file(a, arena_printf(a, "launch-%s-nodisk", name))))
		warn("%s has nothing to boot", name);
	else if (l->spike && !l->request.no_disk)
		warn("%s cannot run on Spike with a disk; try --no-disk", name);
	else if (l->spike)
		warn("%s cannot run on Spike", name);
	else
		warn("%s has no binary that holds its root file system", name);
}

/* The parameters of a machine: out/args/launch-NAME, with -nodisk and -spike as asked for. A
 * machine that has the other binary only gets that one; NULL with a message. */
static const char *find_machine(struct arena *a, const struct launch *l, const char *name)
{
	const char *simulator = l->spike ? "-spike" : "";
	const char *disk = arena_printf(a, "launch-%s%s", name, simulator);
	const char *none = arena_printf(a, "launch-%s-nodisk%s", name, simulator);
	const char *wanted = l->request.no_disk ? none : disk;
	const char *other = l->request.no_disk ? disk : none;
	struct machine m;

	if (path_exists(args_file(a, wanted)))
		return wanted;
	if (!path_exists(args_file(a, other)) || (l->spike && other == none) ||
	    (other == disk && (!read_machine(a, disk, &m) || m.img))) {
		cannot_launch(a, l, name);
		return NULL;
	}
	return other;
}

static bool add_machine(struct arena *a, const struct launch *l, struct boot *b, const char *name)
{
	const char *id = find_machine(a, l, name);
	struct machine m;

	if (!id || !read_machine(a, id, &m))
		return false;
	for (size_t i = 0; i < b->ids.n; i++)
		if (streq(b->ids.v[i], id))
			return true;
	args_add(a, &b->ids, id);
	args_add(a, &b->targets,
		 has_suffix(m.bin, "-nodisk") ? arena_printf(a, "%s-nodisk", name) : name);
	return true;
}

/* A job by its own name, or by that of its workload too. */
static const char *find_job(struct arena *a, const char *name, char *const *jobs, const char *job)
{
	const char *full = arena_printf(a, "%s-%s", name, job);
	size_t n = strings_count(jobs), skip = strlen(name) + 1;
	const char **short_names = arena_array(a, const char *, n + 1);

	for (size_t i = 0; i < n; i++) {
		short_names[i] = jobs[i] + skip;
		if (streq(jobs[i], full) || streq(jobs[i], job))
			return jobs[i];
	}
	const char *near = nearest_name(job, short_names, n);
	if (near)
		warn("%s has no job %s; did you mean %s?", name, job, near);
	else
		warn("%s has no job %s", name, job);
	for (size_t i = 0; !near && i < n; i++)
		warn("note: there is %s", short_names[i]);
	return NULL;
}

/* What is to be booted; false with messages. */
static bool choose(struct arena *a, const struct launch *l, struct boot *b)
{
	char **jobs = jobs_of(a, b->name);
	bool ok = true;

	b->jobs = l->all || l->jobs.n;
	if (!b->jobs)
		return add_machine(a, l, b, b->name);
	if (!*jobs) {
		warn("%s has no jobs", b->name);
		return false;
	}
	for (size_t i = 0; l->all && jobs[i]; i++)
		ok = add_machine(a, l, b, jobs[i]) && ok;
	for (size_t i = 0; !l->all && i < l->jobs.n; i++) {
		const char *job = find_job(a, b->name, jobs, l->jobs.v[i].text);

		ok = job && add_machine(a, l, b, job) && ok;
	}
	return ok;
}

static int build(struct arena *a, const struct boot *boots, size_t n)
{
	struct args targets = {0};

	for (size_t i = 0; i < n; i++)
		args_add_all(a, &targets, &boots[i].targets);
	struct build_call call = {.targets = targets.v};
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

	if (!read_machine(a, b->ids.v[0], &m))
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
	char **words = read_words(a, b->ids.v[0], &n);

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
	char **names = take_workloads(a, &l->request, "launch", words, nwords);
	int status = 0, stopped_by = 0;
	bool ok = names;

	size_t n = names ? strings_count(names) : 0;
	struct boot *boots = arena_array(a, struct boot, n + 1);
	for (size_t i = 0; i < n; i++) {
		boots[i].name = names[i];
		ok = choose(a, l, &boots[i]) && ok;
	}
	status = ok ? build(a, boots, n) : 1;
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
	free(l.jobs.v);
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
