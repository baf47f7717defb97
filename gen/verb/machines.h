/* SPDX-License-Identifier: MIT */
/* Which machines of a workload are launched, and where their parameters are. */
#ifndef FMGEN_VERB_MACHINES_H
#define FMGEN_VERB_MACHINES_H

#include "run/machine.h"
#include "verb/options.h"

/* What the command line asks for. */
struct wish {
	bool no_disk, spike, all;
	struct option_list jobs;
};

/* What is booted for one workload: its own machine, or those of jobs. */
struct boot {
	const char *name;
	struct args ids;     /* of parameter files: out/args/ID */
	struct args targets; /* of the build tool */
	bool jobs;
};

/* Fills in all but the name of an existing workload; false with messages. */
bool choose_machines(struct arena *a, const struct wish *w, struct boot *b);
/* The parameters of a machine: the words for `fmgen boot`, n of them; NULL with a message. */
char **machine_words(struct arena *a, const char *id, size_t *n);
/* The same, read. */
bool machine_of(struct arena *a, const char *id, struct machine *m);

#endif
