/* SPDX-License-Identifier: MIT */
/* fmgen tree [--filter=FILTER] PATH: prints the manifest of a tree. */
#include "track/tree.h"
#include "base/util.h"
#include "verb/verb.h"

#include <stdio.h>

static int tree_main(int argc, char **argv)
{
	struct tree_entry t = {.filter = "all"};
	struct buf b = {0};
	int i = 1;

	if (i < argc && after_prefix(argv[i], "--filter="))
		t.filter = after_prefix(argv[i++], "--filter=");
	if (i + 1 != argc || !tree_filter_known(t.filter))
		die("usage: fmgen tree [--filter=all|source|kconfig|toolchain|pinned] PATH");
	t.path = argv[i];
	tree_manifest(&t, &b);
	bool ok = fwrite(b.data, 1, b.len, stdout) == b.len && fflush(stdout) == 0;
	buf_free(&b);
	if (!ok)
		warn("cannot write:");
	return !ok;
}

const struct verb verb_tree = {.name = "tree", .main = tree_main, .args = "[--filter=NAME] PATH"};
