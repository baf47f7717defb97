/* SPDX-License-Identifier: MIT */
#include "track/tree.h"
#include "base/fs.h"
#include "lib/unit.h"
#include "base/cache.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#define HASH_OF_X "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"

static struct arena arena;
static char dir[] = "/tmp/fmgen-unit-XXXXXX";

static const char *manifest(const char *id, const char *filter, const char *path)
{
	struct tree_entry t = {.id = id, .filter = filter, .path = path};
	struct buf b = {0};

	tree_manifest(&t, &b);
	char *copy = arena_strdup(&arena, buf_str(&b));
	buf_free(&b);
	return copy;
}

static void put(const char *path, const char *text)
{
	CHECK(write_file(path, text, strlen(text), 0644));
}

static void has_a_line_for_each_entry(void)
{
	put("t/b", "x");
	put("t/a/@x y\n", "x");
	CHECK(make_dirs("t/.empty", 0750));
	CHECK(symlink("no\\where", "t/link") == 0);
	CHECK(mkfifo("t/fifo", 0600) == 0 && chmod("t/fifo", 0600) == 0);
	CHECK(chmod("t", 0755) == 0 && chmod("t/b", 04711) == 0);
	CHECK_STR(manifest(NULL, "all", "t"), "d 0755 0 - .\n"
					      "d 0750 0 - .empty\n"
					      "d 0755 0 - a\n"
					      "f 0644 1 " HASH_OF_X " a/\\@x y\\n\n"
					      "f 4711 1 " HASH_OF_X " b\n"
					      "p 0600 0 - fifo\n"
					      "l 0777 0 no\\\\where link\n");
}

/* Large enough for threads. */
static void keeps_the_order_of_a_wide_tree(void)
{
	struct buf want = {0};

	buf_puts(&want, "d 0755 0 - .\n");
	for (int i = 0; i < 8; i++) {
		buf_printf(&want, "d 0755 0 - %d\n", i);
		for (int k = 0; k < 9; k++) {
			put(arena_printf(&arena, "wide/%d/ %d/x/f", i, k), "x");
			buf_printf(&want, "d 0755 0 - %d/ %d\n", i, k);
			buf_printf(&want, "d 0755 0 - %d/ %d/x\n", i, k);
			buf_printf(&want, "f 0644 1 " HASH_OF_X " %d/ %d/x/f\n", i, k);
		}
		put(arena_printf(&arena, "wide/%d/a", i), "x");
		buf_printf(&want, "f 0644 1 " HASH_OF_X " %d/a\n", i);
	}
	CHECK_STR(manifest("wide", "all", "wide"), buf_str(&want));
	CHECK_STR(manifest("wide", "all", "wide"), buf_str(&want));
	buf_free(&want);
}

static void describes_a_file_and_nothing(void)
{
	put("file", "x");
	CHECK(symlink("file", "to-file") == 0);
	CHECK_STR(manifest(NULL, "all", "file"), "f 0644 1 " HASH_OF_X " .\n");
	CHECK_STR(manifest(NULL, "all", "to-file"), "f 0644 1 " HASH_OF_X " .\n");
	CHECK_STR(manifest(NULL, "all", "none"), "absent\n");
	CHECK_STR(manifest(NULL, "source", "none"), "absent\n");
	CHECK_STR(manifest(NULL, "kconfig", "file"), "empty\n");
}

static void source_knows_git_and_links(void)
{
	put("one/f", "x");
	put("one/.git/HEAD", "x");
	put("one/sub/.git", "x");
	put("two/f", "x");
	CHECK(make_dirs("two/sub", 0755));
	CHECK(symlink("one", "tree") == 0);
	CHECK_STR(manifest(NULL, "source", "one"), manifest(NULL, "source", "two"));
	CHECK(strcmp(manifest(NULL, "all", "one"), manifest(NULL, "all", "two")) != 0);
	const char *before = manifest(NULL, "source", "tree");
	CHECK(strncmp(before, "link one\n", 9) == 0);
	CHECK(make_symlink("two", "tree"));
	CHECK(strcmp(manifest(NULL, "source", "tree"), before) != 0);
	CHECK_STR(manifest(NULL, "all", "tree"), manifest(NULL, "all", "two"));
}

static void source_follows_links_out(void)
{
	put("shared/a.h", "x");
	put("shared/sub/Kconfig", "x");
	CHECK(make_dirs("mod/in", 0755));
	CHECK(symlink("in", "mod/inner") == 0 && symlink("..", "mod/up") == 0);
	CHECK(symlink("../shared/a.h", "mod/a.h") == 0);
	CHECK(symlink("../../shared", "mod/in/dir") == 0);
	CHECK(symlink("../../mod", "shared/sub/back") == 0);
	CHECK_STR(manifest(NULL, "source", "mod"), "d 0755 0 - .\n"
						   "l 0777 0 ../shared/a.h a.h\n"
						   "f 0644 1 " HASH_OF_X " a.h\n"
						   "d 0755 0 - in\n"
						   "l 0777 0 ../../shared in/dir\n"
						   "d 0755 0 - in/dir\n"
						   "f 0644 1 " HASH_OF_X " in/dir/a.h\n"
						   "d 0755 0 - in/dir/sub\n"
						   "f 0644 1 " HASH_OF_X " in/dir/sub/Kconfig\n"
						   "l 0777 0 ../../mod in/dir/sub/back\n"
						   "l 0777 0 in inner\n"
						   "l 0777 0 .. up\n");
	CHECK_STR(manifest(NULL, "kconfig", "mod"), "f 0644 1 " HASH_OF_X " in/dir/sub/Kconfig\n");
	CHECK(!strstr(manifest(NULL, "all", "mod"), "dir/"));
}

static void kconfig_is_a_part(void)
{
	static const char *const in[] = {"Makefile",
					 "a/b/Kconfig.debug",
					 "scripts/x/y",
					 "arch/x/Makefile",
					 "arch/x/configs/defconfig",
					 "kernel/configs/a.config",
					 "arch/x/tools/try",
					 "Documentation/Kconfig",
					 ".config",
					 "arch/x/include/generated"};
	static const char *const out[] = {"a/Makefile", "a/main.c", "arch/x/boot/Makefile",
					  "a/scripts/x", ".git/Kconfig"};

	for (size_t i = 0; i < sizeof(in) / sizeof(*in); i++)
		put(arena_printf(&arena, "k/%s", in[i]), "x");
	for (size_t i = 0; i < sizeof(out) / sizeof(*out); i++)
		put(arena_printf(&arena, "k/%s", out[i]), "x");
	const char *m = manifest(NULL, "kconfig", "k");
	for (size_t i = 0; i < sizeof(in) / sizeof(*in); i++)
		CHECK(strstr(m, arena_printf(&arena, " %s\n", in[i])));
	for (size_t i = 0; i < sizeof(out) / sizeof(*out); i++)
		CHECK(!strstr(m, arena_printf(&arena, " %s\n", out[i])));
}

static void pinned_trees_are_known_by_their_origin(void)
{
	CHECK(make_dirs("p-1", 0755) && symlink("p-1", "p") == 0);
	CHECK_STR(manifest(NULL, "pinned", "p"), "pinned p-1\n");
	put("p-1.origin", "from there");
	CHECK_STR(manifest(NULL, "pinned", "p"), "from there\n");
	CHECK_STR(manifest(NULL, "pinned", "q"), "absent\n");
}

static void put_tool(const char *name, const char *text)
{
	CHECK(write_file(name, text, strlen(text), 0755));
}

static void asks_a_toolchain_once(void)
{
	char *prefix = arena_printf(&arena, "%s/bin/x-", dir);

	CHECK_STR(manifest("tool", "toolchain", prefix), "absent\nabsent\nabsent\n");
	put_tool("bin/x-gcc", "#!/bin/sh\necho called >>calls\necho \"gcc $1\"\necho more\n");
	put_tool("bin/x-ld", "#!/bin/sh\necho \"ld $1\"\n");
	CHECK_STR(manifest("tool", "toolchain", prefix),
		  "gcc --version\ngcc -dumpmachine\nld --version\n");
	CHECK(unlink("calls") == 0);
	CHECK_STR(manifest("tool", "toolchain", prefix),
		  "gcc --version\ngcc -dumpmachine\nld --version\n");
	CHECK(!path_exists("calls"));
	put_tool("bin/x-ld", "#!/bin/sh\necho new\n");
	CHECK_STR(manifest("tool", "toolchain", prefix), "gcc --version\ngcc -dumpmachine\nnew\n");
}

/* A file that was not changed lately: the time of its inode cannot be set, so wait. */
static void settle(void)
{
	usleep(2100 * 1000);
}

static bool in_cache(const char *path, const char *name)
{
	struct hash_cache *c = hash_cache_open(path);
	struct stat st;
	char hex[HASH_HEX];
	int none = open("/proc/self/fd", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	/* Asked in a directory that lacks the file, the cache alone can answer. */
	CHECK(stat(name, &st) == 0);
	bool known = hash_cache_file(c, none, "none", &st, hex);
	close(none);
	hash_cache_close(c);
	return known;
}

static void cache_keeps_settled_hashes(void)
{
	put("c/f", "x");
	settle();
	put("c/new", "y");
	manifest("c", "all", "c");
	CHECK(in_cache("out/cache/c", "c/f"));
	manifest("c", "all", "c");
	CHECK(!in_cache("out/cache/c", "c/new"));
}

static void a_damaged_cache_is_empty(void)
{
	struct buf b = {0};

	settle();
	const char *m = manifest("c", "all", "c");
	CHECK(read_file("out/cache/c", &b) && b.len > 100);
	b.data[60] ^= 1;
	CHECK(write_file("out/cache/c", b.data, b.len, 0644));
	CHECK_STR(manifest("c", "all", "c"), m);
	put("out/cache/c", "fmgen-h1");
	CHECK_STR(manifest("c", "all", "c"), m);
	put("out/cache/c", "");
	CHECK_STR(manifest("c", "all", "c"), m);
	buf_free(&b);
}

int main(void)
{

	if (!mkdtemp(dir) || chdir(dir) < 0)
		return 1;
	umask(022);
	RUN(has_a_line_for_each_entry);
	RUN(keeps_the_order_of_a_wide_tree);
	RUN(describes_a_file_and_nothing);
	RUN(source_knows_git_and_links);
	RUN(source_follows_links_out);
	RUN(kconfig_is_a_part);
	RUN(pinned_trees_are_known_by_their_origin);
	RUN(asks_a_toolchain_once);
	RUN(cache_keeps_settled_hashes);
	RUN(a_damaged_cache_is_empty);
	arena_free(&arena);
	remove_tree(dir);
	return unit_done();
}
