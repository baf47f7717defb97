/* SPDX-License-Identifier: MIT */
#include "base/writer.h"
#include "base/cache.h"
#include "base/util.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MODE 0644

struct writer {
	struct hash_cache *cache;
	char *name; /* of the directory of the last path, up to the slash; NULL: none is open */
	int dir;
};

struct writer *writer_open(const char *cache)
{
	struct writer *w = xcalloc(1, sizeof(*w));

	w->cache = hash_cache_open(cache);
	return w;
}

static void leave_dir(struct writer *w)
{
	if (w->name)
		close(w->dir);
	free(w->name);
	w->name = NULL;
}

/* Opens the directory whose path is the first len bytes; false where it is not there. */
static bool enter_dir(struct writer *w, const char *path, size_t len)
{
	char *name = xcalloc(1, len + 1);

	leave_dir(w);
	memcpy(name, path, len);
	w->dir = open(len ? name : ".", O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (w->dir >= 0)
		w->name = name;
	else
		free(name);
	return w->dir >= 0;
}

/* As lstat. */
static bool look(struct writer *w, const char *path, struct stat *st)
{
	const char *slash = strrchr(path, '/');
	size_t len = slash ? (size_t)(slash - path) + 1 : 0;
	bool inside = w->name && strlen(w->name) == len && memcmp(w->name, path, len) == 0;

	return (inside || enter_dir(w, path, len)) &&
	       fstatat(w->dir, path + len, st, AT_SYMLINK_NOFOLLOW) == 0;
}

/* Whether the file of st is as it was when it held bytes of this hash. */
static bool is_untouched(const struct writer *w, const char *path, const struct stat *st,
			 size_t len, const char *hash)
{
	char known[HASH_HEX];

	return S_ISREG(st->st_mode) && (st->st_mode & 07777) == MODE &&
	       (size_t)st->st_size == len && (st->st_nlink > 1 || !has_twin(path)) &&
	       hash_cache_knows(w->cache, st, known) && streq(known, hash);
}

enum wrote writer_put(struct writer *w, const char *path, const void *data, size_t len)
{
	char hash[HASH_HEX];
	struct stat st;
	bool there = look(w, path, &st);

	quick_hex(data, len, hash);
	if (there && is_untouched(w, path, &st, len, hash))
		return WRITE_SAME;
	enum wrote result = write_if_changed(path, data, len, MODE);
	if (there && result == WRITE_SAME)
		hash_cache_keep(w->cache, &st, hash);
	return result;
}

void writer_close(struct writer *w)
{
	leave_dir(w);
	hash_cache_close(w->cache);
	free(w);
}
