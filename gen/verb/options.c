/* SPDX-License-Identifier: MIT */
#include "verb/options.h"
#include "base/diag.h"
#include "base/util.h"

#include <getopt.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_OPTIONS 32
#define LONG_ONLY   256 /* + index: what getopt_long returns for an option */

static void print_help(const struct verb *verb)
{
	printf("usage: fmgen %s%s%s\n", verb->name ? verb->name : "", verb->name ? " " : "",
	       verb->args);
	for (size_t i = 0; i < verb->noptions; i++) {
		const struct verb_option *o = &verb->options[i];
		char left[64];

		snprintf(left, sizeof(left), "--%s%s%s", o->name, o->arg ? "=" : "",
			 o->arg ? o->arg : "");
		if (o->letter)
			printf("  -%c, %-22s %s\n", o->letter, left, o->help);
		else
			printf("      %-22s %s\n", left, o->help);
	}
	exit(0);
}

static _Noreturn void wrong_option(const struct verb *verb, const char *word)
{
	const char *names[MAX_OPTIONS];

	for (size_t i = 0; i < verb->noptions; i++)
		names[i] = verb->options[i].name;
	const char *near =
		strncmp(word, "--", 2) == 0 ? nearest_name(word + 2, names, verb->noptions) : NULL;
	if (near)
		warn("%s is not an option; did you mean --%s?", word, near);
	else
		warn("%s is not an option, or lacks its value (see --help)", word);
	exit(2);
}

/* Fills getopt's two descriptions from the table. */
static void describe(const struct verb *verb, struct option *longs, char *shorts)
{
	size_t n = verb->noptions;

	for (size_t i = 0; i < n; i++) {
		const struct verb_option *o = &verb->options[i];

		longs[i] = (struct option){o->name, o->takes != FLAG, NULL, LONG_ONLY + (int)i};
		if (!o->letter)
			continue;
		*shorts++ = o->letter;
		if (o->takes != FLAG)
			*shorts++ = ':';
	}
	longs[n] = (struct option){"help", 0, NULL, 'h'};
	longs[n + 1] = (struct option){0};
	*shorts++ = 'h';
	*shorts = '\0';
}

/* The option for what getopt_long returned, or NULL. */
static const struct verb_option *find_option(const struct verb *verb, int c)
{
	if (c >= LONG_ONLY)
		return &verb->options[c - LONG_ONLY];
	for (size_t i = 0; i < verb->noptions; i++)
		if (verb->options[i].letter == c)
			return &verb->options[i];
	return NULL;
}

void option_list_add(struct option_list *list, struct option_word word)
{
	list->v = xrealloc(list->v, (list->n + 1) * sizeof(*list->v));
	list->v[list->n++] = word;
}

static void set_option(const struct verb_option *o, char *to)
{
	void *member = to + o->to;

	switch (o->takes) {
	case FLAG:
		*(bool *)member = true;
		break;
	case VALUE:
		*(const char **)member = optarg;
		break;
	case LIST:
		option_list_add(member, (struct option_word){o, optarg});
		break;
	}
}

int parse_options(const struct verb *verb, int argc, char **argv, void *to)
{
	struct option longs[MAX_OPTIONS + 2];
	char shorts[2 * MAX_OPTIONS + 2];
	int c;

	describe(verb, longs, shorts);
	optind = 0;
	opterr = 0;
	for (;;) {
		int at = optind ? optind : 1;

		c = getopt_long(argc, argv, shorts, longs, NULL);
		if (c == -1)
			break;
		if (c == 'h')
			print_help(verb);
		const struct verb_option *o = find_option(verb, c);
		if (!o)
			wrong_option(verb, argv[at]);
		set_option(o, to);
	}
	int left = argc - optind;
	memmove(argv + 1, argv + optind, (size_t)left * sizeof(*argv));
	argv[1 + left] = NULL;
	return left;
}
