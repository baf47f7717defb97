/* SPDX-License-Identifier: MIT */
/* What others do to written files between two generations. */
#include "base/writer.h"
#include "base/cache.h"
#include "base/util.h"
#include "lib/unit.h"

#include <fcntl.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#define CACHE "out/cache/test"

static const char *const paths[] = {"out/a/1", "out/a/2", "out/b/3.ninja", "plain"};
static enum wrote results[LEN(paths)];

static void put_all(const char *text)
{
	struct writer *w = writer_open(CACHE);

	for (size_t i = 0; i < LEN(paths); i++)
		results[i] = writer_put(w, paths[i], text, strlen(text));
	writer_close(w);
}

static bool holds(const char *path, const char *text)
{
	struct buf b = {0};
	bool same = read_file(path, &b) && streq(buf_str(&b), text);

	buf_free(&b);
	return same;
}

/* Writes into the file that is there. */
static void scribble(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_TRUNC);

	CHECK(fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text));
	close(fd);
}

static void set_times(const char *path, const struct stat *st)
{
	const struct timespec times[2] = {st->st_atim, st->st_mtim};

	CHECK(utimensat(AT_FDCWD, path, times, 0) == 0);
}

static struct stat stat_of(const char *path)
{
	struct stat st = {0};

	CHECK(lstat(path, &st) == 0);
	return st;
}

/* Whether the cache has the file; asked of a copy, since a cache keeps only what it is asked for.
 */
static bool is_known(const char *path)
{
	struct buf b = {0};
	struct stat st = stat_of(path);
	char hex[HASH_HEX];

	CHECK(read_file(CACHE, &b) && write_file("copy", b.data, b.len, 0644));
	buf_free(&b);
	struct hash_cache *c = hash_cache_open("copy");
	bool known = hash_cache_knows(c, &st, hex);
	hash_cache_close(c);
	return known;
}

/* Waits until hashes of what was written so far are kept. */
static void settle(void)
{
	nanosleep(&(struct timespec){.tv_sec = 2, .tv_nsec = 50000000}, NULL);
}

static void all_done(enum wrote expected)
{
	for (size_t i = 0; i < LEN(paths); i++)
		CHECK_INT(results[i], expected);
}

static void fresh_files_are_read(void)
{
	put_all("one");
	all_done(WRITE_DONE);
	CHECK(!is_known(paths[0]));
	for (int i = 0; i < 100; i++) {
		scribble(paths[1], i % 2 ? "two" : "six");
		put_all("one");
		CHECK(holds(paths[1], "one"));
	}
	put_all("one");
	all_done(WRITE_SAME);
}

static void settled_files_are_known(void)
{
	settle();
	put_all("one");
	all_done(WRITE_SAME);
	put_all("one");
	all_done(WRITE_SAME);
	for (size_t i = 0; i < LEN(paths); i++)
		CHECK(is_known(paths[i]));
}

static void edits_are_undone(void)
{
	struct stat before = stat_of(paths[0]);

	put_all("one");
	scribble(paths[0], "two");
	set_times(paths[0], &before);
	CHECK(write_file("other", "six", 3, 0644) && rename("other", paths[1]) == 0);
	set_times(paths[1], &(struct stat){.st_mtim = {.tv_sec = 1000}});
	CHECK(chmod(paths[2], 0600) == 0);
	CHECK(unlink(paths[3]) == 0 && symlink(paths[2], paths[3]) == 0);
	put_all("one");
	for (size_t i = 0; i < LEN(paths); i++) {
		CHECK(holds(paths[i], "one"));
		CHECK_INT(stat_of(paths[i]).st_mode, S_IFREG | 0644);
	}
	CHECK_INT(results[0], WRITE_DONE);
	CHECK_INT(results[1], WRITE_DONE);
	CHECK_INT(results[2], WRITE_SAME);
	CHECK_INT(results[3], WRITE_DONE);
}

static void other_text_is_written(void)
{
	settle();
	put_all("one");
	put_all("two");
	all_done(WRITE_DONE);
	put_all("one");
	all_done(WRITE_DONE);
	CHECK(holds(paths[0], "one"));
}

static void deleted_files_come_back(void)
{
	struct stat before = stat_of(paths[0]);

	settle();
	put_all("one");
	CHECK(remove_tree("out/a") && unlink(paths[2]) == 0);
	put_all("one");
	CHECK_INT(results[0], WRITE_SAME);
	CHECK_INT(stat_of(paths[0]).st_mtim.tv_nsec, before.st_mtim.tv_nsec);
	CHECK_INT(results[2], WRITE_DONE);
	CHECK(unlink("out/keep/a/2") == 0);
	put_all("one");
	CHECK_INT(stat_of("out/keep/a/2").st_nlink, 2);
}

static void a_damaged_cache_is_empty(void)
{
	CHECK(write_file(CACHE, "rubbish", 7, 0644));
	put_all("one");
	all_done(WRITE_SAME);
	scribble(paths[0], "two");
	put_all("one");
	CHECK(holds(paths[0], "one"));
}

int main(void)
{
	char dir[] = "/tmp/fmgen-unit-XXXXXX";

	if (!mkdtemp(dir) || chdir(dir) < 0)
		return 1;
	RUN(fresh_files_are_read);
	RUN(settled_files_are_known);
	RUN(edits_are_undone);
	RUN(other_text_is_written);
	RUN(deleted_files_come_back);
	RUN(a_damaged_cache_is_empty);
	remove_tree(dir);
	return unit_done();
}
