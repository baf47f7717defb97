/* SPDX-License-Identifier: MIT */
/* The standard streams: there before a run, and after it as they were before. */
#ifndef FMGEN_RUN_TERMINAL_H
#define FMGEN_RUN_TERMINAL_H

#include <stdbool.h>
#include <termios.h>

struct terminal {
	bool interactive; /* stdin is a terminal that is ours to read */
	struct termios saved;
	int flags[3];
};

/* Makes up for closed standard streams, and for a terminal that another job reads, with /dev/null;
 * remembers modes. */
void terminal_open(struct terminal *t);
/* Puts back the modes that a simulator set and may have left so. */
void terminal_restore(const struct terminal *t);

#endif
