/* SPDX-License-Identifier: MIT */
#include "base/diag.h"
#include "base/fs.h"
#include "base/util.h"
#include "verb/verb.h"

#include <stdio.h>
#include <string.h>

static const struct verb verbs[] = {
	{"build", verb_build, "[options] WORKLOAD...", "generate, then build with ninja"},
	{"fetch", verb_fetch, "[options] [NAME...]", "get the sources that a board names"},
	{"launch", verb_launch, "[options] NAME|WORKLOAD", "build a workload and boot it"},
	/* plumbing: what the rules of the graph call */
	{"boot", verb_boot, "--KEY=VALUE...", NULL},
	{"cpio", verb_cpio, "--out=FILE STEP...", NULL},
	{"ext4", verb_ext4, "--out=FILE [--from=FILE] STEP...", NULL},
	{"publish", verb_publish, "link|copy FROM TO", NULL},
	{"regen", verb_regen, "", NULL},
	{"run", verb_run, "ID [--console] [--no-args] -- COMMAND...", NULL},
	{"scan", verb_scan, "ID", NULL},
	{"tree", verb_tree, "[--filter=NAME] PATH", NULL},
	{"verify", verb_verify, "", NULL},
};

static void print_verbs(const char *title, bool porcelain)
{
	printf("%s:\n", title);
	for (size_t i = 0; i < LEN(verbs); i++)
		if (porcelain && verbs[i].help)
			printf("  fmgen %-8s %-36s %s\n", verbs[i].name, verbs[i].args,
			       verbs[i].help);
		else if (!porcelain && !verbs[i].help)
			printf("  fmgen %-8s %s\n", verbs[i].name, verbs[i].args);
}

static int help(void)
{
	char *argv[] = {"fmgen", "--help", NULL};

	puts("fmgen writes the build files for workloads; then run ninja.\n");
	print_verbs("verbs", true);
	print_verbs("\nplumbing, for the build files and for scripts", false);
	puts("\nman 1 fmgen and man 5 fmgen-spec tell more.\n");
	return verb_generate(2, argv);
}

/* Whether word was meant to be a verb: it is near one, and there is nothing of that name. */
static bool misspelt_verb(const char *word)
{
	const char *names[LEN(verbs)];

	for (size_t i = 0; i < LEN(verbs); i++)
		names[i] = verbs[i].name;
	const char *near = strpbrk(word, "./") || path_exists(word)
				   ? NULL
				   : nearest_name(word, names, LEN(verbs));
	if (near)
		warn("%s is not a verb; did you mean `fmgen %s`?", word, near);
	return near != NULL;
}

int main(int argc, char **argv)
{
	if (argc < 2 || streq(argv[1], "--help") || streq(argv[1], "-h"))
		return help();
	if (streq(argv[1], "--version")) {
		puts("fmgen " FMGEN_VERSION);
		return 0;
	}
	for (size_t i = 0; i < LEN(verbs); i++)
		if (streq(argv[1], verbs[i].name))
			return verbs[i].main(argc - 1, argv + 1);
	return misspelt_verb(argv[1]) ? 2 : verb_generate(argc, argv);
}
