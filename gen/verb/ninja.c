/* SPDX-License-Identifier: MIT */
#include "verb/ninja.h"
#include "base/dirlock.h"
#include "base/fs.h"
#include "base/proc.h"
#include "base/supervise.h"
#include "base/util.h"

const char *read_jobs(struct arena *a)
{
	struct buf b = {0};
	const char *jobs = NULL;

	if (read_file("out/jobs", &b))
		jobs = arena_dup(a, buf_str(&b), strspn(buf_str(&b), "0123456789"));
	buf_free(&b);
	return jobs && *jobs ? jobs : NULL;
}

int run_ninja(struct arena *a, const char *target)
{
	char *ninja = proc_find(a, "ninja");

	if (!ninja)
		ninja = proc_find(a, "samu");
	if (!ninja) {
		warn("ninja is not on PATH: install it (Debian package ninja-build)");
		return 1;
	}
	if (!dirlock_take())
		return 1;
	const char *jobs = read_jobs(a);
	char *argv[4] = {ninja};
	size_t n = 1;
	if (jobs)
		argv[n++] = arena_printf(a, "-j%s", jobs);
	if (target)
		argv[n] = arena_strdup(a, target);
	struct job job = {.argv = argv, .out = -1};
	int status = supervise(&job);
	dirlock_leave();
	return job.stopped_by ? 128 + job.stopped_by : status;
}
