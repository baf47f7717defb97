/* SPDX-License-Identifier: MIT */
#include "base/proc.h"
#include "base/quote.h"
#include "lib/unit.h"

#include <stdlib.h>

static struct arena arena;

static int shell(const char *text, struct buf *out)
{
	const char *const words[] = {"sh", "-c", text, NULL};
	char *const *argv = (char *const *)words;

	return out ? proc_capture(argv, out, true) : proc_run(argv);
}

static void tells_how_it_ended(void)
{
	const char *const none[] = {"fmgen-no-such-program", NULL};

	CHECK_INT(shell("exit 0", NULL), 0);
	CHECK_INT(shell("exit 3", NULL), 3);
	CHECK_INT(shell("kill -9 $$", NULL), 137);
	CHECK_INT(proc_run((char *const *)none), 127);
}

static void captures(void)
{
	struct buf b = {0};

	CHECK_INT(shell("echo out; echo err >&2; exit 4", &b), 4);
	CHECK_STR(buf_str(&b), "out\n");
	CHECK_INT(shell("seq 1 20000", &b), 0);
	CHECK_INT(b.len, 4 + 108894);
	buf_free(&b);
}

static void finds_programs(void)
{
	CHECK(setenv("PATH", "/nonexistent:/etc:/bin", 1) == 0);
	CHECK_STR(proc_find(&arena, "sh"), "/bin/sh");
	CHECK_STR(proc_find(&arena, "/bin/sh"), "/bin/sh");
	CHECK_STR(proc_find(&arena, "passwd-"), NULL);
	CHECK_STR(proc_find(&arena, "/etc"), NULL);
}

static void quotes(void)
{
	const char *const words[] = {"sh", "", "a b", "it's", "--x=/y,z", "$HOME", "*", NULL};
	struct buf b = {0};

	quote_command(&b, (char *const *)words);
	CHECK_STR(buf_str(&b), "sh '' 'a b' 'it'\\''s' --x=/y,z '$HOME' '*'");
	buf_free(&b);
}

int main(void)
{
	RUN(tells_how_it_ended);
	RUN(captures);
	RUN(finds_programs);
	RUN(quotes);
	arena_free(&arena);
	return unit_done();
}
