/* SPDX-License-Identifier: MIT */
#include "base/path.h"
#include "base/util.h"
#include "image/ext4.h"
#include "image/steps.h"
#include "verb/verb.h"

static int ext4_main(int argc, char **argv)
{
	enum { OUT, FROM, SIZE, MARGIN, RECORD };
	static const char *const keys[] = {
		"--out=", "--from=", "--size=", "--margin=", "--record="};
	const char *values[LEN(keys)] = {[SIZE] = "0", [MARGIN] = "268435456"};
	struct arena a = {0};
	struct rootfs tree;
	size_t n = steps_options(argc, argv, keys, values, LEN(keys));

	if (!values[OUT] || !*values[OUT])
		die("usage: fmgen ext4 --out=IMG [--from=IMG] [--size=BYTES] "
		    "[--margin=BYTES] [--record=FILE] " STEPS_ARGS);
	struct ext4_options o = {.out = values[OUT],
				 .size = steps_bytes(keys[SIZE], values[SIZE]),
				 .margin = steps_bytes(keys[MARGIN], values[MARGIN]),
				 .record = values[RECORD]};
	ext4_begin(&tree, &a, values[FROM] && *values[FROM] ? values[FROM] : NULL);
	tree.scratch = path_dir(&a, values[OUT]);
	steps_put(&tree, argv + 1, n);
	bool ok = ext4_make(&tree, &o);
	rootfs_close(&tree);
	arena_free(&a);
	return ok ? 0 : 1;
}

const struct verb verb_ext4 = {
	.name = "ext4", .main = ext4_main, .args = "--out=FILE [--from=FILE] STEP..."};
