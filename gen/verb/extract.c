/* SPDX-License-Identifier: MIT */
#include "base/util.h"
#include "image/extract.h"
#include "image/image.h"
#include "image/steps.h"
#include "verb/verb.h"

static int extract_main(int argc, char **argv)
{
	enum { FROM, TO };
	static const char *const keys[] = {"--from=", "--to="};
	const char *values[LEN(keys)] = {0};
	struct arena a = {0};
	struct rootfs fs;
	size_t n = steps_options(argc, argv, keys, values, LEN(keys));

	if (!values[FROM] || !*values[FROM] || !values[TO] || !*values[TO])
		die("usage: fmgen extract --from=IMG --to=DIR PATTERN...");
	rootfs_init(&fs, &a);
	image_to_read(&fs, values[FROM]);
	bool ok = extract(&fs, values[TO], argv + 1, n);
	rootfs_close(&fs);
	arena_free(&a);
	return ok ? 0 : 1;
}

const struct verb verb_extract = {
	.name = "extract", .main = extract_main, .args = "--from=FILE --to=DIR PATTERN..."};
