/* SPDX-License-Identifier: MIT */
#include "base/holder.h"
#include "base/buf.h"
#include "base/fs.h"

#include <stdio.h>
#include <string.h>

/* Whether a process has a file open; true also where nobody may know. Two file systems can
 * have equal inodes. */
static bool has_open(struct arena *a, int pid, const struct stat *file)
{
	const char *fds = arena_printf(a, "/proc/%d/fd", pid);
	struct stat st;
	size_t n = 0;
	char **names = list_dir(a, fds, &n);

	for (size_t i = 0; names && i < n; i++)
		if (stat(arena_printf(a, "%s/%s", fds, names[i]), &st) == 0 &&
		    st.st_ino == file->st_ino && st.st_dev == file->st_dev)
			return true;
	return !names && path_exists(arena_printf(a, "/proc/%d", pid));
}

int lock_holder(struct arena *a, const struct stat *file)
{
	struct buf text = {0};
	unsigned long ino;
	int pid = 0, who;

	if (!read_file("/proc/locks", &text))
		return 0;
	for (char *rest = text.data, *line; !pid && (line = strsep(&rest, "\n"));)
		if (sscanf(line, "%*s FLOCK %*s %*s %d %*x:%*x:%lu", &who, &ino) == 2 &&
		    ino == file->st_ino && has_open(a, who, file))
			pid = who;
	buf_free(&text);
	return pid;
}

const char *command_of(struct arena *a, int pid)
{
	struct buf b = {0};

	if (!read_file(arena_printf(a, "/proc/%d/cmdline", pid), &b) || !b.len)
		buf_puts(&b, "?");
	for (size_t i = 0; i + 1 < b.len; i++)
		if ((unsigned char)b.data[i] < ' ')
			b.data[i] = ' ';
	const char *text = arena_strdup(a, buf_str(&b));
	buf_free(&b);
	return text;
}
