/* SPDX-License-Identifier: MIT */
#include "base/diag.h"
#include "base/util.h"
#include "lib/unit.h"

#include <stdlib.h>

static struct arena arena;
static struct diag diag;

static const char text[] = "one: 1\n\ttwo: \"zw\xc3\xb6lf\" x\r\nthree";
static const struct source file = {"f.yaml", text, sizeof(text) - 1};
static const struct source other = {"g.yaml", "", 0};

static struct span at(const struct source *src, uint32_t line, uint32_t col, uint32_t len)
{
	return (struct span){src, line, col, len};
}

/* What is printed, which the caller frees. */
static char *printed(bool *ok)
{
	char *got = NULL;
	size_t len;
	FILE *out = open_memstream(&got, &len);

	*ok = diag_print(&diag, out);
	fclose(out);
	return got;
}

static void expect(bool want_ok, const char *want)
{
	bool ok;
	char *got = printed(&ok);

	CHECK_STR(got, want);
	CHECK_INT(ok, want_ok);
	free(got);
}

static void begin(void)
{
	diag_init(&diag, &arena);
}

static void nothing_is_printed_for_nothing(void)
{
	begin();
	expect(true, "");
}

static void places_are_shown(void)
{
	begin();
	diag_error(&diag, (struct span){0}, "no place");
	diag_error(&diag, at(&file, 0, 0, 0), "a file");
	diag_error(&diag, at(&file, 1, 6, 1), "a point");
	expect(false, "fmgen: error: no place\n"
		      "f.yaml: error: a file\n"
		      "f.yaml:1:6: error: a point\n"
		      "    1 | one: 1\n"
		      "      |      ^\n");
}

static void marks_stand_below_wide_text(void)
{
	begin();
	diag_warn(&diag, WARN_JSON, at(&file, 2, 7, 8), "quoted");
	diag_note(&diag, at(&file, 2, 16, 1), "after it");
	expect(true, "f.yaml:2:7: warning: quoted [json]\n"
		     "    2 |         two: \"zw\xc3\xb6lf\" x\n"
		     "      |              ^~~~~~~\n"
		     "f.yaml:2:16: note: after it\n"
		     "    2 |         two: \"zw\xc3\xb6lf\" x\n"
		     "      |                      ^\n");
}

static void places_outside_of_the_text_do_no_harm(void)
{
	begin();
	diag_error(&diag, at(&file, 3, 6, 9), "at the end");
	diag_error(&diag, at(&file, 4, 1, 1), "after it");
	diag_error(&diag, at(&other, 1, 1, 1), "empty");
	expect(false, "f.yaml:3:6: error: at the end\n"
		      "    3 | three\n"
		      "      |      ^\n"
		      "f.yaml:4:1: error: after it\n"
		      "g.yaml:1:1: error: empty\n"
		      "    1 | \n"
		      "      | ^\n");
}

static void messages_are_sorted_and_said_once(void)
{
	begin();
	diag_error(&diag, at(&other, 9, 9, 0), "other file");
	diag_error(&diag, at(&file, 9, 2, 0), "last");
	diag_warn(&diag, WARN_JSON, at(&file, 9, 1, 0), "warning");
	diag_error(&diag, at(&file, 9, 1, 0), "error");
	diag_error(&diag, at(&file, 9, 2, 0), "last");
	diag_error(&diag, at(&file, 8, 7, 0), "first");
	expect(false, "g.yaml:9:9: error: other file\n"
		      "f.yaml:8:7: error: first\n"
		      "f.yaml:9:1: error: error\n"
		      "f.yaml:9:2: error: last\n");
}

static void errors_cover_warnings_of_their_place(void)
{
	begin();
	diag_warn(&diag, WARN_JSON, at(&file, 9, 1, 0), "covered");
	diag_note(&diag, at(&file, 9, 1, 0), "a note");
	diag_error(&diag, at(&file, 9, 1, 0), "one");
	diag_error(&diag, at(&file, 9, 1, 0), "two");
	diag_warn(&diag, WARN_JSON, at(&file, 9, 1, 4), "wider");
	diag_error(&diag, at(&file, 0, 0, 0), "the file");
	diag_warn(&diag, WARN_JSON, at(&file, 0, 0, 0), "the file too");
	expect(false, "f.yaml: error: the file\n"
		      "f.yaml: warning: the file too [json]\n"
		      "f.yaml:9:1: error: one\n"
		      "f.yaml:9:1: error: two\n"
		      "f.yaml:9:1: warning: wider [json]\n"
		      "f.yaml:9:1: note: a note\n");
}

static void hints_and_places_follow(void)
{
	begin();
	struct diag_item *item = diag_error(&diag, at(&file, 9, 1, 0), "twice");
	diag_also(&diag, item, at(&other, 0, 0, 0), "also here");
	diag_hint(&diag, item, "do %s", "this");
	expect(false, "f.yaml:9:1: error: twice\n"
		      "g.yaml: note: also here\n"
		      "  hint: do this\n");
}

static void warnings_can_be_errors(void)
{
	begin();
	diag.policy[WARN_JSON] = POLICY_ERROR;
	diag_warn(&diag, WARN_JSON, at(&file, 9, 1, 0), "this one");
	diag_warn(&diag, WARN_NO_EFFECT, at(&file, 9, 2, 0), "not that one");
	CHECK_INT(diag.errors, 1);
	expect(false, "f.yaml:9:1: error: this one [json]\n"
		      "f.yaml:9:2: warning: not that one [no-effect]\n");
	CHECK_INT(diag.errors, 0);
}

static void warnings_can_be_hidden(void)
{
	begin();
	diag.policy[WARN_JSON] = POLICY_HIDE;
	struct diag_item *item = diag_warn(&diag, WARN_JSON, at(&file, 9, 1, 0), "warning");
	diag_hint(&diag, item, "nobody reads this");
	CHECK_INT(diag.warnings, 0);
	expect(true, "");
}

static void json_has_all_of_a_message(void)
{
	static const struct source odd = {"o\xff.yaml", "", 0};

	begin();
	diag.format = DIAG_JSON;
	struct diag_item *item = diag_warn(&diag, WARN_JSON, at(&file, 2, 7, 8), "say \"no\"");
	diag_hint(&diag, item, "one");
	diag_hint(&diag, item, "two");
	diag_also(&diag, item, at(&odd, 0, 0, 0), "there");
	diag_note(&diag, (struct span){0}, "line\nline");
	expect(true,
	       "{\"severity\":\"warning\",\"name\":\"json\",\"message\":\"say \\\"no\\\"\","
	       "\"file\":\"f.yaml\",\"line\":2,\"column\":7,\"length\":8,"
	       "\"hints\":[\"one\",\"two\"],"
	       "\"related\":[{\"message\":\"there\",\"file\":\"o\xef\xbf\xbd.yaml\"}]}\n"
	       "{\"severity\":\"note\",\"message\":\"line\\nline\",\"hints\":[],\"related\":[]}\n");
}

static void control_bytes_are_not_printed(void)
{
	static const struct source evil = {"e\033.yaml", "a\033[31m\001b", 8};

	begin();
	diag_error(&diag, at(&evil, 1, 8, 1), "\033[2J\n");
	expect(false, "e\\x1b.yaml:1:8: error: \\x1b[2J\\n\n"
		      "    1 | a?[31m?b\n"
		      "      |        ^\n");
}

static void long_lines_are_cut_around_the_mark(void)
{
	char line[1000];
	struct source src = {"l", line, sizeof(line)};
	bool ok;

	memset(line, 'x', sizeof(line));
	begin();
	diag_error(&diag, at(&src, 1, 500, 400), "far out");
	char *got = printed(&ok);
	CHECK(strlen(got) < 400);
	CHECK(strstr(got, "| ...xxx"));
	CHECK(strstr(got, "xxx...\n"));
	free(got);
}

static void many_messages_are_only_counted(void)
{
	bool ok;

	begin();
	for (uint32_t i = 0; i < 1000; i++)
		diag_error(&diag, at(&file, 10 + i, 1, 0), "again");
	char *got = printed(&ok);
	CHECK(strstr(got, "fmgen: 900 more messages are not shown\n"));
	free(got);
}

static void nearest_names_are_near(void)
{
	static const char *const names[] = {"command", "cpus", "qemu-args", "rootfs-size"};

	CHECK_STR(nearest_name("comand", names, LEN(names)), "command");
	CHECK_STR(nearest_name("commnad", names, LEN(names)), "command");
	CHECK_STR(nearest_name("CPUs", names, LEN(names)), "cpus");
	CHECK_STR(nearest_name("qemu_args", names, LEN(names)), "qemu-args");
	CHECK_STR(nearest_name("rootfssize", names, LEN(names)), "rootfs-size");
	CHECK_STR(nearest_name("cpu", names, LEN(names)), "cpus");
	CHECK_STR(nearest_name("memory", names, LEN(names)), NULL);
	CHECK_STR(nearest_name("", names, LEN(names)), NULL);
	CHECK_STR(nearest_name("x", names, LEN(names)), NULL);
}

int main(void)
{
	RUN(nothing_is_printed_for_nothing);
	RUN(places_are_shown);
	RUN(marks_stand_below_wide_text);
	RUN(places_outside_of_the_text_do_no_harm);
	RUN(messages_are_sorted_and_said_once);
	RUN(errors_cover_warnings_of_their_place);
	RUN(hints_and_places_follow);
	RUN(warnings_can_be_errors);
	RUN(warnings_can_be_hidden);
	RUN(json_has_all_of_a_message);
	RUN(control_bytes_are_not_printed);
	RUN(long_lines_are_cut_around_the_mark);
	RUN(many_messages_are_only_counted);
	RUN(nearest_names_are_near);
	arena_free(&arena);
	return unit_done();
}
