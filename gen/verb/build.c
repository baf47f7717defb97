/* SPDX-License-Identifier: MIT */
/* fmgen build: generation, then ninja. */
#include "base/util.h"
#include "verb/ninja.h"
#include "verb/verb.h"

int verb_build(int argc, char **argv)
{
	struct arena a = {0};
	for (int i = 1; i < argc; i++)
		if (after_prefix(argv[i], "--dump"))
			die("build has no --dump: use `fmgen --dump=...`");
	int status = verb_generate(argc, argv);

	if (!status)
		status = run_ninja(&a, NULL);
	arena_free(&a);
	return status;
}
