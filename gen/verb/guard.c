/* SPDX-License-Identifier: MIT */
/*
 * fmgen guard ID: fails where a tree has changed that was read before the user's script of that
 * stage ran, and that the script was not said to write (out/watch/ID): what was built from it would
 * be of yesterday.
 */
#include "base/fs.h"
#include "base/util.h"
#include "track/changes.h"
#include "track/tree.h"
#include "verb/verb.h"

#include <stdio.h>
#include <string.h>

/* What changed in a tree since its manifest was made. One that is missing is made later. */
static void compare(struct arena *a, const struct tree_entry *t, struct buf *changes)
{
	struct buf old = {0}, now = {0};

	if (read_file(arena_printf(a, "out/tree/%s", t->id), &old)) {
		tree_manifest(t, &now);
		if (!streq(buf_str(&old), buf_str(&now)))
			manifest_changes(t->path, buf_str(&old), buf_str(&now), changes);
	}
	buf_free(&old);
	buf_free(&now);
}

static void complain(const char *id, const char *changes)
{
	bool post_bin = after_prefix(id, "post-bin-");
	const char *option = post_bin ? "post-bin" : "host-init";

	warn("%s changed what had been read before it ran", option);
	for (const char *line = changes; *line;) {
		int len = (int)strcspn(line, "\n");

		fprintf(stderr, "\t%.*s\n", len, line);
		line += len + (line[len] == '\n');
	}
	fprintf(stderr,
		"  hint: what it makes for others to share, list: `%s: {script: ..., outputs: "
		"[...]}`\n",
		option);
	if (post_bin)
		fputs("  hint: what the binary is made from, let a host-init write\n", stderr);
}

static int guard_main(int argc, char **argv)
{
	struct arena a = {0};
	struct buf changes = {0};
	size_t n = 0;

	if (argc != 2 || strchr(argv[1], '/'))
		die("usage: fmgen guard ID");
	const struct tree_entry *trees =
		trees_read_from(&a, arena_printf(&a, "out/watch/%s", argv[1]), &n);
	for (size_t i = 0; trees && i < n; i++)
		compare(&a, &trees[i], &changes);
	if (changes.len)
		complain(argv[1], buf_str(&changes));
	int status = !trees || changes.len;
	buf_free(&changes);
	arena_free(&a);
	return status;
}

const struct verb verb_guard = {.name = "guard", .main = guard_main, .args = "ID"};
