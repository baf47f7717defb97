/* SPDX-License-Identifier: MIT */
/* fmgen build: generation, then ninja. */
#include "base/proc.h"
#include "base/util.h"
#include "verb/verb.h"

#include <string.h>

int verb_build(int argc, char **argv)
{
	char *ninja[] = {"ninja", NULL};
	int status = verb_generate(argc, argv);

	return status ? status : proc_run(ninja);
}
