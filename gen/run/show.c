/* SPDX-License-Identifier: MIT */
#include "run/show.h"
#include "base/util.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define VARIABLE "FMGEN_SHOW" /* DESCRIPTOR:DEVICE:INODE */
#define FIRST	 10	      /* descriptors below are the shell's */
#define TICK	 50	      /* ms */

static int describe(int fd, char *text, size_t size)
{
	struct stat st;

	if (fstat(fd, &st) < 0)
		return -1;
	return snprintf(text, size, "%d:%llu:%llu", fd, (unsigned long long)st.st_dev,
			(unsigned long long)st.st_ino);
}

void show_pass_on(void)
{
	char text[80];
	int fd = fcntl(2, F_DUPFD, FIRST);

	if (fd >= 0 && describe(fd, text, sizeof(text)) > 0)
		setenv(VARIABLE, text, 1);
}

/* The descriptor that was passed on, if it still is what it was; the command itself gets none. */
static int take_passed_on(void)
{
	const char *want = getenv(VARIABLE);
	int fd = want ? (int)strtol(want, NULL, 10) : -1;
	char is[80];

	if (fd < 0 || describe(fd, is, sizeof(is)) < 0 || !streq(is, want))
		fd = -1;
	else
		fcntl(fd, F_SETFD, FD_CLOEXEC);
	unsetenv(VARIABLE);
	return fd;
}

static void write_all(int fd, const char *p, size_t len)
{
	while (len) {
		ssize_t n = write(fd, p, len);

		if (n < 0 && errno != EINTR)
			return;
		if (n > 0) {
			p += n;
			len -= (size_t)n;
		}
	}
}

/* Whole lines only, as other commands print beside this one. */
static void show_line(struct show *s)
{
	struct buf b = {0};

	buf_printf(&b, "%s: %s\n", s->name, buf_str(&s->line));
	write_all(s->to, b.data, b.len);
	buf_free(&b);
	s->line.len = 0;
}

static void show_text(struct show *s, const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (text[i] == '\n')
			show_line(s);
		else
			buf_putc(&s->line, text[i]);
}

/* Until the command has ended and nothing is left, or nobody can write any more. */
static void *copy(void *arg)
{
	struct show *s = arg;
	struct pollfd p = {.fd = s->from, .events = POLLIN};
	char text[4096];

	for (;;) {
		bool over = atomic_load(&s->over);

		if (poll(&p, 1, over ? 0 : TICK) > 0) {
			ssize_t n = read(s->from, text, sizeof(text));

			if (n <= 0)
				break;
			write_all(s->log, text, (size_t)n);
			show_text(s, text, (size_t)n);
		} else if (over) {
			break;
		}
	}
	if (s->line.len)
		show_line(s);
	return NULL;
}

/* Signals are for the thread that waits for the command. */
static bool start(struct show *s)
{
	sigset_t all, old;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &old);
	bool ok = pthread_create(&s->thread, NULL, copy, s) == 0;
	pthread_sigmask(SIG_SETMASK, &old, NULL);
	return ok;
}

int show_begin(struct show *s, const char *name, int log)
{
	int fds[2];

	*s = (struct show){.name = name, .log = log, .to = take_passed_on()};
	if (s->to < 0 || pipe2(fds, O_CLOEXEC) < 0) {
		s->to = -1;
		return log;
	}
	s->from = fds[0];
	s->out = fds[1];
	if (start(s))
		return s->out;
	close(s->from);
	close(s->out);
	s->to = -1;
	return log;
}

void show_end(struct show *s)
{
	if (s->to < 0)
		return;
	close(s->out);
	atomic_store(&s->over, true);
	pthread_join(s->thread, NULL);
	close(s->from);
	buf_free(&s->line);
}
