/* SPDX-License-Identifier: MIT */
/* fmgen regen: repeats the last generation of the build directory that it is called in. */
#include "base/util.h"
#include "verb/generate.h"
#include "verb/verb.h"

static int regen_main(int argc, char **argv)
{
	struct request r;
	struct arena a = {0};

	(void)argv;
	if (argc != 1)
		die("regen takes no arguments: it repeats the last generation of this directory");
	if (!request_read(&a, &r))
		return 1;
	int status = generate(&a, &r);
	request_free(&r);
	arena_free(&a);
	return status;
}

const struct verb verb_regen = {.name = "regen", .main = regen_main, .args = ""};
