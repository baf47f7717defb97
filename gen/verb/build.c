/* SPDX-License-Identifier: MIT */
/* fmgen build: generation, then the build tool. */
#include "base/dirlock.h"
#include "base/util.h"
#include "verb/builder.h"
#include "verb/generate.h"
#include "verb/verb.h"

static const struct verb_option option_table[] = {REQUEST_OPTIONS};

static int build_main(int argc, char **argv)
{
	struct request r = {0};
	struct arena a = {0};
	int n = parse_options(&verb_build, argc, argv, &r);

	request_enter(&a, &r, argv + 1, (size_t)n);
	int status = dirlock_take() ? generate(&a, &r) : 1;
	if (!status)
		status = run_builder(&a, request_emitter(&r), NULL);
	request_free(&r);
	arena_free(&a);
	return status;
}

const struct verb verb_build = {
	.name = "build",
	.main = build_main,
	.args = "[options] WORKLOAD...",
	.help = "generate, then build",
	.options = option_table,
	.noptions = LEN(option_table),
};
