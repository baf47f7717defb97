/* SPDX-License-Identifier: MIT */
/* fmgen schema: what a spec may hold, for editors and validators. */
#include "base/util.h"
#include "emit/schema.h"
#include "verb/options.h"
#include "verb/verb.h"

#include <stdio.h>

static int schema_main(int argc, char **argv)
{
	struct buf b = {0};

	if (parse_options(&verb_schema, argc, argv, NULL))
		die("schema takes no arguments");
	emit_schema(&b);
	fputs(buf_str(&b), stdout);
	buf_free(&b);
	return 0;
}

const struct verb verb_schema = {
	.name = "schema",
	.main = schema_main,
	.args = "",
	.help = "print the JSON Schema of a spec",
};
