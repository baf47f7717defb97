/* SPDX-License-Identifier: MIT */
#include "base/fs.h"
#include "base/util.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool read_file(const char *path, struct buf *b)
{
	char block[16384];
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n = fd < 0 ? -1 : 1;

	while (n > 0) {
		n = read(fd, block, sizeof(block));
		if (n < 0 && errno == EINTR)
			n = 1;
		else if (n > 0)
			buf_add(b, block, (size_t)n);
	}
	int err = errno;
	if (fd >= 0)
		close(fd);
	errno = err;
	return n == 0;
}

/* The path of the directory that holds path, or of a temporary file in it; the caller frees it. */
static char *beside(const char *path, const char *name)
{
	const char *slash = strrchr(path, '/');
	struct buf b = {0};

	buf_add(&b, path, slash ? (size_t)(slash - path) + 1 : 0);
	buf_puts(&b, name);
	return b.data;
}

static bool write_all(int fd, const char *p, size_t len)
{
	while (len) {
		ssize_t n = write(fd, p, len);

		if (n < 0 && errno != EINTR)
			return false;
		if (n > 0) {
			p += n;
			len -= (size_t)n;
		}
	}
	return true;
}

/* Makes the file tmp hold the bytes, then renames it to path; tmp is a template of mkstemp. */
static bool write_and_rename(char *tmp, const char *path, const void *data, size_t len, mode_t mode)
{
	int fd = mkostemp(tmp, O_CLOEXEC);

	if (fd < 0)
		return false;
	bool ok = write_all(fd, data, len) && fchmod(fd, mode) == 0;
	ok = close(fd) == 0 && ok;
	if (ok && rename(tmp, path) == 0)
		return true;
	int err = errno;
	unlink(tmp);
	errno = err;
	return false;
}

bool write_file(const char *path, const void *data, size_t len, mode_t mode)
{
	char *tmp = beside(path, ".tmp-XXXXXX");
	bool ok = make_parents(path) && write_and_rename(tmp, path, data, len, mode);

	free(tmp);
	return ok;
}

/* Whether path is a plain file of these bytes; it gets the mode then. */
static bool holds(const char *path, const void *data, size_t len, mode_t mode)
{
	struct stat st;
	struct buf b = {0};

	if (lstat(path, &st) < 0 || !S_ISREG(st.st_mode) || (size_t)st.st_size != len)
		return false;
	bool same = read_file(path, &b) && b.len == len && memcmp(buf_str(&b), data, len) == 0;
	buf_free(&b);
	if (same && (st.st_mode & 07777) != mode)
		same = chmod(path, mode) == 0;
	return same;
}

/* Nothing asks for the time of a graph file. */
bool has_twin(const char *path)
{
	return after_prefix(path, "out/") && !has_suffix(path, ".ninja") &&
	       !has_suffix(path, ".mk") && !has_suffix(path, ".json");
}

/* Where the twin of path is kept, or NULL where it has none; the caller frees it. */
static char *twin_path(const char *path)
{
	struct buf b = {0};

	if (has_twin(path))
		buf_printf(&b, "out/keep/%s", after_prefix(path, "out/"));
	return b.data;
}

/* Makes to another name of from's inode. Without it only a time is lost, so failures are ignored.
 */
static void link_twin(const char *from, const char *to)
{
	struct stat a, b;

	if (stat(from, &a) == 0 && lstat(to, &b) == 0) {
		if (a.st_ino == b.st_ino && a.st_dev == b.st_dev)
			return;
		unlink(to);
	}
	if (link(from, to) < 0 && errno == ENOENT && make_parents(to) && link(from, to) < 0)
		return;
}

bool restore_twin(const char *path)
{
	char *twin = twin_path(path);
	bool ok = twin && path_exists(twin) && make_parents(path) && link(twin, path) == 0;

	free(twin);
	return ok;
}

void keep_twin(const char *path)
{
	char *twin = twin_path(path);

	if (twin)
		link_twin(path, twin);
	free(twin);
}

enum wrote write_if_changed(const char *path, const void *data, size_t len, mode_t mode)
{
	enum wrote result = WRITE_SAME;

	if (!path_exists(path))
		restore_twin(path);
	if (!holds(path, data, len, mode))
		result = write_file(path, data, len, mode) ? WRITE_DONE : WRITE_FAILED;
	if (result != WRITE_FAILED)
		keep_twin(path);
	return result;
}

bool make_symlink(const char *target, const char *path)
{
	char *tmp = beside(path, ".tmp-XXXXXX");
	size_t len = strlen(target);
	char *now = xcalloc(1, len + 2);
	bool same = readlink(path, now, len + 1) == (ssize_t)len && streq(now, target);
	bool ok = same || make_parents(path);

	/* mkstemp finds a free name, which the link then takes. */
	int fd = ok && !same ? mkostemp(tmp, O_CLOEXEC) : -1;
	if (fd >= 0) {
		close(fd);
		ok = unlink(tmp) == 0 && symlink(target, tmp) == 0 && rename(tmp, path) == 0;
	} else {
		ok = same;
	}
	free(now);
	free(tmp);
	return ok;
}

static int compare_names(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool is_dots(const char *name)
{
	return streq(name, ".") || streq(name, "..");
}

char **list_dir(struct arena *a, const char *path, size_t *n)
{
	DIR *dir = opendir(path);
	struct dirent *entry;
	size_t room = 16;
	char **names = arena_array(a, char *, room);

	if (!dir)
		return NULL;
	*n = 0;
	while ((errno = 0, entry = readdir(dir))) {
		if (is_dots(entry->d_name))
			continue;
		if (*n + 1 == room) {
			char **more = arena_array(a, char *, room * 2);
			memcpy(more, names, room * sizeof(*names));
			names = more;
			room *= 2;
		}
		names[(*n)++] = arena_strdup(a, entry->d_name);
	}
	int err = errno;
	closedir(dir);
	errno = err;
	qsort(names, *n, sizeof(*names), compare_names);
	return err ? NULL : names;
}

bool path_exists(const char *path)
{
	struct stat st;

	return lstat(path, &st) == 0;
}
