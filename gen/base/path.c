/* SPDX-License-Identifier: MIT */
#include "base/path.h"
#include "base/util.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Behind a symlink, ".." is not where the link stands. */
static bool is_link(char *s, size_t len)
{
	struct stat st;

	s[len] = '\0';
	return lstat(s, &st) == 0 && S_ISLNK(st.st_mode);
}

/* Whether the last part of the normal path [s, s + len) may be taken away by "..". */
static bool has_parent(char *s, size_t len)
{
	return len && !(len == 1 && s[0] == '/') &&
	       !(len >= 2 && memcmp(s + len - 2, "..", 2) == 0 &&
		 (len == 2 || s[len - 3] == '/')) &&
	       !is_link(s, len);
}

/* The length of the normal path s without its last part; the root stays. */
static size_t parent_length(const char *s, size_t len)
{
	while (len && s[len - 1] != '/')
		len--;
	return len > 1 ? len - 1 : len;
}

static size_t append_part(char *out, size_t len, const char *part, size_t n)
{
	if (n == 0 || (n == 1 && part[0] == '.'))
		return len;
	if (n == 2 && memcmp(part, "..", 2) == 0) {
		if (has_parent(out, len))
			return parent_length(out, len);
		if (len == 1 && out[0] == '/')
			return len;
	}
	if (len && out[len - 1] != '/')
		out[len++] = '/';
	memcpy(out + len, part, n);
	return len + n;
}

const char *path_join(struct arena *a, const char *dir, const char *name)
{
	const char *s = name[0] == '/' ? name : arena_printf(a, "%s/%s", dir[0] ? dir : ".", name);
	char *out = arena_alloc(a, strlen(s) + 2);
	size_t len = 0;

	if (s[0] == '/')
		out[len++] = '/';
	while (*s) {
		size_t n = strcspn(s, "/");

		len = append_part(out, len, s, n);
		s += n + (s[n] == '/');
	}
	if (!len)
		out[len++] = '.';
	out[len] = '\0';
	return out;
}

const char *path_dir(struct arena *a, const char *path)
{
	const char *slash = strrchr(path, '/');

	if (!slash)
		return ".";
	return slash == path ? "/" : arena_dup(a, path, (size_t)(slash - path));
}

const char *path_base(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

const char *path_stem(struct arena *a, const char *path)
{
	const char *base = path_base(path);
	const char *dot = strrchr(base, '.');

	return arena_dup(a, base, dot && dot != base ? (size_t)(dot - base) : strlen(base));
}

const char *path_below(const char *path, const char *dir)
{
	if (streq(dir, "/"))
		return path[0] == '/' ? (path[1] ? path + 1 : ".") : NULL;
	const char *rest = after_prefix(path, dir);
	if (!rest || (*rest && *rest != '/'))
		return NULL;
	return *rest ? rest + 1 : ".";
}

const char *path_relative(struct arena *a, const char *dir, const char *path)
{
	const char *up = "";
	const char *rest;

	while (!(rest = path_below(path, dir)) && !streq(dir, ".")) {
		up = arena_printf(a, "../%s", up);
		dir = path_dir(a, dir);
	}
	return path_join(a, up, rest ? rest : path);
}

const char *path_real(struct arena *a, const char *path)
{
	char *real = realpath(path, NULL);
	char *copy = real ? arena_strdup(a, real) : NULL;

	free(real);
	return copy;
}
