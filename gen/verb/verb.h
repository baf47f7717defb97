/* SPDX-License-Identifier: MIT */
/* The verbs of the command line. Each is one file, verb/NAME.c, and one line of the table in
 * main.c. */
#ifndef FMGEN_VERB_H
#define FMGEN_VERB_H

#include <stddef.h>

struct verb {
	const char *name;
	int (*main)(int argc, char **argv); /* argv[0] is the verb; returns the exit status */
	const char *args, *help;	    /* for --help; help NULL: plumbing */
};

int verb_generate(int argc, char **argv);
int verb_regen(int argc, char **argv);
int verb_fetch(int argc, char **argv);
int verb_launch(int argc, char **argv);
int verb_build(int argc, char **argv);

int verb_scan(int argc, char **argv);
int verb_verify(int argc, char **argv);
int verb_run(int argc, char **argv);
int verb_tree(int argc, char **argv);
int verb_cpio(int argc, char **argv);
int verb_ext4(int argc, char **argv);
int verb_publish(int argc, char **argv);
int verb_boot(int argc, char **argv);

#endif
