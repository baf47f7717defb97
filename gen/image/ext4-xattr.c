/* SPDX-License-Identifier: MIT */
#include "base/util.h"
#include "image/ext4.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/xattr.h>

enum { MAX_VALUE = 65536 };

/* What belongs to the file and not to the host's policy, as labels of SELinux and access lists do.
 */
static bool is_kept(const char *name)
{
	return after_prefix(name, "user.") || streq(name, "security.capability");
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static errcode_t set_one(struct ext2_xattr_handle *handle, const char *host, const char *name,
			 char *value)
{
	ssize_t len = lgetxattr(host, name, value, MAX_VALUE);

	return len < 0 ? errno : ext2fs_xattr_set(handle, name, value, (size_t)len);
}

static errcode_t set_all(struct ext4 *w, const struct inode *inode, const char **names, size_t n)
{
	struct ext2_xattr_handle *handle;
	char *value = xcalloc(1, MAX_VALUE);
	errcode_t err = ext2fs_xattrs_open(w->fs, inode->number, &handle);

	if (!err) {
		err = ext2fs_xattrs_read(handle);
		for (size_t i = 0; !err && i < n; i++)
			err = set_one(handle, inode->host, names[i], value);
		errcode_t closed = ext2fs_xattrs_close(&handle);
		err = err ? err : closed;
	}
	free(value);
	return err;
}

/* The order is that of the names: hosts list them in any. */
errcode_t ext4_write_xattrs(struct ext4 *w, const struct inode *inode)
{
	char list[4096];
	const char *names[sizeof(list) / 2];
	size_t n = 0;
	ssize_t len = inode->host ? llistxattr(inode->host, list, sizeof(list)) : 0;

	if (len <= 0)
		return len < 0 && errno != EOPNOTSUPP && errno != ENOSYS ? errno : 0;
	for (const char *name = list; name < list + len; name += strlen(name) + 1)
		if (is_kept(name))
			names[n++] = name;
	if (!n)
		return 0;
	qsort(names, n, sizeof(*names), by_name);
	return set_all(w, inode, names, n);
}
