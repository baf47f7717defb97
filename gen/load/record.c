/* SPDX-License-Identifier: MIT */
#include "load/record.h"
#include "base/escape.h"
#include "base/fs.h"
#include "base/util.h"
#include "load/source.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void lines_add_text(struct lines *l, const char *line)
{
	if (l->n == l->room) {
		l->room = l->room ? l->room * 2 : 64;
		l->v = xrealloc(l->v, l->room * sizeof(*l->v));
	}
	l->v[l->n++] = xstrdup(line);
}

void lines_add(struct lines *l, const char *word, const char *hash, const char *item)
{
	struct buf b = {0};

	buf_printf(&b, "%s ", word);
	if (hash)
		buf_printf(&b, "%s ", hash);
	escape_item(&b, item);
	lines_add_text(l, b.data);
	buf_free(&b);
}

static int compare_lines(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

void lines_write(struct lines *l, struct buf *b)
{
	if (l->n)
		qsort(l->v, l->n, sizeof(*l->v), compare_lines);
	for (size_t i = 0; i < l->n; i++)
		if (i == 0 || !streq(l->v[i], l->v[i - 1]))
			buf_printf(b, "%s\n", l->v[i]);
	for (size_t i = 0; i < l->n; i++)
		free(l->v[i]);
	free(l->v);
	*l = (struct lines){0};
}

void record_env(struct buf *b, const char *name)
{
	const char *value = getenv(name);
	struct buf item = {0};

	buf_puts(&item, name);
	if (value)
		buf_printf(&item, "=%s", value);
	buf_puts(b, value ? "env " : "unset ");
	escape_item(b, buf_str(&item));
	buf_free(&item);
}

void hash_names(char *const *names, size_t n, char hex[HASH_HEX])
{
	struct buf b = {0};

	for (size_t i = 0; i < n; i++)
		buf_add(&b, names[i], strlen(names[i]) + 1);
	hash_bytes(b.data, b.len, hex);
	buf_free(&b);
}

const char *read_link(struct arena *a, const char *path, char hex[HASH_HEX])
{
	char target[PATH_MAX];
	ssize_t n = readlink(path, target, sizeof(target));

	memcpy(hex, "-", sizeof("-"));
	if (n < 0)
		return NULL;
	hash_bytes(target, (size_t)n, hex);
	return arena_dup(a, target, (size_t)n);
}

void stat_program(const char *path, char stamp[HASH_HEX])
{
	struct stat st;

	memcpy(stamp, "-", sizeof("-"));
	if (stat(path, &st) == 0)
		snprintf(stamp, HASH_HEX, "%lld:%lld.%09ld", (long long)st.st_size,
			 (long long)st.st_mtim.tv_sec, st.st_mtim.tv_nsec);
}

/* The record in the making. */
struct now {
	struct lines l;
	struct hash_cache *cache;
};

static void now_program(struct now *now, const char *path)
{
	char stamp[HASH_HEX];

	stat_program(path, stamp);
	lines_add(&now->l, "program", stamp, path);
}

static void now_file(struct now *now, const char *path)
{
	char hex[HASH_HEX];
	struct stat st;
	bool known = stat(path, &st) == 0 && S_ISREG(st.st_mode)
			     ? hash_cache_file(now->cache, AT_FDCWD, path, &st, hex)
			     : hash_file(path, hex);

	lines_add(&now->l, "file", known ? hex : "-", path);
}

static void now_dir(struct now *now, const char *path)
{
	struct arena a = {0};
	size_t n;
	char **names = list_dir(&a, path, &n);
	char hex[HASH_HEX] = "-";

	if (names)
		hash_names(names, n, hex);
	lines_add(&now->l, "dir", hex, path);
	arena_free(&a);
}

static void now_link(struct now *now, const char *path)
{
	struct arena a = {0};
	char hex[HASH_HEX];

	read_link(&a, path, hex);
	lines_add(&now->l, "link", hex, path);
	arena_free(&a);
}

static void now_probe(struct now *now, const char *path)
{
	lines_add(&now->l, path_exists(path) ? "exists" : "absent", NULL, path);
}

static void now_env(struct now *now, const char *item)
{
	char *name = xstrdup(item);
	struct buf b = {0};

	name[strcspn(name, "=")] = '\0';
	record_env(&b, name);
	lines_add_text(&now->l, b.data);
	buf_free(&b);
	free(name);
}

static const struct kind {
	const char *word;
	bool hashed;
	void (*add)(struct now *now, const char *item);
} kinds[] = {
	/* clang-format off */
	{"file ",   true,  now_file},
	{"dir ",    true,  now_dir},
	{"link ",   true,  now_link},
	{"program ", true, now_program},
	{"exists ", false, now_probe},
	{"absent ", false, now_probe},
	{"env ",    false, now_env},
	{"unset ",  false, now_env},
	/* clang-format on */
};

static bool now_line(struct now *now, const char *line)
{
	struct arena a = {0};
	char *item = NULL;

	for (size_t i = 0; i < LEN(kinds) && !item; i++) {
		const char *rest = after_prefix(line, kinds[i].word);
		const char *space = rest && kinds[i].hashed ? strchr(rest, ' ') : NULL;

		if (!rest || (kinds[i].hashed && !space))
			continue;
		rest = space ? space + 1 : rest;
		item = unescape_item(&a, rest, strlen(rest), NULL);
		if (item)
			kinds[i].add(now, item);
	}
	arena_free(&a);
	return item;
}

bool inputs_current(const char *record, size_t len, struct hash_cache *cache, struct buf *b)
{
	const char *end = record + len, *line;
	struct arena a = {0};
	struct now now = {.cache = cache};
	bool ok = true;
	size_t n;

	while (ok && (line = next_line(&record, end, &n)))
		ok = now_line(&now, arena_dup(&a, line, n));
	lines_write(&now.l, b);
	arena_free(&a);
	return ok;
}
