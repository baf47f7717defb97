/* SPDX-License-Identifier: MIT */
/* fmgen build: generation, then ninja. */
#include "verb/ninja.h"
#include "verb/verb.h"

int verb_build(int argc, char **argv)
{
	struct arena a = {0};
	int status = verb_generate(argc, argv);

	if (!status)
		status = run_ninja(&a, NULL);
	arena_free(&a);
	return status;
}
