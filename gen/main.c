/* SPDX-License-Identifier: MIT */
#include "base/diag.h"
#include "base/fs.h"
#include "base/util.h"
#include "verb/verb.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>

static void print_verbs(const char *title, bool porcelain)
{
	printf("%s:\n", title);
	for (size_t i = 0; i < nverbs; i++)
		if (porcelain && verbs[i]->help)
			printf("  fmgen %-11s %-30s %s\n", verbs[i]->name, verbs[i]->args,
			       verbs[i]->help);
		else if (!porcelain && !verbs[i]->help)
			printf("  fmgen %-11s %s\n", verbs[i]->name, verbs[i]->args);
}

static int help(void)
{
	char *argv[] = {"fmgen", "--help", NULL};

	puts("fmgen writes the build files for workloads; then run ninja.\n");
	print_verbs("verbs", true);
	print_verbs("\nplumbing, for the build files and for scripts", false);
	puts("\nman 1 fmgen and man 5 fmgen-spec tell more.\n");
	return verb_generate.main(2, argv);
}

/* Whether word was meant to be a verb: it is near one, and there is nothing of that name. */
static bool misspelt_verb(const char *word)
{
	if (strpbrk(word, "./") || path_exists(word))
		return false;
	const char **names = xcalloc(nverbs, sizeof(*names));
	for (size_t i = 0; i < nverbs; i++)
		names[i] = verbs[i]->name;
	const char *near = nearest_name(word, names, nverbs);
	free(names);
	if (near)
		warn("%s is not a verb; did you mean `fmgen %s`?", word, near);
	return near != NULL;
}

int main(int argc, char **argv)
{
	/* For ps and top: fmgen may start itself by another path. */
	prctl(PR_SET_NAME, "fmgen");
	if (argc < 2 || streq(argv[1], "--help") || streq(argv[1], "-h"))
		return help();
	if (streq(argv[1], "--version")) {
		puts("fmgen " FMGEN_VERSION);
		return 0;
	}
	for (size_t i = 0; i < nverbs; i++)
		if (streq(argv[1], verbs[i]->name))
			return verbs[i]->main(argc - 1, argv + 1);
	return misspelt_verb(argv[1]) ? 2 : verb_generate.main(argc, argv);
}
