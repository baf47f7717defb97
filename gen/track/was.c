/* SPDX-License-Identifier: MIT */
#include "track/was.h"
#include "base/fs.h"
#include "base/path.h"
#include "base/util.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static const char *record_path(struct arena *a, const char *id, const char *suffix)
{
	return arena_printf(a, "out/was/%s%s", id, suffix);
}

static void read_line(struct was *w, char *line)
{
	char *rest = line;
	const char *key = strsep(&rest, " ");

	if (streq(key, "lifted"))
		w->lifted = true;
	if (!rest)
		return;
	if (streq(key, "build"))
		w->build = rest;
	else if (streq(key, "command"))
		w->command = rest;
	else if (streq(key, "start"))
		w->start = atoll(rest);
	else if (streq(key, "end"))
		w->end = atoll(rest);
	else if (streq(key, "cpu"))
		w->cpu = atoll(rest);
	else if (streq(key, "before") && w->n)
		w->ins[w->n - 1].before = rest;
	else if (streq(key, "in") && strchr(rest, ' ')) {
		w->ins[w->n].stamp = strsep(&rest, " ");
		w->ins[w->n++].path = rest;
	}
}

const char *was_stamp(struct arena *a, const char *path)
{
	struct stat st;

	if (stat(path, &st) != 0)
		return "-";
	return arena_printf(a, "%jd:%jd.%09ld:%ju", (intmax_t)st.st_size,
			    (intmax_t)st.st_mtim.tv_sec, st.st_mtim.tv_nsec, (uintmax_t)st.st_ino);
}

bool was_same(const struct was *w, const char *old, const char *now)
{
	size_t size = strcspn(old, ":");
	const char *x = strrchr(old, ':'), *y = strrchr(now, ':');

	if (!x || !y)
		return streq(old, now);
	bool timely = x - old == y - now && strncmp(old, now, (size_t)(x - old)) == 0;
	return timely || (w->lifted && streq(x, y) && strncmp(old, now, size + 1) == 0);
}

bool was_read(struct arena *a, const char *id, struct was *w)
{
	struct buf text = {0};
	size_t lines = 0;
	bool ok = read_file(record_path(a, id, ""), &text);

	*w = (struct was){.id = id, .build = ""};
	if (ok) {
		char *rest = arena_strdup(a, buf_str(&text)), *line;

		for (const char *s = rest; *s; s++)
			lines += *s == '\n';
		w->ins = arena_array(a, struct was_input, lines + 1);
		while ((line = strsep(&rest, "\n")))
			read_line(w, line);
	}
	buf_free(&text);
	return ok;
}

char **was_inputs(struct arena *a, const char *id)
{
	struct was w;

	if (!was_read(a, id, &w))
		return NULL;
	char **v = arena_array(a, char *, w.n + 1);
	for (size_t i = 0; i < w.n; i++)
		v[i] = arena_strdup(a, w.ins[i].path);
	return v;
}

bool was_text(struct arena *a, const char *id, const char *path, struct buf *b)
{
	return read_file(arena_printf(a, "out/was/%s.d/%s", id, path_base(path)), b);
}

bool was_broken(struct arena *a, const char *id)
{
	return path_exists(record_path(a, id, ".new"));
}

const char *was_why(struct arena *a, const char *id)
{
	struct buf b = {0};
	const char *text = "";

	if (read_file(arena_printf(a, "out/log/%s.why", id), &b))
		text = arena_strdup(a, buf_str(&b));
	buf_free(&b);
	return text;
}
