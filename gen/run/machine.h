/* SPDX-License-Identifier: MIT */
/* What `fmgen boot` is told about a machine, and the command line that starts it. */
#ifndef FMGEN_RUN_MACHINE_H
#define FMGEN_RUN_MACHINE_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

struct args {
	const char **v; /* ends in NULL once there is a word */
	size_t n, room;
};

struct machine {
	const char *name;    /* the workload's */
	const char *bin;     /* what is booted */
	const char *img;     /* the disk as it was built, or NULL */
	const char *program; /* a name on PATH, or a path */
	const char *package; /* that has the program, or NULL */
	const char *min_mem; /* a file that holds the bytes of memory that are needed, or NULL */
	const char *log_dir; /* NULL: a new directory in runOutput/ */
	const char *unsupported; /* the simulator that the workload does not run on, or NULL */
	const char *because;	 /* and why */
	long long cpus;
	long long mem;					    /* bytes */
	long long timeout;				    /* seconds; 0: none */
	struct args machine_args, disk_args, snapshot_args; /* templates */
	struct args args;				    /* the user's, taken as they are */
	bool snapshot;					    /* boot img, keep nothing */
	bool in_place; /* boot img, write to it: it is nobody else's */
	bool must_end; /* a guest that told no status has failed */
};

/* What a template's {names} stand for; NULL: not known here. */
struct places {
	const char *bin, *img, *cpus, *mem, *log;
};

void args_add(struct arena *a, struct args *w, const char *word);
/* Reads --key=value words (argv[0] is the verb); false with a message on stderr. */
bool machine_read(struct arena *a, struct machine *m, int argc, char **argv);
/*
 * The argument vector: the program, the templates filled in, and the user's words, where a template
 * {args} is or at the end. In a template that is more than its {name} a comma in the value is
 * doubled, as QEMU wants it. false with a message on an unknown {name}.
 */
bool machine_command(struct arena *a, const struct machine *m, const struct places *p,
		     struct args *command);
/* Whether the simulator writes the log itself: a template says {log}. */
bool machine_logs(const struct machine *m);

#endif
