/* SPDX-License-Identifier: MIT */
#include "base/supervise.h"
#include "base/clock.h"
#include "base/fs.h"
#include "base/proc.h"
#include "base/util.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define GRACE_MS 5000 /* from the first signal to SIGKILL */

void die_with_parent(void)
{
	pid_t parent = getppid();

	prctl(PR_SET_PDEATHSIG, SIGTERM);
	if (getppid() != parent)
		raise(SIGTERM);
}

static void redirect(int out)
{
	int null = open("/dev/null", O_RDONLY | O_CLOEXEC);

	if (null < 0 || dup2(null, 0) < 0 || dup2(out, 1) < 0 || dup2(out, 2) < 0)
		die("cannot redirect a command:");
}

static _Noreturn void become(const struct job *job, pid_t parent, const sigset_t *mask)
{
	bool grouped = job->out >= 0;

	prctl(PR_SET_PDEATHSIG, grouped ? SIGKILL : SIGTERM);
	if (getppid() != parent)
		_exit(128 + SIGKILL);
	if (grouped) {
		setpgid(0, 0);
		redirect(job->out);
	}
	sigprocmask(SIG_SETMASK, mask, NULL);
	execvp(job->argv[0], job->argv);
	warn("cannot start %s:", job->argv[0]);
	_exit(127);
}

/* Reaps orphans of the command. Whether it has ended itself; it stays a zombie, so that its number
 * still means its group. */
static bool ended(pid_t child)
{
	siginfo_t info;

	for (;;) {
		info.si_pid = 0;
		if (waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) < 0 || !info.si_pid)
			return false;
		if (info.si_pid == child)
			return true;
		waitpid(info.si_pid, NULL, 0);
	}
}

/* A process that kills the command's group when this process dies, be it by SIGKILL; -1 where
 * there can be none. */
static pid_t start_guard(pid_t child)
{
	int fds[2];
	char none;

	if (pipe2(fds, O_CLOEXEC) < 0)
		return -1;
	pid_t guard = fork();
	if (guard == 0) {
		setpgid(0, 0);
		close(fds[1]);
		while (read(fds[0], &none, 1) < 0 && errno == EINTR)
			;
		kill(-child, SIGKILL);
		_exit(0);
	}
	close(fds[0]); /* the other end is closed by our death */
	if (guard > 0)
		setpgid(guard, guard);
	return guard;
}

static void end_guard(pid_t guard)
{
	if (guard <= 0)
		return;
	kill(guard, SIGKILL);
	waitpid(guard, NULL, 0);
}

static void pass_on(const struct job *job, pid_t child, const siginfo_t *info)
{
	if (job->out >= 0)
		kill(-child, info->si_signo);
	else if (info->si_code != SI_KERNEL) /* the terminal has sent it to the command too */
		kill(child, info->si_signo);
}

/* Tells the command to end once its time is up. */
static void check_limit(struct job *job, pid_t child, long long end)
{
	if (!job->limit || job->timed_out || clock_ms() < end)
		return;
	job->timed_out = true;
	kill(job->out >= 0 ? -child : child, SIGTERM);
}

/* Waits for the command, as long as GRACE_MS after a signal. */
static void watch(struct job *job, pid_t child, const sigset_t *set)
{
	const struct timespec tick = {.tv_nsec = 100000000};
	long long deadline = 0, end = clock_ms() + job->limit * 1000;

	while (!ended(child)) {
		siginfo_t info = {0};
		int sig = sigtimedwait(set, &info, job->stopped_by || job->limit ? &tick : NULL);

		if (sig > 0 && sig != SIGCHLD) {
			pass_on(job, child, &info);
			if (!job->stopped_by)
				deadline = clock_ms() + GRACE_MS;
			job->stopped_by = sig;
		}
		if (job->stopped_by && job->out >= 0 && clock_ms() > deadline)
			kill(-child, SIGKILL);
		check_limit(job, child, end);
	}
}

static int reap(pid_t child)
{
	int wstatus = 0;

	while (waitpid(child, &wstatus, 0) < 0 && errno == EINTR)
		;
	return proc_status(wstatus);
}

/* Leaves nothing of the command's group behind. */
static int reap_group(pid_t child)
{
	kill(-child, SIGKILL);
	int status = reap(child);
	while (waitpid(-child, NULL, 0) > 0 || errno == EINTR)
		;
	return status;
}

static bool kill_children(struct arena *a)
{
	size_t n = 0, killed = 0;
	char **names = list_dir(a, "/proc", &n);

	for (size_t i = 0; names && i < n; i++) {
		int pid = atoi(names[i]);

		if (pid <= 0 || proc_info(a, pid).parent != getpid())
			continue;
		kill(pid, SIGKILL);
		reap(pid);
		killed++;
	}
	return killed;
}

/* What has left the command's group is a child of ours, or becomes one when its parent dies. */
static void end_strays(void)
{
	struct arena a = {0};

	while (kill_children(&a))
		;
	arena_free(&a);
}

int supervise(struct job *job)
{
	pid_t self = getpid();
	sigset_t set, old;

	sigemptyset(&set);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGHUP);
	sigaddset(&set, SIGCHLD);
	sigprocmask(SIG_BLOCK, &set, &old);
	signal(SIGCHLD, SIG_DFL);
	prctl(PR_SET_CHILD_SUBREAPER, 1);
	pid_t child = fork();
	if (child < 0)
		die("cannot start a process:");
	if (child == 0)
		become(job, self, &old);
	if (job->out >= 0)
		setpgid(child, child);
	pid_t guard = job->out >= 0 ? start_guard(child) : -1;
	job->stopped_by = 0;
	job->timed_out = false;
	watch(job, child, &set);
	int status = job->out >= 0 ? reap_group(child) : reap(child);
	end_guard(guard);
	if (job->out >= 0 && (job->stopped_by || status))
		end_strays();
	sigprocmask(SIG_SETMASK, &old, NULL);
	return status;
}
