/* SPDX-License-Identifier: MIT */
#include "base/fs.h"
#include "base/hash.h"
#include "lib/unit.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

static struct arena arena;

static const char *text_of(const char *path)
{
	struct buf b = {0};

	if (!read_file(path, &b))
		return NULL;
	char *copy = arena_strdup(&arena, buf_str(&b));
	buf_free(&b);
	return copy;
}

static struct timespec time_of(const char *path)
{
	struct stat st = {0};

	CHECK(stat(path, &st) == 0);
	return st.st_mtim;
}

static bool same_time(struct timespec a, struct timespec b)
{
	return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec;
}

static void set_old_time(const char *path)
{
	const struct timespec times[2] = {{.tv_sec = 1000000}, {.tv_sec = 1000000}};

	CHECK(utimensat(AT_FDCWD, path, times, 0) == 0);
}

static void writes_and_reads(void)
{
	struct stat st;
	size_t n;

	umask(077);
	CHECK(write_file("w/x/file", "abc", 3, 0640));
	umask(022);
	CHECK_STR(text_of("w/x/file"), "abc");
	CHECK(stat("w/x/file", &st) == 0 && (st.st_mode & 07777) == 0640);
	CHECK(stat("w/x", &st) == 0 && (st.st_mode & 07777) == 0755);
	CHECK(list_dir(&arena, "w/x", &n) && n == 1);
	CHECK_STR(text_of("w/none"), NULL);
	CHECK_INT(errno, ENOENT);
	CHECK(!write_file("w/x", "", 0, 0644));
	CHECK(!write_file("w/x/file/y", "", 0, 0644));
}

static void leaves_equal_files_alone(void)
{
	CHECK_INT(write_if_changed("plain", "a", 1, 0644), WRITE_DONE);
	set_old_time("plain");
	CHECK_INT(write_if_changed("plain", "a", 1, 0644), WRITE_SAME);
	CHECK_INT(time_of("plain").tv_sec, 1000000);
	CHECK_INT(write_if_changed("plain", "b", 1, 0644), WRITE_DONE);
	CHECK(time_of("plain").tv_sec != 1000000);
	CHECK_STR(text_of("plain"), "b");
	CHECK(!path_exists("out/keep/plain"));
}

static void brings_deleted_files_back(void)
{
	CHECK_INT(write_if_changed("out/d/f", "a", 1, 0644), WRITE_DONE);
	struct timespec t = time_of("out/d/f");
	CHECK(remove_tree("out/d"));
	CHECK_INT(write_if_changed("out/d/f", "a", 1, 0644), WRITE_SAME);
	CHECK(same_time(time_of("out/d/f"), t));
	CHECK(unlink("out/d/f") == 0 && restore_twin("out/d/f"));
	CHECK(same_time(time_of("out/d/f"), t));
	CHECK(!restore_twin("out/d/f"));
	CHECK(!restore_twin("out/d/other"));
}

static void deleted_files_that_changed_are_new(void)
{
	CHECK_INT(write_if_changed("out/e/f", "a", 1, 0644), WRITE_DONE);
	set_old_time("out/e/f");
	CHECK(unlink("out/e/f") == 0);
	CHECK_INT(write_if_changed("out/e/f", "b", 1, 0644), WRITE_DONE);
	CHECK(time_of("out/e/f").tv_sec != 1000000);
	CHECK(unlink("out/e/f") == 0);
	CHECK_INT(write_if_changed("out/e/f", "b", 1, 0644), WRITE_SAME);
	CHECK_STR(text_of("out/e/f"), "b");
}

static void removes_trees(void)
{
	CHECK(make_dirs("r/a/b", 0755));
	CHECK(write_file("r/a/f", "", 0, 0400));
	CHECK(symlink("/etc", "r/a/link") == 0);
	CHECK(chmod("r/a", 0500) == 0 && chmod("r/a/b", 0) == 0);
	CHECK(remove_tree("r"));
	CHECK(!path_exists("r") && is_dir("/etc"));
	CHECK(remove_tree("r"));
}

static void makes_links_and_dirs(void)
{
	CHECK(make_symlink("target", "l/link") && make_symlink("target", "l/link"));
	CHECK(make_symlink("other", "l/link"));
	CHECK(path_exists("l/link") && !is_dir("l/link"));
	CHECK(!make_dirs("l/link/x", 0755));
	CHECK(!make_dirs("", 0755));
	CHECK(make_dirs("l/", 0755));
	size_t n = 0;
	char **names = list_dir(&arena, "l", &n);
	CHECK_INT(n, 1);
	CHECK_STR(names[0], "link");
	CHECK(!list_dir(&arena, "none", &n));
}

static void lists_sorted(void)
{
	size_t n = 0;

	for (int i = 40; i > 0; i--)
		CHECK(write_file(arena_printf(&arena, "s/%02d", i), "", 0, 0644));
	char **names = list_dir(&arena, "s", &n);
	CHECK_INT(n, 40);
	for (size_t i = 0; i < n; i++)
		CHECK_STR(names[i], arena_printf(&arena, "%02zu", i + 1));
}

static void hashes(void)
{
	char hex[HASH_HEX], other[HASH_HEX];

	hash_bytes("abc", 3, hex);
	CHECK_STR(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	CHECK(write_file("h", "abc", 3, 0644) && hash_file("h", other));
	CHECK_STR(other, hex);
	hash_bytes(NULL, 0, hex);
	CHECK(hash_file("/dev/null", other));
	CHECK_STR(other, hex);
	CHECK(!hash_file("none", hex));
	CHECK(!hash_file("/", hex));
}

int main(void)
{
	char dir[] = "/tmp/fmgen-unit-XXXXXX";

	if (!mkdtemp(dir) || chdir(dir) < 0)
		return 1;
	RUN(writes_and_reads);
	RUN(leaves_equal_files_alone);
	RUN(brings_deleted_files_back);
	RUN(deleted_files_that_changed_are_new);
	RUN(removes_trees);
	RUN(makes_links_and_dirs);
	RUN(lists_sorted);
	RUN(hashes);
	arena_free(&arena);
	remove_tree(dir);
	return unit_done();
}
