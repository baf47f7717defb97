/* SPDX-License-Identifier: MIT */
/* Runs a simulator until it ends, or until there is a reason to end it. It never outlives this
 * process. */
#ifndef FMGEN_RUN_CHILD_H
#define FMGEN_RUN_CHILD_H

#include "run/uartlog.h"

#include <stdbool.h>

struct child {
	const char *const *argv; /* argv[0]: a path */
	const char *name;
	const char *log;   /* an existing file */
	const char *ports; /* gets the ports that it listens on; NULL: nothing does */
	bool tee; /* the simulator does not log: copy its stdout to the log and to stdout */
	bool end_on_panic; /* nobody is there to look into it */
	bool once;	   /* the guest must not start its script again */
	const char *grows; /* a path on the disk that takes what the guest writes; or NULL */
	long long timeout; /* seconds; 0: none */
};

enum ending { ENDED, BY_SIGNAL, BY_TIMEOUT, BY_PANIC, BY_RESTART, BY_FULL_DISK, NOT_STARTED };

struct outcome {
	enum ending ending;
	int signal; /* BY_SIGNAL: which this process got */
	int status; /* the simulator's exit status, or 128 + the signal that ended it */
	int guest;  /* the status that the guest reported; -1: none */
	bool panicked;
	const char *full; /* BY_FULL_DISK: a path on it */
};

struct outcome child_run(const struct child *c);

#endif
