/* SPDX-License-Identifier: MIT */
/* The command line of a verb, read by a table; the same table prints its help. */
#ifndef FMGEN_VERB_OPTIONS_H
#define FMGEN_VERB_OPTIONS_H

#include "verb/verb.h"

#include <stddef.h>

enum option_takes {
	FLAG,  /* nothing; member: bool, set to true */
	VALUE, /* a word, the last one counts; member: const char * */
	LIST,  /* a word, any number of times; member: struct option_list */
};

struct verb_option {
	const char *name; /* long name without dashes */
	char letter;	  /* or 0 */
	enum option_takes takes;
	const char *arg; /* the name of the word in help, or NULL */
	const char *help;
	size_t to; /* offset of the member in the verb's struct of options */
};

/* What was given to options of the kind LIST, in order. Several options may share one list. */
struct option_word {
	const struct verb_option *option;
	const char *text;
};
struct option_list {
	struct option_word *v; /* freed by the owner with free() */
	size_t n;
};

void option_list_add(struct option_list *list, struct option_word word);

/*
 * Parses argv by the verb's table into the struct `to`, and moves what is no option to the front of
 * argv[1…]; returns how many those are. --help prints usage and the table and exits with 0; a wrong
 * option says so, names the nearest, and exits with 2.
 */
int parse_options(const struct verb *verb, int argc, char **argv, void *to);

#endif
