/* SPDX-License-Identifier: MIT */
#include "verb/builder.h"
#include "base/dirlock.h"
#include "base/proc.h"
#include "base/strings.h"
#include "base/supervise.h"
#include "base/util.h"
#include "run/environment.h"
#include "run/show.h"
#include "run/verdict.h"
#include "verb/generate.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

static char *find_program(struct arena *a, const struct emitter *e)
{
	char *program = NULL;

	for (const char *const *name = e->programs; *name && !program; name++)
		program = proc_find(a, *name);
	if (!program)
		warn("%s is not on PATH: install it (Debian package %s)", e->programs[0],
		     e->package);
	return program;
}

/* The number for -j: what the configuration says, or all processors where the tool would take one.
 * An outer make knows better. */
static const char *jobs_for(struct arena *a, const struct emitter *e)
{
	const char *jobs = read_jobs(a);

	if (e->serial && getenv("MAKELEVEL"))
		return NULL;
	if (jobs || !e->serial || getenv("MAKEFLAGS"))
		return jobs;
	return arena_printf(a, "%ld", sysconf(_SC_NPROCESSORS_ONLN));
}

static char **make_words(struct arena *a, const struct emitter *e, const struct build_call *call)
{
	size_t n = 0, ntargets = call->targets ? strings_count((char *const *)call->targets) : 0;
	char **argv = arena_array(a, char *, ntargets + 4);
	const char *jobs = jobs_for(a, e);

	argv[n++] = find_program(a, e);
	if (jobs)
		argv[n++] = arena_printf(a, "-j%s", jobs);
	if (call->keep_going)
		argv[n++] = arena_strdup(a, e->keep_going);
	for (size_t i = 0; i < ntargets; i++)
		argv[n++] = arena_strdup(a, call->targets[i]);
	return argv;
}

int run_builder(struct arena *a, const struct emitter *e, const struct build_call *call)
{
	char **argv = make_words(a, e, call);

	if (!argv[0] || !dirlock_take())
		return 1;
	if (call->verbose)
		show_pass_on();
	struct job job = {.argv = argv, .out = -1, .limit = call->limit};
	if (call->quiet)
		job.out = open("/dev/null", O_WRONLY | O_CLOEXEC);
	int status = supervise(&job);
	if (job.out >= 0)
		close(job.out);
	dirlock_leave();
	return job.stopped_by ? 128 + job.stopped_by : job.timed_out ? TIMED_OUT : status;
}

const struct emitter *builder_of(struct arena *a)
{
	struct request r;

	if (!request_read(a, &r))
		return emitters[0];
	const struct emitter *e = request_emitter(&r);
	request_free(&r);
	return e;
}
