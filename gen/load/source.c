/* SPDX-License-Identifier: MIT */
#include "load/source.h"
#include "base/fs.h"
#include "base/hash.h"
#include "base/util.h"
#include "load/record.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void inputs_init(struct inputs *in, struct arena *a)
{
	*in = (struct inputs){.arena = a};
	in->files.arena = in->probes.arena = in->dirs.arena = in->links.arena = a;
	in->programs.arena = in->env.arena = a;
}

const struct source *input_open(struct inputs *in, const char *path)
{
	struct source *s = map_get(&in->files, path);

	if (!s) {
		struct buf b = {0};

		s = arena_new(in->arena, struct source);
		s->path = arena_strdup(in->arena, path);
		if (read_file(path, &b)) {
			s->text = arena_dup(in->arena, b.data, b.len);
			s->len = b.len;
		} else {
			s->len = (size_t)errno;
		}
		buf_free(&b);
		map_put(&in->files, path, s);
	}
	if (s->text)
		return s;
	errno = (int)s->len;
	return NULL;
}

bool input_exists(struct inputs *in, const char *path)
{
	static char words[2][8] = {"absent", "exists"};

	if (!map_get(&in->probes, path))
		map_put(&in->probes, path, words[path_exists(path)]);
	return streq(map_get(&in->probes, path), words[1]);
}

const char *input_env(struct inputs *in, const char *name)
{
	const char *value = getenv(name);
	struct buf line = {0};

	record_env(&line, name);
	map_put(&in->env, name, arena_strdup(in->arena, buf_str(&line)));
	buf_free(&line);
	return value;
}

static int compare_names(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

char **input_env_names(struct inputs *in, const char *prefix, size_t *n)
{
	size_t count = 0;

	while (environ && environ[count])
		count++;
	char **names = arena_array(in->arena, char *, count + 1);
	*n = 0;
	for (size_t i = 0; i < count; i++)
		if (after_prefix(environ[i], prefix))
			names[(*n)++] = arena_dup(in->arena, environ[i], strcspn(environ[i], "="));
	qsort(names, *n, sizeof(*names), compare_names);
	return names;
}

char **input_list(struct inputs *in, const char *path, size_t *n)
{
	char **names = list_dir(in->arena, path, n);
	char hex[HASH_HEX] = "-";

	if (names)
		hash_names(names, *n, hex);
	map_put(&in->dirs, path, arena_strdup(in->arena, hex));
	return names;
}

const char *input_link(struct inputs *in, const char *path)
{
	char hex[HASH_HEX];
	const char *target = read_link(in->arena, path, hex);

	map_put(&in->links, path, arena_strdup(in->arena, hex));
	return target;
}

void input_program(struct inputs *in, const char *path)
{
	char stamp[HASH_HEX];

	stat_program(path, stamp);
	map_put(&in->programs, path, arena_strdup(in->arena, stamp));
}

void inputs_write(const struct inputs *in, struct buf *b)
{
	struct lines l = {0};

	map_each (e, &in->files) {
		const struct source *s = e->value;
		char hex[HASH_HEX] = "-";

		if (s->text)
			hash_bytes(s->text, s->len, hex);
		lines_add(&l, "file", hex, s->path);
	}
	map_each (e, &in->probes)
		lines_add(&l, e->value, NULL, e->key);
	map_each (e, &in->dirs)
		lines_add(&l, "dir", e->value, e->key);
	map_each (e, &in->links)
		lines_add(&l, "link", e->value, e->key);
	map_each (e, &in->programs)
		lines_add(&l, "program", e->value, e->key);
	map_each (e, &in->env)
		lines_add_text(&l, e->value);
	lines_write(&l, b);
}
