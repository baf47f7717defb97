/* SPDX-License-Identifier: MIT */
/* A command that takes its whole process group with it when it ends, when this process is told to
 * end, or when this process dies. */
#ifndef FMGEN_SUPERVISE_H
#define FMGEN_SUPERVISE_H

#include <stdbool.h>

struct job {
	char *const *argv; /* ends in NULL; found on PATH */
	int out; /* takes stdout and stderr, stdin is empty; -1: the command keeps the terminal and
		    this process group */
	long long limit; /* seconds that it may take; 0: any */
	bool timed_out;	 /* afterwards: it took longer, and was told to end */
	int stopped_by;	 /* afterwards: the signal that this process got meanwhile, or 0 */
};

/* Makes the death of the parent end this process as SIGTERM does. */
void die_with_parent(void);
/* Runs the job to its end, passing on SIGINT, SIGTERM and SIGHUP. The exit status, 128 + the
 * signal, or 127 where it cannot be started. A daemon, which has left the process group, may stay
 * after a success; but without a terminal nothing stays after a failure or a signal. */
int supervise(struct job *job);

#endif
