/* SPDX-License-Identifier: MIT */
/* fmgen deliver WORDS: hands what was built over to an installer; see deliver/delivery.h. */
#include "deliver/delivery.h"
#include "verb/verb.h"

static int deliver_main(int argc, char **argv)
{
	struct arena a = {0};
	struct delivery d;
	int status = 1;

	delivery_read(&d, &a, argv + 1, (size_t)argc - 1);
	if (delivery_choose(&d) && delivery_files(&d))
		status = delivery_run(&d, false);
	arena_free(&a);
	return status;
}

const struct verb verb_deliver = {
	.name = "deliver",
	.main = deliver_main,
	.args = "--name=NAME --board=BOARD [--target=INSTALLER] [--kind=disk|no-disk] WORDS"};
