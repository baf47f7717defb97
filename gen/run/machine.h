/* SPDX-License-Identifier: MIT */
/* What `fmgen boot` is told about a machine, and the command line that starts it. */
#ifndef FMGEN_RUN_MACHINE_H
#define FMGEN_RUN_MACHINE_H

#include "run/hook.h"
#include "run/keys.h"

struct machine {
	const char *name;    /* the workload's */
	const char *bin;     /* what is booted */
	const char *img;     /* the disk as it was built, or NULL */
	const char *program; /* a name on PATH, or a path */
	const char *package; /* that has the program, or NULL */
	const char *min_mem; /* a file that holds the bytes of memory that are needed, or NULL */
	const char *run;     /* what the run is called; NULL: as the workload */
	const char *log_dir; /* of a machine that is a part of a run; NULL: it is a run of its own,
				in a new directory in runOutput/ */
	const char *unsupported; /* the simulator that the workload does not run on, or NULL */
	const char *because;	 /* and why */
	long long cpus;
	long long mem;	     /* bytes */
	long long least_mem; /* what it may be cut to beside others; 0: it may not */
	long long timeout;   /* seconds; 0: none */
	struct args machine_args, disk_args, snapshot_args; /* templates */
	struct args outputs;				    /* patterns of paths in the guest */
	struct hook hook, job_hook; /* get the directory of the run, of the machine */
	struct args args;	    /* the user's, taken as they are */
	bool snapshot;		    /* boot img, keep nothing */
	bool in_place;		    /* boot img, write to it: it is nobody else's */
	bool skip;		    /* it is not to be launched */
	bool bare;		    /* the simulator's status is the guest's own */
	bool must_end;		    /* a guest that told no status has failed */
};

/* What a template's {names} stand for; NULL: not known here. */
struct places {
	const char *bin, *img, *cpus, *mem, *log;
};

/* Reads --key=value words (argv[0] is the verb); false with a message on stderr. */
bool machine_read(struct arena *a, struct machine *m, int argc, char *const *argv);
/*
 * The argument vector: the program, the templates filled in, and the user's words, where a template
 * {args} is or at the end; those for the disk where {disk-args} is or behind. In a template that is
 * more than its {name} a comma in the value is doubled, as QEMU wants it. false with a message on
 * an unknown {name}.
 */
bool machine_command(struct arena *a, const struct machine *m, const struct places *p,
		     struct args *command);
/* Whether the simulator writes the log itself: a template says {log}. */
bool machine_logs(const struct machine *m);

#endif
