/* SPDX-License-Identifier: MIT */
#include "track/outputs.h"
#include "base/escape.h"
#include "base/fs.h"
#include "base/strings.h"
#include "base/util.h"
#include "track/lock.h"

#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#define LIST "out/outputs"

static bool parse(struct arena *a, const char *line, size_t len, struct outputs *o)
{
	char *rest = arena_dup(a, line, len);
	char *id = strsep(&rest, "\t"), *outs = strsep(&rest, "\t");

	if (!outs || !rest)
		return false;
	*o = (struct outputs){.id = id,
			      .outs = strings_split(a, outs, " "),
			      .beside = strings_split(a, rest, " ")};
	return true;
}

bool outputs_find(struct arena *a, const char *id, struct outputs *o)
{
	size_t n = strlen(id), len = 0;
	struct buf text = {0};
	const char *line = NULL;

	if (read_file(LIST, &text)) {
		const char *at = buf_str(&text), *end = at + text.len;

		while ((line = next_line(&at, end, &len)))
			if (len > n && line[n] == '\t' && memcmp(line, id, n) == 0)
				break;
	}
	bool found = line && parse(a, line, len, o);
	buf_free(&text);
	return found;
}

static const char *twins_of(struct arena *a, const struct outputs *o)
{
	return arena_printf(a, "out/keep/stage/%s", o->id);
}

void outputs_forget(struct arena *a, const struct outputs *o)
{
	remove_tree(twins_of(a, o));
}

void outputs_keep(const struct outputs *o)
{
	for (char **out = o->outs; *out; out++)
		keep_twin(*out);
}

static size_t count_missing(char **paths)
{
	size_t n = 0;

	for (; *paths; paths++)
		n += !path_exists(*paths);
	return n;
}

static void take_away(struct arena *a, const struct outputs *o)
{
	for (char **out = o->outs; *out; out++)
		unlink(*out);
	outputs_forget(a, o);
}

static void mend(struct arena *a, const struct outputs *o)
{
	size_t missing = count_missing(o->outs);
	bool whole = !count_missing(o->beside);

	if (missing && whole)
		whole = is_dir(arena_printf(a, "out/stage/%s", o->id));
	if (whole && !missing)
		return;
	bool none = !o->outs[missing];
	if ((whole || none) && !is_dir(twins_of(a, o)))
		return;
	int lock = stage_lock(a, o->id, LOCK_EX | LOCK_NB);
	if (lock < 0)
		return;
	if (!whole)
		take_away(a, o);
	else
		for (char **out = o->outs; *out; out++)
			restore_twin(*out);
	close(lock);
}

void outputs_mend(struct arena *a)
{
	struct buf text = {0};
	struct outputs o;
	const char *line;
	size_t len;

	if (read_file(LIST, &text)) {
		const char *at = buf_str(&text), *end = at + text.len;

		while ((line = next_line(&at, end, &len)))
			if (parse(a, line, len, &o))
				mend(a, &o);
	}
	buf_free(&text);
}
