/* SPDX-License-Identifier: MIT */
#include "verb/log.h"
#include "base/buf.h"
#include "base/fs.h"
#include "base/path.h"
#include "base/util.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define TAIL_LINES    25
#define TAIL_BYTES    65536
#define COMMAND_BYTES 600

bool log_open(struct log *log, struct arena *a, const char *id, const char *command)
{
	const char *cwd = path_real(a, ".");

	log->path = arena_printf(a, "out/log/%s.log", id);
	log->say = arena_printf(a, "%s/out/log/%s.say", cwd ? cwd : ".", id);
	log->fd = make_parents(log->path)
			  ? open(log->path, O_RDWR | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0644)
			  : -1;
	if (log->fd < 0 || dprintf(log->fd, "%s\n", command) < 0) {
		warn("cannot write %s:", log->path);
		return false;
	}
	log->start = lseek(log->fd, 0, SEEK_END);
	unlink(log->say);
	return true;
}

void log_close(struct log *log)
{
	struct buf say = {0};

	if (read_file(log->say, &say) && say.len) {
		(void)fwrite(say.data, 1, say.len, stderr);
		dprintf(log->fd, "%s", say.data);
	}
	unlink(log->say);
	buf_free(&say);
	close(log->fd);
}

/* Where the last lines of text start. */
static size_t tail_start(const char *text, size_t len, unsigned lines)
{
	size_t at = len;

	while (at && !(text[at - 1] == '\n' && at < len && lines-- == 1))
		at--;
	return at;
}

static void print_tail(const struct log *log)
{
	static char text[TAIL_BYTES];
	int fd = open(log->path, O_RDONLY | O_CLOEXEC);
	off_t end = fd < 0 ? 0 : lseek(fd, 0, SEEK_END);
	off_t from = end - log->start > TAIL_BYTES ? end - TAIL_BYTES : log->start;
	ssize_t n = fd < 0 ? 0 : pread(fd, text, sizeof(text), from);

	if (fd >= 0)
		close(fd);
	if (n <= 0)
		return;
	size_t len = (size_t)n, at = tail_start(text, len, TAIL_LINES);
	(void)fwrite(text + at, 1, len - at, stderr);
	if (text[len - 1] != '\n')
		fputc('\n', stderr);
}

/* A board's words for a machine can fill a screen: then the rest is in the log. */
static void print_command(const char *command)
{
	size_t len = strlen(command), shown = len;

	if (len > COMMAND_BYTES)
		for (shown = COMMAND_BYTES; shown && command[shown] != ' ';)
			shown--;
	fprintf(stderr, "%.*s%s\n", (int)shown, command, shown < len ? " ..." : "");
}

void log_report(const struct log *log, const char *id, const char *place, const char *command,
		int status)
{
	if (place)
		fprintf(stderr, "%s: ", place);
	if (status > 128 && status - 128 < NSIG)
		fprintf(stderr, "%s ended by signal %d (%s):\n", id, status - 128,
			strsignal(status - 128));
	else
		fprintf(stderr, "%s failed with status %d:\n", id, status);
	print_command(command);
	print_tail(log);
	fprintf(stderr, "log: %s\n", log->path);
}
