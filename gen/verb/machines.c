/* SPDX-License-Identifier: MIT */
#include "verb/machines.h"
#include "base/diag.h"
#include "base/escape.h"
#include "base/fs.h"
#include "base/strings.h"
#include "base/util.h"
#include "verb/workloads.h"

#include <string.h>

static const char *args_file(struct arena *a, const char *id)
{
	return arena_printf(a, "out/args/%s", id);
}

char **machine_words(struct arena *a, const char *id, size_t *n)
{
	struct map roots = {.arena = a};

	if (!read_roots(a, "out/roots", &roots))
		return NULL;
	return read_args(a, args_file(a, id), &roots, n);
}

bool machine_of(struct arena *a, const char *id, struct machine *m)
{
	struct args all = {0};
	size_t n = 0;
	char **words = machine_words(a, id, &n);

	args_add(a, &all, "boot");
	for (size_t i = 0; words && i < n; i++)
		args_add(a, &all, words[i]);
	return words && machine_read(a, m, (int)all.n, (char *const *)all.v);
}

static void cannot_launch(struct arena *a, const struct wish *w, const char *name)
{
	bool disk = path_exists(args_file(a, arena_printf(a, "launch-%s", name)));

	if (!disk && !path_exists(args_file(a, arena_printf(a, "launch-%s-nodisk", name))))
		warn("%s has nothing to boot", name);
	else if (w->spike && !w->no_disk)
		warn("%s cannot run on Spike with a disk; try --no-disk", name);
	else if (w->spike)
		warn("%s cannot run on Spike", name);
	else
		warn("%s has no binary that holds its root file system", name);
}

/* The parameters of a machine: out/args/launch-NAME, with -nodisk and -spike as asked for. A
 * machine that has the other binary only gets that one; NULL with a message. */
static const char *find_machine(struct arena *a, const struct wish *w, const char *name)
{
	const char *simulator = w->spike ? "-spike" : "";
	const char *disk = arena_printf(a, "launch-%s%s", name, simulator);
	const char *none = arena_printf(a, "launch-%s-nodisk%s", name, simulator);
	const char *wanted = w->no_disk ? none : disk;
	const char *other = w->no_disk ? disk : none;
	struct machine m;

	if (path_exists(args_file(a, wanted)))
		return wanted;
	if (!path_exists(args_file(a, other)) || (w->spike && other == none) ||
	    (other == disk && (!machine_of(a, disk, &m) || m.img))) {
		cannot_launch(a, w, name);
		return NULL;
	}
	return other;
}

static bool add_machine(struct arena *a, const struct wish *w, struct boot *b, const char *name)
{
	const char *id = find_machine(a, w, name);
	struct machine m;

	if (!id || !machine_of(a, id, &m))
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

bool choose_machines(struct arena *a, const struct wish *w, struct boot *b)
{
	char **jobs = jobs_of(a, b->name);
	bool ok = true;

	b->jobs = w->all || w->jobs.n;
	if (!b->jobs)
		return add_machine(a, w, b, b->name);
	if (!*jobs) {
		warn("%s has no jobs", b->name);
		return false;
	}
	for (size_t i = 0; w->all && jobs[i]; i++)
		ok = add_machine(a, w, b, jobs[i]) && ok;
	for (size_t i = 0; !w->all && i < w->jobs.n; i++) {
		const char *job = find_job(a, b->name, jobs, w->jobs.v[i].text);

		ok = job && add_machine(a, w, b, job) && ok;
	}
	return ok;
}
