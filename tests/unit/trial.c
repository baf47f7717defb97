/* SPDX-License-Identifier: MIT */
#include "base/buf.h"
#include "base/fs.h"
#include "base/util.h"
#include "lib/unit.h"
#include "lib/unit_fmgen.h"
#include "trial/align.h"
#include "trial/compare.h"
#include "trial/diff.h"

#include <stdlib.h>
#include <time.h>
#include <unistd.h>

static struct arena a;

static struct lines split(const char *text)
{
	return lines_split(&a, text, strlen(text), false);
}

static const char *show(const char *s, size_t len)
{
	struct buf b = {0};

	safe_line(&b, s, len);
	const char *text = arena_strdup(&a, buf_str(&b));
	buf_free(&b);
	return text;
}

static void shows_any_bytes(void)
{
	CHECK_STR(show("plain\ttext\n", 11), "plain\ttext");
	CHECK_STR(show("a\0b\x1b[1m\r", 8), "a\\x00b\\x1b[1m\\x0d");
	CHECK_STR(show("\xc3\xa9\xff\xed\xa0\x80", 6), "\xc3\xa9\\xff\\xed\\xa0\\x80");
	CHECK_STR(show("\xef\xbf\xbf\xc2\x9b", 5), "\\xef\\xbf\\xbf\\xc2\\x9b");
	CHECK_STR(show("C:\\dir\\x1b\\", 11), "C:\\dir\\x5cx1b\\");
}

static bool between(const char *text, const char *want)
{
	struct lines all = split(text), part, expected = split(want);
	bool found;

	part = lines_between(&a, &all, "fmgen: start", "fmgen: exit", &found);
	return found && part.n == expected.n && lines_contain(&part, &expected);
}

static void strips(void)
{
	CHECK(between("boot\nfmgen: start\none\ntwo\nfmgen: exit 0\ndown\n", "one\ntwo\n"));
	CHECK(between("fmgen: start\nfmgen: exit 0\n", ""));
	CHECK(between("fmgen: start\none\n", "one\n"));
	CHECK(between("fmgen: start[ 1.0] random\nno newlinefmgen: exit 0[ 2.0] x\n",
		      "no newline\n"));
	/* A guest that shows its own script. */
	CHECK(between("fmgen: start\necho 'fmgen: start'\necho \"fmgen: exit $?\"\nfmgen: exit 1\n",
		      "echo 'fmgen: start'\necho \"fmgen: exit $?\"\n"));
	struct lines all = split("one\nfmgen: exit 0\n");
	bool found;
	CHECK_INT((long long)lines_between(&a, &all, "fmgen: start", "fmgen: exit", &found).n, 2);
	CHECK(!found);
	all = split("x\nfmgen: start\none\n");
	CHECK_INT((long long)lines_between(&a, &all, "fmgen: start", "fmgen: exit", &found).first,
		  3);
}

static void drops_returns(void)
{
	struct buf b = {0};

	buf_puts(&b, "\rone\r\r\ntwo\r\n\r");
	drop_returns(&b);
	CHECK_INT((long long)b.len, 8);
	CHECK(memcmp(b.data, "one\ntwo\n", 8) == 0);
	buf_free(&b);
	drop_returns(&b);
	CHECK_INT((long long)b.len, 0);
}

static bool contains(const char *log, const char *ref)
{
	struct lines l = split(log), r = split(ref);

	return lines_contain(&l, &r);
}

static void finds_blocks(void)
{
	CHECK(contains("a\nb\nc\n", "a\nb\nc\n"));
	CHECK(contains("a\nb\nc\n", "b\nc"));
	CHECK(contains("a\nb\nc", "b\nc\n"));
	CHECK(contains("a\nb\nc\n", ""));
	CHECK(contains("", ""));
	CHECK(contains("a\n\n\nb\n", "\n\nb\n"));
	CHECK(contains("a\na\na\nb\na\na\nb\nc\n", "a\na\nb\nc\n"));
	CHECK(!contains("a\nb\nc\n", "a\nc\n"));
	CHECK(!contains("a\nb\nc\n", "b\nc\n\n"));
	CHECK(!contains("ab\n", "a\n"));
	CHECK(!contains("ab\n", "b\n"));
	CHECK(!contains("", "a\n"));
	CHECK(!contains("a\n", "a\na\n"));
}

/* Against the plain way, on random texts of few letters. */
static void finds_as_the_plain_way_does(void)
{
	unsigned seed = 1;

	for (int round = 0; round < 3000; round++) {
		char log[81] = "", ref[13] = "\n";

		for (int i = 0; i < 40; i++) {
			log[2 * i] =
				(char)('a' + (seed = seed * 1103515245 + 12345) % 65536 / 32768);
			log[2 * i + 1] = '\n';
		}
		size_t at = seed / 65536 % 34 * 2;
		memcpy(ref, log + at, 12);
		if (round % 2)
			ref[6] = (char)('a' + 'b' - ref[6]);
		/* Each line is one letter, so lines stand at even places only. */
		bool plain = false;
		for (size_t i = 0; i + 12 <= 80; i += 2)
			plain |= memcmp(log + i, ref, 12) == 0;
		if (!CHECK(contains(log, ref) == plain))
			return;
	}
}

static const char *diff_lines(const struct lines *ref, const struct lines *log, bool part,
			      size_t most)
{
	struct diff d = {&a, "temp", "a b", "c", most};
	struct buf b = {0};

	diff_show(&b, &d, ref, log, part);
	const char *text = arena_strdup(&a, buf_str(&b));
	buf_free(&b);
	return text;
}

/* Behind the names. */
static const char *diff(const char *ref, const char *log, bool part)
{
	struct lines r = lines_split(&a, ref, strlen(ref), !part);
	struct lines l = lines_split(&a, log, strlen(log), !part);
	const char *text = diff_lines(&r, &l, part, 20);
	const char *hunks = after_prefix(text, "--- a b\n+++ c\n");

	return hunks ? hunks : text;
}

static void shows_differences(void)
{
	CHECK_STR(diff("a\nb\nc\n", "a\nb\nc\n", false), "");
	CHECK_STR(diff("a\nb\nc\n", "a\nx\nc\n", false), "@@ -1,3 +1,3 @@\n a\n-b\n+x\n c\n");
	CHECK_STR(diff("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\n5\n6\nx\n8\n9\n", false),
		  "@@ -4,6 +4,6 @@\n 4\n 5\n 6\n-7\n+x\n 8\n 9\n");
	CHECK_STR(diff("a\n", "a", false), "@@ -1 +1 @@\n-a\n+a\n\\ No newline at end of file\n");
	CHECK_STR(diff("", "new\n", false), "@@ -0,0 +1 @@\n+new\n");
	CHECK_STR(diff("old\n", "", false), "@@ -1 +0,0 @@\n-old\n");
	CHECK_STR(diff("a\nb\n", "a\nnew\nb\n", false), "@@ -1,2 +1,3 @@\n a\n+new\n b\n");
	CHECK_STR(diff("1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n", "x\n2\n3\n4\n5\n6\n7\n8\n9\ny\n", false),
		  "@@ -1,4 +1,4 @@\n-1\n+x\n 2\n 3\n 4\n@@ -7,4 +7,4 @@\n 7\n 8\n 9\n-10\n+y\n");
}

static void leaves_out_what_is_beside_a_block(void)
{
	CHECK_STR(diff("one\ntwo\nthree\n", "x\ny\none\ntwo\ntree\nz\n", true),
		  "@@ -1,3 +3,3 @@\n one\n two\n-three\n+tree\n");
	CHECK_STR(diff("one\ntwo\nthree\n", "x\ny\nwon\ntwo\nthree\nz\n", true),
		  "@@ -1,3 +3,3 @@\n-one\n+won\n two\n three\n");
	CHECK_STR(diff("one\ntwo\n", "x\none\nnoise\ntwo\nz\n", true),
		  "@@ -1,2 +2,3 @@\n one\n+noise\n two\n");
}

static void says_where_lines_stand(void)
{
	struct lines r = split("one\ntwo\nthree\n"), l = split("x\ny\none\ntoo\nthree\nz\n");

	r.first = 11;
	l.first = 1001;
	CHECK_STR(diff_lines(&r, &l, true, 20),
		  "--- a b\n+++ c\n@@ -11,3 +1003,3 @@\n one\n-two\n+too\n three\n");
	l.n = 0;
	CHECK_STR(diff_lines(&r, &l, false, 20),
		  "--- a b\n+++ c\n@@ -11,3 +1000,0 @@\n-one\n-two\n-three\n");
}

static void shows_no_more_than_asked(void)
{
	struct lines r = split("1\n2\n3\n"), l = split("a\nb\n3\n");

	CHECK(has_suffix(diff_lines(&r, &l, false, 3),
			 "@@\n-1\n-2\n+a\n... 1 more lines differ\n"));
	CHECK(has_suffix(diff_lines(&r, &l, false, 4), "@@\n-1\n-2\n+a\n+b\n"));
	CHECK(has_suffix(diff("1\n2", "1\n2\n", false), "-2\n\\ No newline at end of file\n+2\n"));
	char *line = arena_alloc(&a, 5002);
	memset(line, 'x', 5000);
	memcpy(line + 398, "\xc3\xa9", 2);
	memcpy(line + 5000, "\n", 2);
	const char *text = diff(line, "", false);
	CHECK(has_suffix(text, "x\xc3\xa9 ... (4600 bytes more)\n") && strlen(text) < 460);
}

/* What is escaped stays different from what looks so. */
static void shows_bytes_that_differ(void)
{
	CHECK_STR(diff("\x1b[1m\n", "\\x1b[1m\n", false), "@@ -1 +1 @@\n-\\x1b[1m\n+\\x5cx1b[1m\n");
	CHECK_STR(diff("\xff\n", "\xfe\n", false), "@@ -1 +1 @@\n-\\xff\n+\\xfe\n");
}

static void says_why_it_shows_nothing(void)
{
	char *path = arena_strdup(&a, getenv("PATH"));

	CHECK(setenv("PATH", "/nowhere", 1) == 0);
	CHECK_STR(
		diff("a\n", "b\n", true),
		"(the difference cannot be shown: there is no diff on PATH (package diffutils))\n");
	CHECK(setenv("PATH", path, 1) == 0);
	CHECK(remove_tree("temp"));
	put("temp", "");
	CHECK_STR(diff("a\n", "b\n", false),
		  "(the difference cannot be shown: cannot write below temp: Not a directory)\n");
	CHECK(remove_tree("temp"));
}

static void leaves_no_files(void)
{
	size_t n = 1;

	CHECK(*diff("a\n", "b\n", true) == '@');
	CHECK(list_dir(&a, "temp", &n) && n == 0);
}

/* n lines of one of few texts. */
static char *many_lines(size_t n, unsigned kinds, unsigned seed)
{
	char *text = arena_alloc(&a, n * 24 + 1), *to = text;

	for (size_t i = 0; i < n; i++) {
		seed = seed * 1103515245 + 12345;
		to += sprintf(to, "line %u of the log\n", seed / 65536 % kinds);
	}
	return text;
}

static void nearest_in(size_t n, unsigned kinds)
{
	char *log = many_lines(n, kinds, 3);
	struct lines l = split(log), r = l;

	/* The last third, with another line in its midst. */
	r.v = (struct line *)arena_dup(&a, l.v, l.n * sizeof(*l.v));
	r.v += n - n / 3;
	r.n = n / 3;
	r.v[r.n / 2] = split("something else").v[0];
	CHECK(!lines_contain(&l, &r));
	struct place p = lines_nearest(&l, &r);
	CHECK(p.alike && p.from + 60 > n - n / 3 && p.from <= n - n / 3 && p.to == n);
	r.v[r.n / 2] = l.v[n - n / 3 + r.n / 2];
	CHECK(lines_contain(&l, &r));
}

static void is_quick_with_long_logs(void)
{
	clock_t began = clock();

	nearest_in(100000, 50000);
	nearest_in(100000, 2);
	struct lines x = split(many_lines(100000, 5, 1)), y = split(many_lines(100000, 7, 2));
	CHECK(!lines_contain(&x, &y));
	x.n = y.n = 20000;
	CHECK(strstr(diff_lines(&y, &x, false, 20), "more lines differ"));
	CHECK(clock() - began < 5 * CLOCKS_PER_SEC);
}

static void finds_the_nearest_place(void)
{
	struct lines log = split("a\n\nhello wrold\nb\n"), ref = split("hello world\n");
	struct place p = lines_nearest(&log, &ref);

	CHECK(p.alike && p.from == 0 && p.to == 4);
	ref = split("#########\n\n");
	p = lines_nearest(&log, &ref);
	CHECK(!p.alike && p.to == 4);
	log = split("");
	p = lines_nearest(&log, &ref);
	CHECK(!p.alike && p.to == 0);
}

/* "PATH: WHY" for each case that failed, "PATH" for each that did not. */
static const char *run_compare(bool strip)
{
	struct comparison c = {"ref", "run", strip, "fmgen: start", "fmgen: exit", "temp"};
	struct trial_result r = {.name = "w"};
	struct buf b = {0};

	compare(&a, &c, &r);
	for (size_t i = 0; i < r.n; i++)
		buf_printf(&b, "%s%s%s\n", r.v[i].name, r.v[i].why ? ": " : "",
			   r.v[i].why ? r.v[i].why : "");
	const char *text = arena_strdup(&a, buf_str(&b));
	buf_free(&b);
	return text;
}

static void compares_directories(void)
{
	put("ref/w/uartlog", "two\nthree");
	put("run/w/uartlog", "one\r\ntwo\r\nthree\r\nfour\r\n");
	put("ref/w/dir/deep/x", "x\n");
	put("run/w/dir/deep/x", "x\n");
	put("run/w/dir/deep/more", "is fine\n");
	put("ref/w/bin", "a");
	put("run/w/bin", "b");
	put("ref/w/missing", "");
	put("ref/w/kind", "");
	put("run/w/kind/file", "");
	put("ref/w/linked", "text\n");
	CHECK(make_symlink("dir/deep/x", "run/w/linked"));
	CHECK(make_symlink("dir/deep/x", "ref/w/same"));
	CHECK(make_symlink("dir/deep/x", "run/w/same"));
	CHECK(make_symlink("dir", "ref/w/shared"));
	put("run/w/shared/deep/x", "x\n");
	CHECK(make_symlink("nowhere", "ref/w/dangling"));
	put("run/w/dangling", "");
	put("ref/stray", "");
	CHECK_STR(
		run_compare(false),
		"stray: the run has no such file; the reference of a machine is in a directory of "
		"its name, as w/stray\n"
		"w/bin: the file differs\n"
		"w/dangling: the reference cannot be read: No such file or directory\n"
		"w/dir/deep/x\n"
		"w/kind: the run has a directory there, the reference a file\n"
		"w/linked: the run has a link there, the reference a file\n"
		"w/missing: the run has no such file\n"
		"w/same\n"
		"w/shared/deep/x\n"
		"w/uartlog\n");
	CHECK(remove_tree("ref") && remove_tree("run"));
}

static void compares_consoles(void)
{
	put("ref/uartlog", "one\n");
	put("run/uartlog", "one\nfmgen: start\ntwo\nfmgen: exit 0\n");
	CHECK_STR(run_compare(false), "uartlog\n");
	CHECK_STR(run_compare(true),
		  "uartlog: the log has nothing like these lines; this is how it ends\n");
	put("ref/uartlog", "boot\nfmgen: start\ntwo\nfmgen: exit 0\n");
	CHECK_STR(run_compare(true), "uartlog\n");
	put("run/uartlog", "panic\n");
	CHECK_STR(run_compare(true),
		  "uartlog: the log has no line 'fmgen: start': the workload was not started\n");
	put("run/uartlog", "");
	CHECK_STR(run_compare(false), "uartlog: the log is empty\n");
	CHECK(remove_tree("ref") && remove_tree("run"));
}

static void keeps_results(void)
{
	struct trial_result r = {.name = "w", .run = "runOutput/w", .ms = 1234}, back;

	for (int i = 0; i < 40; i++)
		result_add(&a, &r,
			   (struct trial_case){arena_printf(&a, "%d", i), i % 2 ? "why" : NULL,
					       i == 1 ? "a\n\"b\"\t\xc3\xa9" : NULL});
	CHECK(result_write(&r, "result.json") && result_read(&a, &back, "result.json"));
	CHECK_INT((long long)back.n, 40);
	CHECK_INT((long long)result_failures(&back), 20);
	CHECK_INT(back.ms, 1234);
	CHECK_STR(back.v[1].text, r.v[1].text);
	CHECK_STR(back.v[0].why, NULL);
	CHECK_STR(back.v[39].name, "39");
	put("result.json", "[1, 2");
	CHECK(!result_read(&a, &back, "result.json"));
	CHECK(!result_read(&a, &back, "none.json"));
	CHECK(remove_tree("result.json"));
}

int main(void)
{
	char dir[] = "/tmp/fmgen-trial-XXXXXX";

	if (!mkdtemp(dir) || chdir(dir) != 0)
		die("cannot use %s:", dir);
	RUN(shows_any_bytes);
	RUN(strips);
	RUN(drops_returns);
	RUN(finds_blocks);
	RUN(finds_as_the_plain_way_does);
	RUN(shows_differences);
	RUN(leaves_out_what_is_beside_a_block);
	RUN(says_where_lines_stand);
	RUN(shows_no_more_than_asked);
	RUN(shows_bytes_that_differ);
	RUN(says_why_it_shows_nothing);
	RUN(leaves_no_files);
	RUN(finds_the_nearest_place);
	RUN(is_quick_with_long_logs);
	RUN(compares_directories);
	RUN(compares_consoles);
	RUN(keeps_results);
	remove_tree(dir);
	arena_free(&a);
	return unit_done();
}
