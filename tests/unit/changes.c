/* SPDX-License-Identifier: MIT */
#include "track/changes.h"
#include "base/arena.h"
#include "lib/unit.h"

static struct arena arena;

static const char *tree(const char *old, const char *now)
{
	struct buf b = {0};

	manifest_changes("t", old, now, &b);
	char *copy = arena_strdup(&arena, buf_str(&b));
	buf_free(&b);
	return copy;
}

static const char *lines(const char *old, const char *now)
{
	struct buf b = {0};

	line_changes("p", old, now, &b);
	char *copy = arena_strdup(&arena, buf_str(&b));
	buf_free(&b);
	return copy;
}

static void tells_entries(void)
{
	const char *d = "d 0755 0 - .\n";

	CHECK_STR(tree(d, d), "");
	CHECK_STR(tree(d, "d 0700 0 - .\n"), "t: mode 755 -> 700\n");
	CHECK_STR(tree("f 0644 1 aa x\n", "f 0644 1 ab x\n"), "t/x: contents\n");
	CHECK_STR(tree("f 0644 1 aa x\n", "f 0644 2 aa x\n"), "t/x: contents\n");
	CHECK_STR(tree("l 0777 0 a x y\n", "l 0777 0 b x y\n"), "t/x y: a -> b\n");
	CHECK_STR(tree("f 0644 1 aa x\n", "d 0644 0 - x\n"), "t/x: a file -> a directory\n");
	CHECK_STR(tree("f 0644 1 aa x\n", "f 0644 1 aa y\n"), "t/y: added\nt/x: deleted\n");
	CHECK_STR(tree("absent\n", d), "t: absent -> a directory\n");
	CHECK_STR(tree("link ../a\nf 0644 1 aa .\n", "link ../b\nf 0644 1 aa .\n"),
		  "t: link ../a -> link ../b\n");
}

static void tells_a_root_with_its_link(void)
{
	CHECK_STR(tree("link a\nd 0755 0 - .\nf 0644 1 aa x\n",
		       "link b\nd 0700 0 - .\nf 0644 1 ab x\n"),
		  "t: link a -> link b\nt: mode 755 -> 700\nt/x: contents\n");
}

static void tells_lines(void)
{
	CHECK_STR(lines("--a=1\n--b=2\n", "--a=1\n--b=2\n"), "");
	CHECK_STR(lines("--a=1\n--b=2\n", "--a=1\n--b=3\n"), "p: --b=2 -> --b=3\n");
	CHECK_STR(lines("--a=1\n", "--a=1\n--b=3\n"), "p: + --b=3\n");
	CHECK_STR(lines("--a=1\n--b=3\n", "--b=3\n"), "p: - --a=1\n");
	CHECK_STR(lines("--f=1\n--f=2\n", "--f=2\n--f=1\n"), "p: the order of the lines\n");
	CHECK_STR(lines("--f=1\n--f=2\n", "--f=2\n--f=3\n"), "p: --f=1 -> --f=3\n");
	CHECK_STR(lines("--f=1\n", "--f=1\n--f=1\n"), "p: + --f=1\n");
	CHECK_STR(lines("gcc 1\nx\n", "gcc 2\nx\n"), "p: gcc 1 -> gcc 2\n");
	CHECK_STR(lines("", ""), "");
}

int main(void)
{
	RUN(tells_entries);
	RUN(tells_a_root_with_its_link);
	RUN(tells_lines);
	arena_free(&arena);
	return unit_done();
}
