/* SPDX-License-Identifier: MIT */
/* Child processes: always an argument vector, never a shell. */
#ifndef FMGEN_PROC_H
#define FMGEN_PROC_H

#include "base/arena.h"
#include "base/buf.h"

#include <stdbool.h>

/* Runs argv (found on PATH), waits; the exit status, 128 + the signal, or 127 where it cannot be
 * started (with a message). */
int proc_run(char *const argv[]);
/* As proc_run, with its stdout appended to out and its stderr thrown away when quiet. */
int proc_capture(char *const argv[], struct buf *out, bool quiet);
/* The path of a program on PATH (as execvp would find it), or NULL. A name with a slash is tested
 * itself. */
char *proc_find(struct arena *a, const char *name);
/* What the kernel tells of a process. */
struct process {
	int pid, parent;
	const char *name;
	long long started; /* in ticks, since the machine did; 0: not known */
};
struct process proc_info(struct arena *a, int pid);
/* What waitpid gave as an exit status: 128 + the signal where one ended the process. */
int proc_status(int wstatus);

#endif
