/* SPDX-License-Identifier: MIT */
#include "decode/values.h"
#include "lib/unit.h"

static struct arena arena;

static long long size(const char *text)
{
	long long bytes = -1;
	bool has_unit;

	return parse_size(text, &bytes, &has_unit) ? -1 : bytes;
}

static void sizes_have_units(void)
{
	CHECK_INT(size("0"), 0);
	CHECK_INT(size("4096"), 4096);
	CHECK_INT(size("5B"), 5);
	CHECK_INT(size("2kB"), 2000);
	CHECK_INT(size("2KB"), 2000);
	CHECK_INT(size("2KiB"), 2048);
	CHECK_INT(size("2K"), 2048);
	CHECK_INT(size("3 MB"), 3000000);
	CHECK_INT(size("3MiB"), 3 << 20);
	CHECK_INT(size("4GB"), 4000000000);
	CHECK_INT(size(" 16 GiB "), 16LL << 30);
	CHECK_INT(size("1.5GiB"), 3LL << 29);
	CHECK_INT(size("0.5K"), 512);
}

static void other_sizes_are_refused(void)
{
	static const char *const bad[] = {"",	 " ",	 "-1",	"x",   "1x",  "1 K B",
					  "1.5", "1.5B", "1.K", ".5K", "1e3", "0x10"};

	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		if (!CHECK_INT(size(bad[i]), -1))
			printf("# for \"%s\"\n", bad[i]);
}

static void sizes_do_not_overflow(void)
{
	CHECK_INT(size("9223372036854775806"), 9223372036854775806);
	CHECK_INT(size("9223372036854775807"), -1);
	CHECK_INT(size("9223372036854775808"), -1);
	CHECK_INT(size("99999999999999999999999"), -1);
	CHECK_INT(size("8388606TiB"), 8388606LL << 40);
	CHECK_INT(size("8388608TiB"), -1);
	CHECK_INT(size("8388606.999999TiB") > 8388606LL << 40, 1);
}

static void counts_are_positive(void)
{
	long long n;

	CHECK_STR(parse_count("4", &n), NULL);
	CHECK_INT(n, 4);
	CHECK(parse_count("0", &n));
	CHECK(parse_count("-1", &n));
	CHECK(parse_count("", &n));
	CHECK(parse_count("1.0", &n));
	CHECK(parse_count("2147483648", &n));
}

static void names_are_plain(void)
{
	char longest[202];

	memset(longest, 'x', sizeof(longest));
	longest[200] = '\0';
	CHECK(is_name(longest));
	longest[200] = 'x';
	longest[201] = '\0';
	CHECK(!is_name(longest));
	CHECK(is_name("a"));
	CHECK(is_name("A-b_c.d+9"));
	CHECK(!is_name(""));
	CHECK(!is_name("."));
	CHECK(!is_name(".."));
	CHECK(!is_name(".hidden"));
	CHECK(!is_name("-x"));
	CHECK(!is_name("a/b"));
	CHECK(!is_name("a b"));
	CHECK(!is_name("a\n"));
	CHECK(!is_name("\xc3\xa4"));
}

/* The words of a text, joined by '|', or the offset of the fault. */
static const char *split(const char *text)
{
	static char joined[200];
	struct words words = {0};
	size_t fault;
	int n = 0;

	joined[0] = '\0';
	if (split_words(&arena, text, &words, &fault)) {
		snprintf(joined, sizeof(joined), "fault at %zu", fault);
		return joined;
	}
	for (size_t i = 0; i < words.n; i++)
		n += snprintf(joined + n, sizeof(joined) - (size_t)n, "%s%s", i ? "|" : "",
			      words.v[i].s);
	return joined;
}

static void words_are_split_as_a_shell_would(void)
{
	CHECK_STR(split(""), "");
	CHECK_STR(split(" \t\n "), "");
	CHECK_STR(split("a  b\tc\nd"), "a|b|c|d");
	CHECK_STR(split("'a b' \"c d\""), "a b|c d");
	CHECK_STR(split("a'b'\"c\"d"), "abcd");
	CHECK_STR(split("'' x \"\""), "|x|");
	CHECK_STR(split("a\\ b \\\\ \\'"), "a b|\\|'");
	CHECK_STR(split("\"a\\\"b\\n\\$\\\\\""), "a\"b\\n$\\");
	CHECK_STR(split("'a\\'"), "a\\");
	CHECK_STR(split("a\\\nb \"c\\\nd\""), "ab|cd");
	CHECK_STR(split("$HOME `x` * ~ #x"), "$HOME|`x`|*|~|#x");
}

static void open_quotes_have_a_place(void)
{
	CHECK_STR(split("a 'b"), "fault at 2");
	CHECK_STR(split("a b\"c d"), "fault at 3");
	CHECK_STR(split("'a' \\"), "fault at 4");
	CHECK_STR(split("\"a\\\""), "fault at 0");
}

static void words_have_places(void)
{
	struct words words = {0};
	size_t fault;

	CHECK(!split_words(&arena, " ab 'c d'", &words, &fault));
	CHECK_INT(words.n, 2);
	CHECK_INT(words.v[0].offset, 1);
	CHECK_INT(words.v[0].len, 2);
	CHECK_INT(words.v[1].offset, 4);
	CHECK_INT(words.v[1].len, 5);
}

int main(void)
{
	RUN(sizes_have_units);
	RUN(other_sizes_are_refused);
	RUN(sizes_do_not_overflow);
	RUN(counts_are_positive);
	RUN(names_are_plain);
	RUN(words_are_split_as_a_shell_would);
	RUN(open_quotes_have_a_place);
	RUN(words_have_places);
	arena_free(&arena);
	return unit_done();
}
