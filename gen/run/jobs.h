/* SPDX-License-Identifier: MIT */
/* Several machines in one run, each booted by a process `fmgen boot` of its own. No more of them
 * are on at once than this host has memory for, and twice its processors. */
#ifndef FMGEN_RUN_JOBS_H
#define FMGEN_RUN_JOBS_H

#include "run/machine.h"
#include "run/share.h"

#include <sys/types.h>

struct guest {
	const char *name; /* of the workload */
	const char *dir;  /* DIR/NAME: its uartlog, status, outputs */
	int status;	  /* afterwards, of `fmgen boot`; -1: not started */
	/* for jobs.c */
	struct args words;
	bool skip;
	pid_t pid;
	long long began;
};

struct jobs {
	const char *dir;  /* of the run: exists */
	struct args more; /* words that all of them get, such as --snapshot */
	size_t at_once;	  /* 0: as many as this host is good for */
	struct guest *v;  /* made by jobs_add */
	struct share *shares;
	size_t n;
	bool stopped; /* afterwards: this process was told to end */
};

/* Adds the machine that out/args/ID describes. False with a message. */
bool jobs_add(struct arena *a, struct jobs *jobs, const char *id);
/* Boots all, with a line on stderr as each begins and ends. Their input is empty, their consoles go
 * to their logs alone. The first status in their order that is not 0; 128 + the signal where this
 * process was told to end, which ends them too. */
int jobs_run(struct arena *a, struct jobs *jobs);

#endif
