/* SPDX-License-Identifier: MIT */
/* The verbs of the command line. Each is one file, verb/NAME.c, and one line of the table in
 * verbs.c. */
#ifndef FMGEN_VERB_H
#define FMGEN_VERB_H

#include <stddef.h>

struct verb_option;

struct verb {
	const char *name;		    /* NULL: generation, which has none */
	int (*main)(int argc, char **argv); /* argv[0] is the verb; returns the exit status */
	const char *args, *help;	    /* for --help and completion; help NULL: plumbing */
	const struct verb_option *options;  /* read by parse_options */
	size_t noptions;
};

/* All but generation, in the order of --help. */
extern const struct verb *const verbs[];
extern const size_t nverbs;

extern const struct verb verb_generate;
extern const struct verb verb_build;
extern const struct verb verb_fetch;
extern const struct verb verb_launch;
extern const struct verb verb_test;
extern const struct verb verb_install;
extern const struct verb verb_clean;
extern const struct verb verb_init;
extern const struct verb verb_doctor;
extern const struct verb verb_completions;
extern const struct verb verb_schema;
extern const struct verb verb_show;
extern const struct verb verb_why;
extern const struct verb verb_graph;

extern const struct verb verb_boot;
extern const struct verb verb_boot_jobs;
extern const struct verb verb_cpio;
extern const struct verb verb_deliver;
extern const struct verb verb_ext4;
extern const struct verb verb_extract;
extern const struct verb verb_publish;
extern const struct verb verb_reference;
extern const struct verb verb_regen;
extern const struct verb verb_guard;
extern const struct verb verb_run;
extern const struct verb verb_scan;
extern const struct verb verb_tree;
extern const struct verb verb_trial;
extern const struct verb verb_verify;

#endif
