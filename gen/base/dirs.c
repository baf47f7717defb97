/* SPDX-License-Identifier: MIT */
/* The part of fs.h that makes and removes directories. */
#include "base/fs.h"
#include "base/util.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool is_dir(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static bool make_dir(const char *path, mode_t mode)
{
	if (mkdir(path, mode) == 0)
		return chmod(path, mode) == 0;
	if (errno != EEXIST)
		return false;
	if (is_dir(path))
		return true;
	errno = ENOTDIR;
	return false;
}

bool make_dirs(const char *path, mode_t mode)
{
	if (is_dir(path))
		return true;
	if (!*path) {
		errno = ENOENT;
		return false;
	}
	char *copy = xstrdup(path);
	bool ok = true;
	for (char *slash = strchr(copy + 1, '/'); ok && slash; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		ok = make_dir(copy, 0755);
		*slash = '/';
	}
	ok = ok && make_dir(copy, mode);
	free(copy);
	return ok;
}

bool make_parents(const char *path)
{
	const char *slash = strrchr(path, '/');

	if (!slash || slash == path)
		return true;
	char *dir = xstrdup(path);
	dir[slash - path] = '\0';
	bool ok = make_dirs(dir, 0755);
	free(dir);
	return ok;
}

static bool remove_at(int dirfd, const char *name);

static bool remove_contents(int fd)
{
	DIR *dir = fdopendir(fd);
	struct dirent *entry;
	bool ok = true;

	if (!dir) {
		close(fd);
		return false;
	}
	while (ok && (entry = readdir(dir)))
		if (!streq(entry->d_name, ".") && !streq(entry->d_name, ".."))
			ok = remove_at(fd, entry->d_name);
	int err = errno;
	closedir(dir);
	errno = err;
	return ok;
}

static bool remove_at(int dirfd, const char *name)
{
	struct stat st;

	if (unlinkat(dirfd, name, 0) == 0 || errno == ENOENT)
		return true;
	int err = errno;
	if (fstatat(dirfd, name, &st, AT_SYMLINK_NOFOLLOW) < 0 || !S_ISDIR(st.st_mode)) {
		errno = err;
		return false;
	}
	if ((st.st_mode & 0700) != 0700)
		fchmodat(dirfd, name, 0700, 0);
	int fd = openat(dirfd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	return fd >= 0 && remove_contents(fd) && unlinkat(dirfd, name, AT_REMOVEDIR) == 0;
}

bool remove_tree(const char *path)
{
	return remove_at(AT_FDCWD, path);
}
