/* SPDX-License-Identifier: MIT */
/* What the log of a console says about how the guest fared. */
#ifndef FMGEN_RUN_UARTLOG_H
#define FMGEN_RUN_UARTLOG_H

#include "base/buf.h"

#include <stdbool.h>

struct uartlog {
	int fd;
	struct buf line; /* what has come of the last line */
	int status;	 /* of the last line "fmgen: exit N"; -1: none */
	bool panicked;	 /* the kernel, and no such line came after it */
	unsigned starts; /* of the workload's script: lines "fmgen: start" */
};

/* Opens a log that exists; false with errno set. */
bool uartlog_open(struct uartlog *u, const char *path);
/* Takes in what has been written since. */
void uartlog_read(struct uartlog *u);
/* The same, where no more will come; closes it. */
void uartlog_close(struct uartlog *u);

#endif
