/* SPDX-License-Identifier: MIT */
/* fmgen completions: a script by which a shell completes fmgen's command line. */
#include "base/fs.h"
#include "base/path.h"
#include "base/util.h"
#include "base/warnings.h"
#include "emit/complete.h"
#include "verb/datadir.h"

#include <stdio.h>

static const struct shell {
	const char *name;
	void (*tables)(const struct completer *c, struct buf *b);
} shells[] = {
	{"bash", complete_bash},
	{"zsh", complete_zsh},
	{"fish", complete_fish},
};

/* The names of the boards that come with fmgen. */
static const char *board_names(struct arena *a)
{
	const char *dir = path_join(a, data_dir(a), "boards"), *names = "";
	size_t n = 0;
	char **entries = list_dir(a, dir, &n);

	for (size_t i = 0; i < n; i++)
		if (path_exists(arena_printf(a, "%s/%s/board.yaml", dir, entries[i])))
			names = arena_printf(a, "%s%s%s", names, *names ? " " : "", entries[i]);
	return names;
}

/* What -W and -E take. */
static const char *warning_words(struct arena *a)
{
	const char *words = "";

	for (size_t i = 0; i < WARN_COUNT; i++)
		words = arena_printf(a, "%s%s%s", words, *words ? " " : "", warning_kinds[i].name);
	return words;
}

static int completions_main(int argc, char **argv)
{
	struct arena a = {0};
	struct buf b = {0};
	int n = parse_options(&verb_completions, argc, argv, NULL);
	const struct completer c = {
		.arena = &a, .boards = board_names(&a), .warnings = warning_words(&a)};

	for (size_t i = 0; n == 1 && i < LEN(shells); i++) {
		const char *template = arena_printf(&a, "%s/templates/completions/%s", data_dir(&a),
						    shells[i].name);
		if (!streq(argv[1], shells[i].name))
			continue;
		shells[i].tables(&c, &b);
		buf_putc(&b, '\n');
		if (!read_file(template, &b))
			die("cannot read %s:", template);
	}
	if (!b.len)
		die("for which shell? bash, zsh or fish");
	fputs(buf_str(&b), stdout);
	buf_free(&b);
	arena_free(&a);
	return 0;
}

const struct verb verb_completions = {
	.name = "completions",
	.main = completions_main,
	.args = "bash|zsh|fish",
	.help = "print a script that completes command lines",
};
