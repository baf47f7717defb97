/* SPDX-License-Identifier: MIT */
#include "run/words.h"
#include "base/escape.h"
#include "base/map.h"
#include "base/quote.h"
#include "base/util.h"
#include "decode/values.h"

#include <stdlib.h>
#include <string.h>

struct argv {
	char **v;
	size_t n;
};

static struct argv launcher_words(struct arena *a)
{
	const char *text = getenv("FMGEN_LAUNCHER");
	struct words words = {0};
	struct argv to = {0};
	size_t fault;

	if (!text)
		return to;
	const char *wrong = split_words(a, text, &words, &fault);
	if (wrong)
		die("FMGEN_LAUNCHER: %s: %s", wrong, text + fault);
	to.v = arena_array(a, char *, words.n);
	for (; to.n < words.n; to.n++)
		to.v[to.n] = arena_strdup(a, words.v[to.n].s);
	return to;
}

static bool read_items(struct arena *a, const char *id, struct argv *to)
{
	struct map roots = {0};

	if (!read_roots(a, "out/roots", &roots))
		return false;
	to->v = read_args(a, arena_printf(a, "out/args/%s", id), &roots, &to->n);
	return to->v;
}

static void append(struct argv *to, const struct argv *words)
{
	if (words->n)
		memcpy(to->v + to->n, words->v, words->n * sizeof(*words->v));
	to->n += words->n;
}

char **run_words(struct arena *a, char *const *command, bool launcher, const char *args_id)
{
	struct argv before = {0}, own = {.v = (char **)command}, items = {0}, all = {0};

	if (launcher)
		before = launcher_words(a);
	if (args_id && !read_items(a, args_id, &items))
		return NULL;
	while (own.v[own.n])
		own.n++;
	all.v = arena_array(a, char *, before.n + own.n + items.n + 1);
	append(&all, &before);
	append(&all, &own);
	append(&all, &items);
	return all.v;
}

const char *run_line(struct arena *a, char *const *command)
{
	struct buf words = {0}, line = {0};

	quote_command(&words, command);
	escape_item(&line, buf_str(&words));
	const char *text = arena_strdup(a, buf_str(&line));
	buf_free(&words);
	buf_free(&line);
	return text;
}
