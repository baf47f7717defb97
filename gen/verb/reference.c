/* SPDX-License-Identifier: MIT */
/* fmgen reference: the chapters of the manual that are made from tables; `make docs` calls it. */
#include "base/util.h"
#include "emit/reference.h"
#include "verb/options.h"
#include "verb/verb.h"

#include <stdio.h>

static const struct chapter {
	const char *name;
	void (*print)(struct buf *b);
} chapters[] = {
	{"config", reference_config},
	{"man", reference_man},
	{"md", reference_md},
};

static int reference_main(int argc, char **argv)
{
	struct buf b = {0};

	int n = parse_options(&verb_reference, argc, argv, NULL);
	for (size_t i = 0; n == 1 && i < LEN(chapters); i++)
		if (streq(argv[1], chapters[i].name))
			chapters[i].print(&b);
	if (!b.len)
		die("which chapter? config, man or md");
	fputs(buf_str(&b), stdout);
	buf_free(&b);
	return 0;
}

const struct verb verb_reference = {
	.name = "reference",
	.main = reference_main,
	.args = "config|man|md",
};
