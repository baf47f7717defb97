/* SPDX-License-Identifier: MIT */
#include "image/extract.h"
#include "base/fs.h"
#include "base/strings.h"
#include "base/util.h"
#include "image/data.h"
#include "image/ext4.h"

#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { MAX_SYMLINKS = 40, CHUNK = 65536 };

/* A name that a pattern has matched so far. */
struct found {
	const char *path; /* as the pattern and the image spell it */
	struct inode *inode;
	struct found *next;
};

struct extract {
	struct rootfs *fs;
	const char *to;
	struct map names; /* of what is to be written -> struct found * */
	time_t now;
	char chunk[CHUNK];
};

/* What stands under name in dir, behind all links; NULL: nothing. */
static struct inode *follow(struct rootfs *fs, struct inode *dir, const char *name)
{
	struct inode *inode = rootfs_get(fs, dir, name);

	for (int links = 0; inode && S_ISLNK(inode->mode); links++) {
		struct inode *is_dir = rootfs_dir(fs, dir, inode->target, false);
		char *path = arena_strdup(fs->arena, inode->target);
		char *slash = strrchr(path, '/');

		if (is_dir || links == MAX_SYMLINKS)
			return is_dir;
		if (slash) {
			*slash = '\0';
			dir = rootfs_dir(fs, dir, slash == path ? "/" : path, false);
		}
		inode = dir ? rootfs_get(fs, dir, slash ? slash + 1 : path) : NULL;
	}
	return inode;
}

static bool name_matches(const char *pattern, const char *name)
{
	return streq(pattern, name) || fnmatch(pattern, name, FNM_PERIOD) == 0;
}

/* What matches one component below what was found; a dangling link matches nothing. */
static struct found *match_names(struct rootfs *fs, const struct found *dirs, const char *pattern)
{
	struct found *list = NULL, **tail = &list;

	for (; dirs; dirs = dirs->next) {
		size_t n = 0;
		struct map_entry *names = NULL;

		if (S_ISDIR(dirs->inode->mode))
			names = rootfs_names(fs, dirs->inode, &n);
		for (size_t i = 0; i < n; i++) {
			struct inode *inode = NULL;

			if (name_matches(pattern, names[i].key))
				inode = follow(fs, dirs->inode, names[i].key);
			if (!inode)
				continue;
			*tail = arena_new(fs->arena, struct found);
			(*tail)->path = arena_printf(fs->arena, "%s/%s", dirs->path, names[i].key);
			(*tail)->inode = inode;
			tail = &(*tail)->next;
		}
		free(names);
	}
	return list;
}

/* All that a pattern matches; NULL with a message: nothing. */
static struct found *match(struct rootfs *fs, const char *pattern)
{
	struct found *found = arena_new(fs->arena, struct found);
	char **parts = strings_split(fs->arena, pattern, "/");
	const char *so_far = "";

	*found = (struct found){"", fs->root, NULL};
	if (*pattern != '/' || !*parts) {
		warn("not an absolute path of a file on the disk: '%s'", pattern);
		return NULL;
	}
	for (; *parts; parts++) {
		so_far = arena_printf(fs->arena, "%s/%s", so_far, *parts);
		found = match_names(fs, found, *parts);
		if (!found && parts[1])
			warn("output %s: there is no %s on the disk", pattern, so_far);
		else if (!found)
			warn("output %s: there is no such file on the disk", pattern);
		if (!found)
			return NULL;
	}
	return found;
}

static const char *name_of(const struct found *found)
{
	return strrchr(found->path, '/') + 1;
}

static bool can_copy(mode_t mode)
{
	return S_ISREG(mode) || S_ISDIR(mode);
}

/* Takes note of what a pattern matches. The same file by two patterns is one. */
static bool add_output(struct extract *x, struct found *found, const char *pattern)
{
	const char *name = name_of(found);
	const struct found *other = map_get(&x->names, name);

	if (!can_copy(found->inode->mode)) {
		warn("output %s is neither a file nor a directory", found->path);
		return !streq(found->path, pattern);
	}
	if (other && other->inode == found->inode)
		return true;
	if (other)
		warn("outputs %s and %s would both be %s/%s", other->path, found->path, x->to,
		     name);
	else if (path_exists(arena_printf(x->fs->arena, "%s/%s", x->to, name)))
		warn("output %s: %s/%s is there already", found->path, x->to, name);
	else {
		map_put(&x->names, name, found);
		return true;
	}
	return false;
}

static bool failed(const char *path)
{
	warn("cannot write %s:", path);
	return false;
}

/* Gives an open file the mode and time that it has in the image: never a time to come, nor a mode
 * that keeps its owner out. */
static bool finish(struct extract *x, int fd, const struct inode *inode)
{
	struct ext2_inode raw;
	struct timespec times[2] = {{.tv_nsec = UTIME_OMIT}, {.tv_sec = x->now}};
	mode_t owner = S_ISDIR(inode->mode) ? S_IRWXU : S_IRUSR;

	if (!ext2fs_read_inode(inode->image->fs, inode->ino, &raw) && (time_t)raw.i_mtime < x->now)
		times[1].tv_sec = raw.i_mtime;
	return fchmod(fd, (inode->mode & 0777) | owner) == 0 && futimens(fd, times) == 0;
}

static bool write_chunk(int fd, const char *p, size_t len, uint64_t at)
{
	while (len) {
		ssize_t n = pwrite(fd, p, len, (off_t)at);

		if (n < 0)
			return false;
		p += n, at += (uint64_t)n, len -= (size_t)n;
	}
	return true;
}

/* Zeros stay holes. */
static bool write_data(struct extract *x, int fd, const struct inode *inode, const char *path)
{
	struct data d;
	bool ok = data_open(&d, inode);

	if (ok && ftruncate(fd, (off_t)inode->size) < 0)
		ok = failed(path);
	for (uint64_t at = 0; ok && at < inode->size; at += CHUNK) {
		size_t len = inode->size - at < CHUNK ? (size_t)(inode->size - at) : CHUNK;

		ok = data_read(&d, at, x->chunk, len);
		if (ok && !ext4_is_zero(x->chunk, len) && !write_chunk(fd, x->chunk, len, at))
			ok = failed(path);
	}
	data_close(&d);
	return ok;
}

static bool write_file_out(struct extract *x, const struct inode *inode, const char *path)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	bool ok = fd >= 0 || failed(path);

	ok = ok && write_data(x, fd, inode, path);
	ok = ok && (finish(x, fd, inode) || failed(path));
	if (fd >= 0 && close(fd) < 0 && ok)
		return failed(path);
	return ok;
}

static bool write_inode(struct extract *x, struct inode *inode, const char *path);

static bool write_dir(struct extract *x, struct inode *dir, const char *path)
{
	size_t n;
	struct map_entry *names = rootfs_names(x->fs, dir, &n);
	bool ok = mkdir(path, 0700) == 0 || failed(path);
	int fd = ok ? open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC) : -1;

	for (size_t i = 0; ok && i < n; i++)
		ok = write_inode(x, names[i].value,
				 arena_printf(x->fs->arena, "%s/%s", path, names[i].key));
	ok = ok && (finish(x, fd, dir) || failed(path));
	if (fd >= 0)
		close(fd);
	free(names);
	return ok;
}

/* Of what lies in a directory links stay links. */
static bool write_inode(struct extract *x, struct inode *inode, const char *path)
{
	if (S_ISDIR(inode->mode))
		return write_dir(x, inode, path);
	if (S_ISREG(inode->mode))
		return write_file_out(x, inode, path);
	if (S_ISLNK(inode->mode))
		return symlink(inode->target, path) == 0 || failed(path);
	warn("note: %s is left out: it is neither a file nor a directory", path);
	return true;
}

bool extract(struct rootfs *fs, const char *to, char *const *patterns, size_t n)
{
	struct extract *x = arena_new(fs->arena, struct extract);
	bool ok = true;

	*x = (struct extract){.fs = fs, .to = to, .names = {.arena = fs->arena}};
	x->now = time(NULL);
	for (size_t i = 0; i < n; i++) {
		struct found *next, *found = match(fs, patterns[i]);

		ok &= found != NULL;
		for (; found; found = next) {
			next = found->next;
			ok &= add_output(x, found, patterns[i]);
		}
	}
	if (ok && !make_dirs(to, 0777))
		ok = failed(to);
	if (!ok)
		return false;
	map_each (e, &x->names) {
		const struct found *found = e->value;

		ok &= write_inode(x, found->inode,
				  arena_printf(fs->arena, "%s/%s", to, name_of(found)));
	}
	return ok;
}
