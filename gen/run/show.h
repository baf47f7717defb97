/* SPDX-License-Identifier: MIT */
/*
 * `fmgen build -v` shows what commands print, as they do. Its stderr is passed on to them through
 * the build tool: a descriptor, which FMGEN_SHOW names.
 */
#ifndef FMGEN_SHOW_H
#define FMGEN_SHOW_H

#include "base/buf.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>

/* Lets all commands that are started from now on show what they print. */
void show_pass_on(void);

/* A thread that copies what a command prints to its log and, each line behind the command's name,
 * to whoever wants to see it. */
struct show {
	const char *name;
	int log, to; /* to: -1 where nobody wants to */
	int from, out;
	struct buf line;
	atomic_bool over;
	pthread_t thread;
};

/* Returns the descriptor for the command's output: the log itself where nobody wants to see it. */
int show_begin(struct show *s, const char *name, int log);
/* After the end of the command: all that it printed is in the log. */
void show_end(struct show *s);

#endif
