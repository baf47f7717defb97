/* SPDX-License-Identifier: MIT */
#include "base/proc.h"
#include "base/fs.h"
#include "base/util.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

#define CANNOT_START 127

int proc_status(int wstatus)
{
	return WIFSIGNALED(wstatus) ? 128 + WTERMSIG(wstatus) : WEXITSTATUS(wstatus);
}

/* Starts argv; -1 with a message where that fails. */
static pid_t start(char *const argv[], posix_spawn_file_actions_t *actions)
{
	pid_t pid;
	int err = posix_spawnp(&pid, argv[0], actions, NULL, argv, environ);

	if (!err)
		return pid;
	errno = err;
	warn("cannot start %s:", argv[0]);
	return -1;
}

static int finish(pid_t pid)
{
	int wstatus;

	while (waitpid(pid, &wstatus, 0) < 0)
		if (errno != EINTR)
			return CANNOT_START;
	return proc_status(wstatus);
}

int proc_run(char *const argv[])
{
	pid_t pid = start(argv, NULL);

	return pid < 0 ? CANNOT_START : finish(pid);
}

static void read_all(int fd, struct buf *out)
{
	char block[4096];

	for (;;) {
		ssize_t n = read(fd, block, sizeof(block));

		if (n > 0)
			buf_add(out, block, (size_t)n);
		else if (n == 0 || errno != EINTR)
			return;
	}
}

int proc_capture(char *const argv[], struct buf *out, bool quiet)
{
	posix_spawn_file_actions_t actions;
	int fds[2];

	if (pipe2(fds, O_CLOEXEC) < 0)
		die("cannot make a pipe:");
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, fds[1], 1);
	if (quiet)
		posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
	pid_t pid = start(argv, &actions);
	posix_spawn_file_actions_destroy(&actions);
	close(fds[1]);
	if (pid >= 0)
		read_all(fds[0], out);
	close(fds[0]);
	return pid < 0 ? CANNOT_START : finish(pid);
}

static bool is_program(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISREG(st.st_mode) && access(path, X_OK) == 0;
}

char *proc_find(struct arena *a, const char *name)
{
	const char *dir = getenv("PATH");

	if (strchr(name, '/'))
		return is_program(name) ? arena_strdup(a, name) : NULL;
	if (!dir)
		dir = "/bin:/usr/bin";
	for (;;) {
		size_t n = strcspn(dir, ":");
		char *path = arena_printf(a, "%.*s/%s", n ? (int)n : 1, n ? dir : ".", name);

		if (is_program(path))
			return path;
		if (!dir[n])
			return NULL;
		dir += n + 1;
	}
}

struct process proc_info(struct arena *a, int pid)
{
	struct process p = {.pid = pid, .name = ""};
	struct buf b = {0};
	char *name = NULL, *end = NULL;

	if (read_file(arena_printf(a, "/proc/%d/stat", pid), &b))
		name = strchr(arena_strdup(a, buf_str(&b)), '(');
	if (name)
		end = strrchr(name, ')');
	/* Behind the name: the fields from the third, of which the 4th and the 22nd are wanted. */
	if (end && sscanf(end + 1,
			  " %*s %d %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s "
			  "%*s %lld",
			  &p.parent, &p.started) == 2)
		p.name = arena_dup(a, name + 1, (size_t)(end - name) - 1);
	buf_free(&b);
	return p;
}
