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
	char *line = arena_alloc(&a, 5000);
	memset(line, 'x', 4999);
	CHECK(has_suffix(show(line, 4999), "x ... (4599 bytes more)"));
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

static const char *diff(const char *ref, const char *log, bool part)
{
	struct buf b = {0};
	struct lines r = lines_split(&a, ref, strlen(ref), !part);
	struct lines l = lines_split(&a, log, strlen(log), !part);

	diff_show(&b, &r, &l, part, 20);
	const char *text = arena_strdup(&a, buf_str(&b));
	buf_free(&b);
	return text;
}

static void shows_differences(void)
{
	CHECK_STR(diff("a\nb\nc\n", "a\nb\nc\n", false), "");
	CHECK_STR(diff("a\nb\nc\n", "a\nx\nc\n", false), "@@ -1,3 +1,3 @@\n a\n-b\n+x\n c\n");
	CHECK_STR(diff("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\n5\n6\nx\n8\n9\n", false),
		  "@@ -4,6 +4,6 @@\n 4\n 5\n 6\n-7\n+x\n 8\n 9\n");
	CHECK_STR(diff("a\n", "a", false), "@@ -1 +1 @@\n-a\n+a\n\\ no newline at the end\n");
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

/* A patch made of the hunks gives the log: what is said is true. */
static void says_the_truth(void)
{
	unsigned seed = 7;

	for (int round = 0; round < 300; round++) {
		char ref[41] = "", log[41] = "";
		struct buf b = {0};

		for (int i = 0; i < 20; i++) {
			ref[2 * i] = (char)('a' + (seed = seed * 1103515245 + 12345) / 65536 % 3);
			log[2 * i] = (char)('a' + (seed = seed * 1103515245 + 12345) / 65536 % 3);
			ref[2 * i + 1] = log[2 * i + 1] = '\n';
		}
		struct lines r = split(ref), l = split(log);
		diff_show(&b, &r, &l, false, 1000);
		size_t i = 0, j = 0, first, other;
		for (char *s = strtok(b.data, "\n"); s; s = strtok(NULL, "\n")) {
			if (sscanf(s, "@@ -%zu", &first) == 1) {
				CHECK_INT(sscanf(strchr(s, '+'), "+%zu", &other), 1);
				for (; i + 1 < first; i++, j++)
					CHECK(line_equal(&r.v[i], &l.v[j]));
				CHECK(strstr(s, ",0 ") || j + 1 == other);
				continue;
			}
			CHECK(*s == '+' || (i < r.n && r.v[i++].s[0] == s[1]));
			CHECK(*s == '-' || (j < l.n && l.v[j++].s[0] == s[1]));
		}
		for (; i < r.n && j < l.n; i++, j++)
			CHECK(line_equal(&r.v[i], &l.v[j]));
		CHECK(i == r.n && j == l.n);
		buf_free(&b);
	}
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
	struct buf b = {0};

	nearest_in(100000, 50000);
	nearest_in(100000, 2);
	struct lines x = split(many_lines(100000, 5, 1)), y = split(many_lines(100000, 7, 2));
	CHECK(!lines_contain(&x, &y));
	diff_show(&b, &y, &x, false, 20);
	CHECK(strstr(buf_str(&b), "more lines differ"));
	buf_free(&b);
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
	struct comparison c = {"ref", "run", strip, "fmgen: start", "fmgen: exit"};
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
	RUN(says_the_truth);
	RUN(finds_the_nearest_place);
	RUN(is_quick_with_long_logs);
	RUN(compares_directories);
	RUN(compares_consoles);
	RUN(keeps_results);
	remove_tree(dir);
	arena_free(&a);
	return unit_done();
}
