/* SPDX-License-Identifier: MIT */
/* The log of an edge's command. */
#ifndef FMGEN_LOG_H
#define FMGEN_LOG_H

#include "base/arena.h"

#include <stdbool.h>

struct log {
	const char *path; /* out/log/ID.log: the command, then what it printed */
	const char *say;  /* absolute: what the command wants to be shown */
	int fd;
	long long start; /* where the command's own output begins */
};

/* Starts a new log with the command as its first line; false with a message on failure. */
bool log_open(struct log *log, struct arena *a, const char *id, const char *command);
/* Ends it: what the command had to say goes to stderr and to the log. */
void log_close(struct log *log);
/* Tells on stderr that a command failed: its last lines, and where to find the others. place: the
 * line of a spec behind it, or NULL. */
void log_report(const struct log *log, const char *id, const char *place, const char *command,
		int status);

#endif
