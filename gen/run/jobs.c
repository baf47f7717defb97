/* SPDX-License-Identifier: MIT */
#include "run/jobs.h"
#include "base/clock.h"
#include "base/escape.h"
#include "base/fs.h"
#include "base/proc.h"
#include "base/util.h"
#include "run/memory.h"
#include "run/rundir.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

/* An emulated machine keeps a processor busy, but not always. */
#define PER_PROCESSOR 2

struct pool {
	struct arena *a;
	struct jobs *jobs;
	long long budget; /* bytes; 0: not known */
	long long used;
	size_t next, running, at_once;
	sigset_t set, old;
	int stopped_by; /* the signal that this process got, or 0 */
};

/* An array of n items with room for one more: it doubles where n is a power of two. */
static void *grown(struct arena *a, void *old, size_t n, size_t size)
{
	if (n & (n - 1))
		return old;
	void *v = arena_alloc(a, (n ? 2 * n : 1) * size);

	return n ? memcpy(v, old, n * size) : v;
}

bool jobs_add(struct arena *a, struct jobs *jobs, const char *id)
{
	struct map roots = {.arena = a};
	struct guest g = {.status = -1};
	struct machine m;
	size_t n = 0;
	char **words = NULL;

	if (read_roots(a, "out/roots", &roots))
		words = read_args(a, arena_printf(a, "out/args/%s", id), &roots, &n);
	if (!words)
		return false;
	args_add(a, &g.words, "fmgen");
	args_add(a, &g.words, "boot");
	for (size_t i = 0; i < n; i++)
		args_add(a, &g.words, words[i]);
	if (!machine_read(a, &m, (int)n + 1, (char **)g.words.v + 1))
		return false;
	g.name = m.name;
	g.skip = m.skip;
	jobs->v = grown(a, jobs->v, jobs->n, sizeof(*jobs->v));
	jobs->shares = grown(a, jobs->shares, jobs->n, sizeof(*jobs->shares));
	jobs->v[jobs->n] = g;
	jobs->shares[jobs->n++] = (struct share){m.mem, m.least_mem ? m.least_mem : m.mem, 0};
	return true;
}

/* Says how they share the host, where that is not what they asked for. */
static void share(struct pool *p)
{
	struct jobs *jobs = p->jobs;
	long processors = sysconf(_SC_NPROCESSORS_ONLN);
	size_t cut = 0;

	p->budget = host_memory();
	p->at_once = jobs->at_once ? jobs->at_once : PER_PROCESSOR * (size_t)processors;
	bool fit = share_memory(jobs->shares, jobs->n, p->at_once, p->budget);
	for (size_t i = 0; i < jobs->n; i++)
		cut += jobs->shares[i].given < jobs->shares[i].want;
	if (!jobs->at_once && (!fit || p->at_once < jobs->n))
		warn("note: not all %zu machines are started at once: this host has %ld "
		     "processors, and %lld MiB of memory left (--at-once=N starts N)",
		     jobs->n, processors, p->budget >> 20);
	if (cut)
		warn("note: %zu of %zu machines get less memory than they ask for: they share that "
		     "of this host",
		     cut, jobs->n);
}

static _Noreturn void become(const struct pool *p, const struct guest *g, pid_t parent)
{
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);

	/* Even a kill -9 of this process must leave no machine behind. */
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	if (getppid() != parent)
		_exit(1);
	if (null < 0 || dup2(null, STDIN_FILENO) < 0 || dup2(null, STDOUT_FILENO) < 0)
		die("cannot open /dev/null:");
	sigprocmask(SIG_SETMASK, &p->old, NULL);
	execv("/proc/self/exe", (char *const *)g->words.v);
	warn("cannot start fmgen:");
	_exit(127);
}

static void add_words(struct pool *p, struct guest *g, const struct share *share)
{
	args_add_all(p->a, &g->words, &p->jobs->more);
	args_add(p->a, &g->words, arena_printf(p->a, "--mem=%lld", share->given));
	args_add(p->a, &g->words, arena_printf(p->a, "--log-dir=%s", g->dir));
}

static void start(struct pool *p)
{
	struct guest *g = &p->jobs->v[p->next];
	const struct share *share = &p->jobs->shares[p->next++];
	pid_t self = getpid();

	if (g->skip) {
		warn("note: %s is not launched: its spec says so (launch)", g->name);
		g->status = 0;
		return;
	}
	g->dir = rundir_part(p->a, p->jobs->dir, g->name);
	if (!g->dir) {
		g->status = 1;
		return;
	}
	add_words(p, g, share);
	g->began = clock_ms();
	g->pid = fork();
	if (g->pid == 0)
		become(p, g, self);
	if (g->pid < 0) {
		warn("cannot start a process:");
		g->status = 1;
		return;
	}
	warn("%s: started (%zu of %zu)", g->name, p->next, p->jobs->n);
	p->used += share->given;
	p->running++;
}

static bool may_start(const struct pool *p)
{
	const struct jobs *jobs = p->jobs;

	if (p->stopped_by || p->next == jobs->n)
		return false;
	if (!p->running || jobs->v[p->next].skip)
		return true;
	if (p->running >= p->at_once)
		return false;
	return jobs->at_once || !p->budget || p->used + jobs->shares[p->next].given <= p->budget;
}

/* Where it was killed, or has not come so far, it left none. */
static void leave_status(struct arena *a, const struct guest *g)
{
	const char *path = arena_printf(a, "%s/status", g->dir);
	const char *text = arena_printf(a, "%d\n", g->status);

	if (!path_exists(path) && !write_file(path, text, strlen(text), 0644))
		warn("cannot write %s:", path);
}

static void reap(struct pool *p)
{
	for (size_t i = 0; i < p->next; i++) {
		struct guest *g = &p->jobs->v[i];
		int wstatus;

		if (!g->pid || waitpid(g->pid, &wstatus, WNOHANG) != g->pid)
			continue;
		g->pid = 0;
		g->status = proc_status(wstatus);
		p->running--;
		p->used -= p->jobs->shares[i].given;
		leave_status(p->a, g);
		warn("%s: ended with status %d after %lld s; its log is %s/uartlog", g->name,
		     g->status, (clock_ms() - g->began + 500) / 1000, g->dir);
	}
}

static void end_all(struct pool *p, int signal)
{
	p->stopped_by = signal;
	for (size_t i = 0; i < p->next; i++)
		if (p->jobs->v[i].pid > 0)
			kill(p->jobs->v[i].pid, signal);
}

static void run(struct pool *p)
{
	for (;;) {
		while (may_start(p))
			start(p);
		if (!p->running)
			return;
		int signal = sigwaitinfo(&p->set, NULL);
		if (signal == SIGCHLD)
			reap(p);
		else if (signal > 0)
			end_all(p, signal);
	}
}

int jobs_run(struct arena *a, struct jobs *jobs)
{
	static const int signals[] = {SIGCHLD, SIGINT, SIGTERM, SIGHUP};
	struct pool p = {.a = a, .jobs = jobs};
	int status = 0;

	sigemptyset(&p.set);
	for (size_t i = 0; i < LEN(signals); i++)
		sigaddset(&p.set, signals[i]);
	sigprocmask(SIG_BLOCK, &p.set, &p.old);
	signal(SIGCHLD, SIG_DFL);
	share(&p);
	run(&p);
	sigprocmask(SIG_SETMASK, &p.old, NULL);
	for (size_t i = 0; i < jobs->n && !status; i++)
		status = jobs->v[i].status;
	jobs->stopped = p.stopped_by;
	return p.stopped_by ? 128 + p.stopped_by : status;
}
