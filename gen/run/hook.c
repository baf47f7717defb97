/* SPDX-License-Identifier: MIT */
#include "run/hook.h"
#include "base/path.h"
#include "base/supervise.h"
#include "base/util.h"
#include "run/quiet.h"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

/* Runs argv in a directory, in a process group of its own. */
static int run_in(const char *dir, struct job *job)
{
	int here = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC), status = 1;

	if (here < 0 || (dir && chdir(dir) != 0))
		warn("cannot go to %s:", dir ? dir : ".");
	else
		status = supervise(job);
	if (here >= 0 && (fchdir(here) != 0 || close(here) != 0))
		die("cannot go back to the build directory:");
	if (job->stopped_by)
		raise(job->stopped_by);
	return job->stopped_by ? 128 + job->stopped_by : status;
}

void hook_words(struct arena *a, const struct hook *h, struct args *to)
{
	if (h->script)
		args_add(a, to, arena_printf(a, "--hook=%s", h->script));
	if (h->dir)
		args_add(a, to, arena_printf(a, "--hook-dir=%s", h->dir));
	for (size_t i = 0; i < h->args.n; i++)
		args_add(a, to, arena_printf(a, "--hook-arg=%s", h->args.v[i]));
}

int hook_run(struct arena *a, const struct hook *h, const char *results)
{
	struct args words = {0};

	if (!h->script)
		return 0;
	const char *log = arena_printf(a, "%s/hook.log", results);
	const char *real = path_real(a, results), *script = path_real(a, h->script);
	struct job job = {.out = open(log, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644)};
	if (!script || !real || job.out < 0) {
		warn("post_run_hook: cannot use %s:", !script ? h->script : log);
		return 1;
	}
	args_add(a, &words, script);
	args_add_all(a, &words, &h->args);
	args_add(a, &words, real);
	job.argv = (char *const *)words.v;
	warn("note: running the post_run_hook %s; its log is %s", h->script, log);
	int status = run_in(h->dir, &job);
	close(job.out);
	show_file(log);
	if (status)
		warn("post_run_hook: %s failed with status %d", h->script, status);
	return status;
}
