/* SPDX-License-Identifier: MIT */
#include "load/source.h"
#include "base/fs.h"
#include "lib/unit.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

static struct arena arena;

/* The record of what reads asks for. */
static const char *record_of(struct inputs *in)
{
	struct buf b = {0};

	inputs_write(in, &b);
	char *copy = arena_strdup(&arena, buf_str(&b));
	buf_free(&b);
	return copy;
}

static const char *current(const char *record)
{
	struct hash_cache *cache = hash_cache_open(NULL);
	struct buf b = {0};
	bool ok = inputs_current(record, strlen(record), cache, &b);
	hash_cache_close(cache);
	char *copy = ok ? arena_strdup(&arena, buf_str(&b)) : NULL;

	buf_free(&b);
	return copy;
}

static void put(const char *path, const char *text)
{
	CHECK(write_file(path, text, strlen(text), 0644));
}

static const char *read_much(void)
{
	struct inputs in;
	size_t n = 0;

	inputs_init(&in, &arena);
	CHECK_STR(input_open(&in, "file")->text, "text");
	CHECK(input_open(&in, "file") == input_open(&in, "file"));
	CHECK(!input_open(&in, "none"));
	CHECK_INT(errno, ENOENT);
	CHECK(!input_open(&in, "none"));
	CHECK_INT(errno, ENOENT);
	CHECK(!input_open(&in, "dir"));
	CHECK(input_exists(&in, "dir") && input_exists(&in, "dir"));
	CHECK(!input_exists(&in, "@gone\n"));
	CHECK_STR(input_env(&in, "FMGEN_UNIT_A"), "x=@y\nz");
	CHECK_STR(input_env(&in, "FMGEN_UNIT_B"), "");
	CHECK_STR(input_env(&in, "FMGEN_UNIT_C"), NULL);
	CHECK(input_list(&in, "dir", &n) && n == 1);
	CHECK(!input_list(&in, "file", &n));
	CHECK(!input_list(&in, "none", &n));
	CHECK_STR(input_link(&in, "link"), "there");
	CHECK_STR(input_link(&in, "file"), NULL);
	return record_of(&in);
}

static void the_record_is_current_while_nothing_changes(void)
{
	const char *record = read_much();

	CHECK_STR(current(record), record);
	CHECK_STR(read_much(), record);
	CHECK(strstr(record, "\nenv FMGEN_UNIT_A=x=@y\\nz\n") != NULL);
	CHECK(strstr(record, "\nunset FMGEN_UNIT_C\n") != NULL);
	CHECK(strstr(record, "\nfile - none\n") != NULL);
	CHECK(strncmp(record, "absent \\@gone\\n\n", 15) == 0);
}

/* Whether the record would be another one now. */
static bool noticed(const char *record)
{
	const char *now = current(record);

	return now && strcmp(now, record) != 0;
}

static void every_change_is_noticed(void)
{
	const char *record = read_much();

	put("file", "tent");
	CHECK(noticed(record));
	put("file", "text");
	put("none", "");
	CHECK(noticed(record));
	CHECK(unlink("none") == 0);
	put("@gone\n", "");
	CHECK(noticed(record));
	CHECK(unlink("@gone\n") == 0);
	put("dir/b", "");
	CHECK(noticed(record));
	CHECK(unlink("dir/b") == 0);
	CHECK(setenv("FMGEN_UNIT_B", "b", 1) == 0);
	CHECK(noticed(record));
	CHECK(unsetenv("FMGEN_UNIT_B") == 0);
	CHECK(noticed(record));
	CHECK(setenv("FMGEN_UNIT_B", "", 1) == 0 && setenv("FMGEN_UNIT_C", "", 1) == 0);
	CHECK(noticed(record));
	CHECK(unsetenv("FMGEN_UNIT_C") == 0);
	CHECK(make_symlink("elsewhere", "link"));
	CHECK(noticed(record));
	CHECK(make_symlink("there", "link"));
	CHECK(unlink("file") == 0);
	CHECK(noticed(record));
	put("file", "text");
	CHECK_STR(current(record), record);
}

static void other_text_is_no_record(void)
{
	CHECK_STR(current("what is this\n"), NULL);
	CHECK_STR(current("file x\n"), NULL);
	CHECK_STR(current("absent \\q\n"), NULL);
	CHECK_STR(current("\n"), NULL);
	CHECK_STR(current(""), "");
}

static void sees_another_program(void)
{
	struct inputs in;

	put("program", "one");
	inputs_init(&in, &arena);
	input_program(&in, "program");
	input_program(&in, "no-program");
	const char *record = record_of(&in);
	CHECK_STR(current(record), record);
	put("program", "another");
	CHECK(strcmp(current(record), record) != 0);
}

int main(void)
{
	char dir[] = "/tmp/fmgen-unit-XXXXXX";

	if (!mkdtemp(dir) || chdir(dir) < 0)
		return 1;
	put("file", "text");
	put("dir/a", "");
	make_symlink("there", "link");
	setenv("FMGEN_UNIT_A", "x=@y\nz", 1);
	setenv("FMGEN_UNIT_B", "", 1);
	unsetenv("FMGEN_UNIT_C");
	RUN(the_record_is_current_while_nothing_changes);
	RUN(every_change_is_noticed);
	RUN(other_text_is_no_record);
	RUN(sees_another_program);
	arena_free(&arena);
	remove_tree(dir);
	return unit_done();
}
