/* SPDX-License-Identifier: MIT */
#include "run/ports.h"
#include "base/arena.h"
#include "base/escape.h"
#include "base/fs.h"
#include "base/util.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define LISTENING 0x0a

/* Whether one of the process's descriptors is the socket with that inode number. */
static bool has_socket(struct arena *a, const char *dir, char *const *fds, size_t n,
		       const char *inode)
{
	const char *want = arena_printf(a, "socket:[%s]", inode);
	char target[64];

	for (size_t i = 0; i < n; i++) {
		ssize_t len =
			readlink(arena_printf(a, "%s/%s", dir, fds[i]), target, sizeof(target));

		if (len == (ssize_t)strlen(want) && memcmp(target, want, (size_t)len) == 0)
			return true;
	}
	return false;
}

/* A line of /proc/PID/net/tcp that is of a listening socket. */
static bool parse(const char *line, unsigned *address, unsigned *port, char inode[24])
{
	unsigned state;

	return sscanf(line, " %*u: %8X:%4X %*s %2X %*s %*s %*s %*u %*u %23[0-9]", address, port,
		      &state, inode) == 4 &&
	       state == LISTENING;
}

bool ports_list(pid_t pid, struct buf *b)
{
	struct arena a = {0};
	struct buf table = {0};
	const char *dir = arena_printf(&a, "/proc/%d/fd", (int)pid);
	unsigned address, port;
	size_t n = 0, before = b->len;
	char inode[24];
	char **fds = list_dir(&a, dir, &n);

	if (fds && read_file(arena_printf(&a, "/proc/%d/net/tcp", (int)pid), &table))
		for (const char *line = strchr(buf_str(&table), '\n'); line;
		     line = strchr(line, '\n')) {
			char text[INET_ADDRSTRLEN];

			line++;
			if (parse(line, &address, &port, inode) &&
			    has_socket(&a, dir, fds, n, inode))
				buf_printf(b, "%s:%u\n",
					   inet_ntop(AF_INET, &address, text, sizeof(text)), port);
		}
	buf_free(&table);
	arena_free(&a);
	return b->len > before;
}

void ports_tell(const char *name, const char *lines)
{
	const char *end = lines + strlen(lines), *line;
	size_t len;

	while ((line = next_line(&lines, end, &len)))
		warn("note: %s: listening on %.*s", name, (int)len, line);
}
