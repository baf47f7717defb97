/* SPDX-License-Identifier: MIT */
#include "base/escape.h"
#include "base/fs.h"
#include "lib/unit.h"

#include <stdlib.h>
#include <unistd.h>

static struct arena arena;
static struct map roots = {.arena = &arena};

static const char *escaped(const char *s)
{
	struct buf b = {0};

	escape_item(&b, s);
	char *copy = arena_strdup(&arena, buf_str(&b));
	buf_free(&b);
	return copy;
}

static const char *unescaped(const char *s)
{
	return unescape_item(&arena, s, strlen(s), &roots);
}

static void escapes_what_must_be(void)
{
	CHECK_STR(escaped(""), "");
	CHECK_STR(escaped("plain text"), "plain text");
	CHECK_STR(escaped("a\\b"), "a\\\\b");
	CHECK_STR(escaped("a\n\t\r"), "a\\n\\t\\r");
	CHECK_STR(escaped("\x01\x7f\x1b"), "\\x01\\x7f\\x1b");
	CHECK_STR(escaped("größe"), "größe");
}

static void escapes_only_what_reads_as_a_root(void)
{
	CHECK_STR(escaped("@spec/x"), "\\@spec/x");
	CHECK_STR(escaped("--a=@spec/x"), "--a=\\@spec/x");
	CHECK_STR(escaped("--a=b=@spec/x@y"), "--a=b=@spec/x@y");
}

static void comes_back(void)
{
	char all[256] = "@=@";

	for (int c = 1; c < 250; c++)
		all[c + 2] = (char)c;
	CHECK_STR(unescaped(escaped(all)), all);
	CHECK_STR(unescaped(escaped("@spec/=@spec/")), "@spec/=@spec/");
}

static void expands_roots(void)
{
	CHECK_STR(unescaped("@spec/a b"), "../s/a b");
	CHECK_STR(unescaped("@spec"), "../s");
	CHECK_STR(unescaped("--a=@spec/x"), "--a=../s/x");
	CHECK_STR(unescaped("--a=x@spec"), "--a=x@spec");
	CHECK_STR(unescaped("--a=b=@spec"), "--a=b=@spec");
	CHECK_STR(unescaped("@top/x"), "/x");
	CHECK_STR(unescape_item(&arena, "@spec/x", 7, NULL), "@spec/x");
}

static void refuses_what_is_bad(void)
{
	CHECK_STR(unescaped("@other/x"), NULL);
	CHECK_STR(unescaped("@"), NULL);
	CHECK_STR(unescaped("a\\"), NULL);
	CHECK_STR(unescaped("\\q"), NULL);
	CHECK_STR(unescaped("\\\n"), NULL);
	CHECK_STR(unescaped("\\x1"), NULL);
	CHECK_STR(unescaped("\\xg0"), NULL);
	CHECK_STR(unescaped("\\x00"), NULL);
}

static void reads_a_file(void)
{
	static const char text[] = "--a=@spec/x\n\n\\@b\\n\nlast";
	char path[] = "/tmp/fmgen-unit-XXXXXX";
	size_t n = 0;

	if (!CHECK(mkdtemp(path)))
		return;
	const char *file = arena_printf(&arena, "%s/args", path);
	CHECK(write_file(file, text, strlen(text), 0644));
	char **v = read_args(&arena, file, &roots, &n);
	if (CHECK(v)) {
		CHECK_INT(n, 4);
		CHECK_STR(v[0], "--a=../s/x");
		CHECK_STR(v[1], "");
		CHECK_STR(v[2], "@b\n");
		CHECK_STR(v[3], "last");
		CHECK(!v[4]);
	}
	CHECK(remove_tree(path));
}

int main(void)
{
	static char spec[] = "../s", top[] = "/";

	map_put(&roots, "spec", spec);
	map_put(&roots, "top", top);
	RUN(escapes_what_must_be);
	RUN(escapes_only_what_reads_as_a_root);
	RUN(comes_back);
	RUN(expands_roots);
	RUN(refuses_what_is_bad);
	RUN(reads_a_file);
	arena_free(&arena);
	return unit_done();
}
