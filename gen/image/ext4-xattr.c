/* SPDX-License-Identifier: MIT */
#include "base/util.h"
#include "image/ext4.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/xattr.h>

enum { MAX_VALUE = 65536, MAX_NAMES = 1024 };

/* The attributes of one inode. */
struct list {
	struct xattr items[MAX_NAMES];
	size_t n;
};

/* What belongs to the file and not to the host's policy, as labels of SELinux and access lists do.
 */
static bool is_kept(const char *name)
{
	return after_prefix(name, "user.") || streq(name, "security.capability");
}

static errcode_t read_host(struct arena *a, const char *host, struct list *l)
{
	char names[4 * MAX_NAMES]; /* "user.x" is the shortest */
	ssize_t size = llistxattr(host, names, sizeof(names));

	if (size < 0)
		return errno != EOPNOTSUPP && errno != ENOSYS ? errno : 0;
	for (const char *name = names; name < names + size; name += strlen(name) + 1) {
		if (!is_kept(name))
			continue;
		char *value = arena_alloc(a, MAX_VALUE);
		ssize_t len = lgetxattr(host, name, value, MAX_VALUE);
		if (len < 0)
			return errno;
		l->items[l->n++] = (struct xattr){arena_strdup(a, name), value, (size_t)len, NULL};
	}
	return 0;
}

static errcode_t read_archived(const struct inode *inode, struct list *l)
{
	for (const struct xattr *x = inode->xattrs; x; x = x->next) {
		if (l->n == MAX_NAMES)
			return E2BIG;
		l->items[l->n++] = *x;
	}
	return 0;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct xattr *)a)->name, ((const struct xattr *)b)->name);
}

static errcode_t set_all(struct ext4 *w, const struct inode *inode, const struct list *l)
{
	struct ext2_xattr_handle *handle;
	errcode_t err = ext2fs_xattrs_open(w->fs, inode->number, &handle);

	if (err)
		return err;
	err = ext2fs_xattrs_read(handle);
	for (const struct xattr *x = l->items; !err && x < l->items + l->n; x++)
		err = ext2fs_xattr_set(handle, x->name, x->value, x->len);
	errcode_t closed = ext2fs_xattrs_close(&handle);
	return err ? err : closed;
}

/* The order is that of the names: hosts and archives list them in any. */
errcode_t ext4_write_xattrs(struct ext4 *w, const struct inode *inode)
{
	struct arena a = {0};
	struct list l;
	errcode_t err;

	l.n = 0; /* the items need no beginning */
	err = inode->host ? read_host(&a, inode->host, &l) : read_archived(inode, &l);
	if (!err && l.n) {
		qsort(l.items, l.n, sizeof(*l.items), by_name);
		err = set_all(w, inode, &l);
	}
	arena_free(&a);
	return err;
}
