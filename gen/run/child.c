/* SPDX-License-Identifier: MIT */
#include "run/child.h"
#include "base/clock.h"
#include "base/fs.h"
#include "base/proc.h"
#include "base/util.h"
#include "run/ports.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/statvfs.h>
#include <sys/wait.h>
#include <unistd.h>

#define GRACE_MS 10000 /* from the request to end to the kill */
#define PANIC_MS 3000  /* a kernel may restart or halt by itself */
#define TICK_MS	 250
#define NO_ROOM	 65536 /* bytes */
#define PORTS_MS 60000 /* that a simulator has to open its ports */

struct run {
	const struct child *c;
	struct uartlog log;
	pid_t pid;
	int signals;	 /* signalfd */
	int out;	 /* tee: what the simulator prints; -1 otherwise */
	int log_fd;	 /* tee: where it is written to as well */
	sigset_t old;	 /* the mask that the simulator gets */
	long long end;	 /* when the time is up, ms; 0: never */
	long long kill;	 /* when patience ends; 0: nobody asked it to end */
	long long ports; /* until when to look for ports, ms */
	long long look;	 /* when to look next */
	struct outcome outcome;
};

static void block_signals(struct run *r)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGCHLD);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGHUP);
	sigprocmask(SIG_BLOCK, &set, &r->old);
	r->signals = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	if (r->signals < 0)
		die("cannot wait for signals:");
}

static _Noreturn void become(const struct run *r, pid_t parent, int out)
{
	/* Even a kill -9 of this process must leave no simulator behind. */
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(1);
	if (out >= 0)
		dup2(out, STDOUT_FILENO);
	sigprocmask(SIG_SETMASK, &r->old, NULL);
	execv(r->c->argv[0], (char *const *)r->c->argv);
	warn("cannot start %s:", r->c->argv[0]);
	_exit(127);
}

static bool start(struct run *r)
{
	int fds[2] = {-1, -1};
	pid_t parent = getpid();

	r->log_fd = -1;
	if (r->c->tee) {
		r->log_fd = open(r->c->log, O_WRONLY | O_APPEND | O_CLOEXEC);
		if (r->log_fd < 0 || pipe2(fds, O_CLOEXEC) < 0)
			return false;
		fcntl(fds[0], F_SETFL, O_NONBLOCK);
	}
	r->out = fds[0];
	r->pid = fork();
	if (r->pid == 0)
		become(r, parent, fds[1]);
	if (fds[1] >= 0) {
		close(fds[1]);
		signal(SIGPIPE, SIG_IGN);
	}
	return r->pid > 0;
}

static void ask_to_end(struct run *r, enum ending why)
{
	if (r->outcome.ending == ENDED)
		r->outcome.ending = why;
	if (!r->kill)
		r->kill = clock_ms() + GRACE_MS;
	kill(r->pid, SIGTERM);
}

/* True when the simulator ended. */
static bool take_signals(struct run *r)
{
	struct signalfd_siginfo info;
	int wstatus;

	while (read(r->signals, &info, sizeof(info)) == (ssize_t)sizeof(info)) {
		if (info.ssi_signo != SIGCHLD) {
			r->outcome.signal = (int)info.ssi_signo;
			ask_to_end(r, BY_SIGNAL);
		} else if (waitpid(r->pid, &wstatus, WNOHANG) == r->pid) {
			r->outcome.status = proc_status(wstatus);
			return true;
		}
	}
	return false;
}

static void put(int fd, const char *p, ssize_t len)
{
	while (len > 0) {
		ssize_t n = write(fd, p, (size_t)len);
		struct pollfd ready = {fd, POLLOUT, 0};

		if (n < 0 && errno == EAGAIN)
			poll(&ready, 1, TICK_MS);
		else if (n < 0 && errno != EINTR)
			return;
		p += n > 0 ? n : 0;
		len -= n > 0 ? n : 0;
	}
}

static void take_output(struct run *r)
{
	char block[16384];
	ssize_t n;

	if (r->out < 0)
		return;
	while ((n = read(r->out, block, sizeof(block))) > 0) {
		put(r->log_fd, block, n);
		put(STDOUT_FILENO, block, n);
	}
	if (n == 0) {
		close(r->out);
		r->out = -1;
	}
}

static void check_time(struct run *r)
{
	long long now = clock_ms();

	if (r->kill && now >= r->kill)
		kill(r->pid, SIGKILL);
	else if (!r->kill && r->end && now >= r->end)
		ask_to_end(r, r->outcome.panicked ? BY_PANIC : BY_TIMEOUT);
}

static void check_restart(struct run *r)
{
	if (r->c->once && r->log.starts > 1 && !r->kill)
		ask_to_end(r, BY_RESTART);
}

/* A simulator may wait for room for ever. */
static void check_room(struct run *r)
{
	const char *path = r->c->grows;
	struct statvfs fs;

	if (!path || r->kill || statvfs(path, &fs) < 0 ||
	    (unsigned long long)fs.f_bavail * fs.f_frsize >= NO_ROOM)
		return;
	r->outcome.full = path;
	ask_to_end(r, BY_FULL_DISK);
}

static void check_panic(struct run *r)
{
	if (!r->c->end_on_panic || r->kill || r->outcome.panicked)
		return;
	r->outcome.panicked = r->log.panicked;
	if (r->log.panicked && (!r->end || r->end > clock_ms() + PANIC_MS))
		r->end = clock_ms() + PANIC_MS;
}

/* Says once where the host reaches the guest. */
static void check_ports(struct run *r)
{
	long long now = clock_ms();
	struct buf b = {0};

	if (now >= r->ports || now < r->look)
		return;
	r->look = now + TICK_MS;
	if (ports_list(r->pid, &b)) {
		r->ports = 0;
		ports_tell(r->c->name, buf_str(&b));
		if (!write_file(r->c->ports, buf_str(&b), b.len, 0644))
			warn("cannot write %s:", r->c->ports);
	}
	buf_free(&b);
}

static void wait_for_end(struct run *r)
{
	do {
		struct pollfd fds[] = {{r->signals, POLLIN, 0}, {r->out, POLLIN, 0}};

		poll(fds, LEN(fds), TICK_MS);
		take_output(r);
		check_ports(r);
		if (r->c->end_on_panic || r->c->once)
			uartlog_read(&r->log);
		check_panic(r);
		check_restart(r);
		check_room(r);
		check_time(r);
	} while (!take_signals(r));
	take_output(r);
}

struct outcome child_run(const struct child *c)
{
	struct run r = {.c = c};

	if (!uartlog_open(&r.log, c->log)) {
		warn("cannot read %s:", c->log);
		return (struct outcome){.ending = NOT_STARTED};
	}
	if (c->timeout)
		r.end = clock_ms() + c->timeout * 1000;
	if (c->ports)
		r.ports = clock_ms() + PORTS_MS;
	block_signals(&r);
	if (start(&r)) {
		wait_for_end(&r);
	} else {
		warn("cannot start %s:", c->argv[0]);
		r.outcome.ending = NOT_STARTED;
	}
	uartlog_close(&r.log);
	close(r.signals);
	sigprocmask(SIG_SETMASK, &r.old, NULL);
	r.outcome.guest = r.log.status;
	r.outcome.panicked = r.log.panicked;
	return r.outcome;
}
