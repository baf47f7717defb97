/* SPDX-License-Identifier: MIT */
#include "base/supervise.h"
#include "base/proc.h"
#include "base/util.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define GRACE 5 /* seconds from the first signal to SIGKILL */

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

/* Reaps what ended, orphans of the command included; true with its status once the command is among
 * them. */
static bool reap(pid_t child, int *wstatus)
{
	bool ended = false;
	int status;
	pid_t pid;

	while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
		if (pid != child)
			continue;
		*wstatus = status;
		ended = true;
	}
	return ended;
}

static void pass_on(const struct job *job, pid_t child, int sig)
{
	if (job->out >= 0)
		kill(-child, sig);
	else if (sig != SIGINT) /* the terminal has sent that one to the command too */
		kill(child, sig);
}

/* Waits for the command, as long as GRACE after a signal. */
static int watch(struct job *job, pid_t child, const sigset_t *set)
{
	const struct timespec tick = {.tv_nsec = 100000000};
	time_t deadline = 0;
	int wstatus = 0;

	while (!reap(child, &wstatus)) {
		int sig = sigtimedwait(set, NULL, job->stopped_by ? &tick : NULL);

		if (sig > 0 && sig != SIGCHLD) {
			pass_on(job, child, sig);
			if (!job->stopped_by)
				deadline = time(NULL) + GRACE;
			job->stopped_by = sig;
		}
		if (job->stopped_by && job->out >= 0 && time(NULL) > deadline)
			kill(-child, SIGKILL);
	}
	return wstatus;
}

/* Leaves nothing of the command's group behind. */
static void end_group(pid_t child)
{
	kill(-child, SIGKILL);
	while (waitpid(-child, NULL, 0) > 0 || errno == EINTR)
		;
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
	job->stopped_by = 0;
	int wstatus = watch(job, child, &set);
	if (job->out >= 0)
		end_group(child);
	sigprocmask(SIG_SETMASK, &old, NULL);
	return proc_status(wstatus);
}
