/* SPDX-License-Identifier: MIT */
#include "run/uartlog.h"
#include "base/util.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define START	 "fmgen: start"
#define MARK	 "fmgen: exit "
#define PANIC	 "Kernel panic - not syncing"
#define MAX_LINE (64 << 10)

bool uartlog_open(struct uartlog *u, const char *path)
{
	*u = (struct uartlog){.status = -1};
	u->fd = open(path, O_RDONLY | O_CLOEXEC);
	return u->fd >= 0;
}

/* The number behind MARK, -1 for none. A message of the kernel may come before the mark, or between
 * the number and the end of the line. */
static int exit_status(const char *line)
{
	int status = -1;

	for (const char *s = line; (s = strstr(s, MARK));) {
		s += strlen(MARK);
		size_t digits = strspn(s, "0123456789");

		if (digits && (!s[digits] || strchr("\r[", s[digits])))
			status = digits > 3 || atoi(s) > 255 ? 255 : atoi(s);
	}
	return status;
}

static bool is_start(const char *line)
{
	const char *s = strstr(line, START);

	return s && (!s[strlen(START)] || strchr("\r[", s[strlen(START)]));
}

static void take_line(struct uartlog *u)
{
	/* A guest may print NUL bytes. */
	for (size_t i = 0; i < u->line.len; i++)
		if (!u->line.data[i])
			u->line.data[i] = ' ';
	int status = exit_status(buf_str(&u->line));
	if (status >= 0) {
		u->status = status;
		u->panicked = false;
	}
	u->starts += is_start(buf_str(&u->line));
	if (strstr(buf_str(&u->line), PANIC))
		u->panicked = true;
	u->line.len = 0;
}

static void take(struct uartlog *u, const char *p, size_t len)
{
	while (len) {
		const char *newline = memchr(p, '\n', len);
		size_t n = newline ? (size_t)(newline - p) : len;

		buf_add(&u->line, p, n);
		if (newline || u->line.len > MAX_LINE)
			take_line(u);
		n += newline != NULL;
		p += n;
		len -= n;
	}
}

void uartlog_read(struct uartlog *u)
{
	char block[16384];
	ssize_t n;

	while ((n = read(u->fd, block, sizeof(block))) > 0 || (n < 0 && errno == EINTR))
		if (n > 0)
			take(u, block, (size_t)n);
}

void uartlog_close(struct uartlog *u)
{
	uartlog_read(u);
	take_line(u);
	buf_free(&u->line);
	close(u->fd);
}
