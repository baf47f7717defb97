/* SPDX-License-Identifier: MIT */
#include "base/path.h"
#include "base/util.h"
#include "image/cpio.h"
#include "image/image.h"
#include "image/output.h"
#include "image/steps.h"
#include "verb/verb.h"

static int cpio_main(int argc, char **argv)
{
	static const char *const keys[] = {"--out="};
	const char *values[LEN(keys)] = {0};
	struct arena a = {0};
	struct rootfs fs;
	struct output out;
	size_t n = steps_options(argc, argv, keys, values, LEN(keys));

	if (!values[0] || !*values[0])
		die("usage: fmgen cpio --out=FILE " STEPS_ARGS);
	rootfs_init(&fs, &a);
	fs.scratch = path_dir(&a, values[0]);
	steps_put(&fs, argv + 1, n);
	bool ok = output_begin(&out, &a, values[0]) &&
		  output_end_if_changed(&out, cpio_write(&fs, out.temp));
	rootfs_close(&fs);
	arena_free(&a);
	return ok ? 0 : 1;
}

const struct verb verb_cpio = {.name = "cpio", .main = cpio_main, .args = "--out=FILE STEP..."};
