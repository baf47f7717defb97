/* SPDX-License-Identifier: MIT */
#include "base/path.h"
#include "lib/unit.h"

static struct arena arena;

static void joins(void)
{
	CHECK_STR(path_join(&arena, "a/b", "c"), "a/b/c");
	CHECK_STR(path_join(&arena, "a/b", "/c"), "/c");
	CHECK_STR(path_join(&arena, "a/b/", "./c/"), "a/b/c");
	CHECK_STR(path_join(&arena, "", "c"), "c");
	CHECK_STR(path_join(&arena, ".", "."), ".");
	CHECK_STR(path_join(&arena, "/", "c"), "/c");
}

static void takes_dots_away(void)
{
	CHECK_STR(path_join(&arena, "a/b", "../c"), "a/c");
	CHECK_STR(path_join(&arena, "a", ".."), ".");
	CHECK_STR(path_join(&arena, "a", "../.."), "..");
	CHECK_STR(path_join(&arena, "../a", "../.."), "../..");
	CHECK_STR(path_join(&arena, "/", "../c"), "/c");
	CHECK_STR(path_join(&arena, "/a", "../.."), "/");
	CHECK_STR(path_join(&arena, "x", "a/.//b/../..c"), "x/a/..c");
	CHECK_STR(path_join(&arena, "a..", ".."), ".");
}

static void splits(void)
{
	CHECK_STR(path_dir(&arena, "a/b"), "a");
	CHECK_STR(path_dir(&arena, "a"), ".");
	CHECK_STR(path_dir(&arena, "/a"), "/");
	CHECK_STR(path_base("a/b"), "b");
	CHECK_STR(path_base("b"), "b");
	CHECK_STR(path_stem(&arena, "a.d/b.tar.json"), "b.tar");
	CHECK_STR(path_stem(&arena, "a.d/b"), "b");
	CHECK_STR(path_stem(&arena, ".b"), ".b");
}

static void finds_what_is_below(void)
{
	CHECK_STR(path_below("/a/b/c", "/a"), "b/c");
	CHECK_STR(path_below("/a", "/a"), ".");
	CHECK_STR(path_below("/a", "/"), "a");
	CHECK_STR(path_below("/", "/"), ".");
	CHECK_STR(path_below("/ab", "/a"), NULL);
	CHECK_STR(path_below("a/b", "a"), "b");
}

static void goes_from_one_to_another(void)
{
	CHECK_STR(path_relative(&arena, "/a/b", "/a/c/d"), "../c/d");
	CHECK_STR(path_relative(&arena, "/a/b", "/a/b"), ".");
	CHECK_STR(path_relative(&arena, "/a/b", "/a/b/c"), "c");
	CHECK_STR(path_relative(&arena, "/a/b", "/"), "../..");
	CHECK_STR(path_relative(&arena, "/", "/a"), "a");
}

int main(void)
{
	RUN(joins);
	RUN(takes_dots_away);
	RUN(splits);
	RUN(finds_what_is_below);
	RUN(goes_from_one_to_another);
	arena_free(&arena);
	return unit_done();
}
