/* SPDX-License-Identifier: MIT */
/* fmgen scan ID: brings the manifest out/tree/ID up to date, below the build directory. */
#include "track/tree.h"
#include "base/util.h"
#include "verb/verb.h"

static bool refresh(const struct tree_entry *t)
{
	struct writer *w = writer_open(NULL);
	bool ok = tree_refresh(t, w);

	writer_close(w);
	return ok;
}

static int scan_main(int argc, char **argv)
{
	struct arena a = {0};
	int status = 1;
	size_t n;

	if (argc != 2)
		die("usage: fmgen scan ID");
	struct tree_entry *trees = trees_read(&a, &n);
	const struct tree_entry *t = trees;
	while (trees && t < trees + n && !streq(t->id, argv[1]))
		t++;
	if (trees && t == trees + n)
		warn("no tree %s in out/trees", argv[1]);
	else if (trees)
		status = !refresh(t);
	arena_free(&a);
	return status;
}

const struct verb verb_scan = {.name = "scan", .main = scan_main, .args = "ID"};
