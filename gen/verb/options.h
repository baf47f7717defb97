/* SPDX-License-Identifier: MIT */
/* The command line of a verb, read by a table; the same table prints its help. */
#ifndef FMGEN_VERB_OPTIONS_H
#define FMGEN_VERB_OPTIONS_H

#include <stddef.h>

enum { FLAG, VALUE }; /* what an option takes */

struct verb_option {
	const char *name; /* long name without dashes */
	char letter;	  /* or 0 */
	int takes;
	const char *arg; /* VALUE: its name in help */
	const char *help;
	void *to; /* FLAG: bool *, set to true; VALUE: const char ** */
};

/*
 * Parses argv by the table and moves what is no option to the front of argv[1…]; returns how many
 * those are. --help prints usage and the table and exits with 0; a wrong option says so, names the
 * nearest, and exits with 2.
 */
int parse_options(const char *usage, const struct verb_option *table, size_t n, int argc,
		  char **argv);

#endif
