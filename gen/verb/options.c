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

static void print_help(const char *usage, const struct verb_option *table, size_t n)
{
	printf("usage: fmgen %s\n", usage);
	for (size_t i = 0; i < n; i++) {
		char left[64];
		const char *arg = table[i].arg ? table[i].arg : "";

		snprintf(left, sizeof(left), "--%s%s%s", table[i].name, *arg ? "=" : "", arg);
		if (table[i].letter)
			printf("  -%c, %-22s %s\n", table[i].letter, left, table[i].help);
		else
			printf("      %-22s %s\n", left, table[i].help);
	}
	exit(0);
}

static void wrong_option(const struct verb_option *table, size_t n, const char *word)
{
	const char *names[MAX_OPTIONS];

	for (size_t i = 0; i < n; i++)
		names[i] = table[i].name;
	const char *near = strncmp(word, "--", 2) == 0 ? nearest_name(word + 2, names, n) : NULL;
	if (near)
		warn("%s is not an option; did you mean --%s?", word, near);
	else
		warn("%s is not an option, or lacks its value (see --help)", word);
	exit(2);
}

/* Fills getopt's two descriptions from the table. */
static void describe(const struct verb_option *table, size_t n, struct option *longs, char *shorts)
{
	for (size_t i = 0; i < n; i++) {
		longs[i] = (struct option){table[i].name, table[i].takes == VALUE, NULL,
					   LONG_ONLY + (int)i};
		if (table[i].letter) {
			*shorts++ = table[i].letter;
			if (table[i].takes == VALUE)
				*shorts++ = ':';
		}
	}
	longs[n] = (struct option){"help", 0, NULL, 'h'};
	longs[n + 1] = (struct option){0};
	*shorts++ = 'h';
	*shorts = '\0';
}

/* The index of what getopt_long returned, or n. */
static size_t find_option(const struct verb_option *table, size_t n, int c)
{
	size_t i = 0;

	if (c >= LONG_ONLY)
		return (size_t)(c - LONG_ONLY);
	while (i < n && table[i].letter != c)
		i++;
	return i;
}

int parse_options(const char *usage, const struct verb_option *table, size_t n, int argc,
		  char **argv)
{
	struct option longs[MAX_OPTIONS + 2];
	char shorts[2 * MAX_OPTIONS + 2];
	int c;

	describe(table, n, longs, shorts);
	optind = 0;
	opterr = 0;
	for (;;) {
		int at = optind ? optind : 1;

		c = getopt_long(argc, argv, shorts, longs, NULL);
		if (c == -1)
			break;
		if (c == 'h')
			print_help(usage, table, n);
		size_t i = find_option(table, n, c);
		if (i == n)
			wrong_option(table, n, argv[at]);
		if (table[i].takes == VALUE)
			*(const char **)table[i].to = optarg;
		else
			*(bool *)table[i].to = true;
	}
	int left = argc - optind;
	memmove(argv + 1, argv + optind, (size_t)left * sizeof(*argv));
	argv[1 + left] = NULL;
	return left;
}
