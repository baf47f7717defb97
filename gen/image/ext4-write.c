/* SPDX-License-Identifier: MIT */
#include "base/util.h"
#include "image/ext4.h"
#include "image/image.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static errcode_t release(struct ext4 *w, const struct inode *inode)
{
	struct ext2_inode *raw = EXT2_INODE(w->raw);
	errcode_t err = 0;

	if (ext2fs_inode_has_valid_blocks2(w->fs, raw))
		err = ext2fs_punch(w->fs, inode->number, raw, NULL, 0, ~0ULL);
	if (!err)
		err = ext2fs_free_ext_attr(w->fs, inode->number, w->raw);
	if (err)
		return err;
	ext2fs_inode_alloc_stats2(w->fs, inode->number, -1, S_ISDIR(inode->mode));
	memset(raw, 0, EXT2_INODE_SIZE(w->fs->super));
	return ext4_write_raw(w, inode->number);
}

/* Frees the inodes without names, and counts down those that kept some. */
static bool write_dropped(struct ext4 *w)
{
	for (const struct inode *i = w->tree->dropped; i; i = i->next) {
		errcode_t err = ext4_read_raw(w, i->number);

		if (!err && !i->links) {
			err = release(w, i);
		} else if (!err) {
			w->raw->i_links_count = (__u16)i->links;
			err = ext4_write_raw(w, i->number);
		}
		if (err) {
			warn("cannot free inode %u of the image: %s", i->number, image_error(err));
			return false;
		}
	}
	return true;
}

static errcode_t write_owner(struct ext4 *w, const struct inode *inode)
{
	struct ext2_inode_large *raw = w->raw;
	errcode_t err = ext4_read_raw(w, inode->number);

	if (err)
		return err;
	raw->i_mode = (__u16)inode->mode;
	raw->i_uid = (__u16)inode->uid;
	ext2fs_set_i_uid_high(*raw, (__u16)(inode->uid >> 16));
	raw->i_gid = (__u16)inode->gid;
	ext2fs_set_i_gid_high(*raw, (__u16)(inode->gid >> 16));
	return ext4_write_raw(w, inode->number);
}

/* What is below dir first: its names need their numbers. */
static bool write_tree(struct ext4 *w, struct inode *dir)
{
	size_t n;
	struct map_entry *names = rootfs_names(w->tree, dir, &n);
	errcode_t err = 0;
	bool ok = true;

	for (size_t i = 0; ok && i < n; i++) {
		struct inode *inode = names[i].value;

		if (!inode->number)
			ok = ext4_create(w, dir, names[i].key, inode);
		if (ok && S_ISDIR(inode->mode) && !inode->unread)
			ok = write_tree(w, inode);
		else if (ok && S_ISDIR(inode->mode) && inode->touched)
			err = write_owner(w, inode);
		if (ok && err)
			ok = ext4_failed(w, dir, names[i].key, err);
	}
	if (ok && dir->changed)
		err = ext4_write_dir(w, dir, names, n);
	if (ok && !err && dir->touched)
		err = write_owner(w, dir);
	free(names);
	return ok && (!err || ext4_failed(w, dir, "", err));
}

/* A tree without a base takes over what a new file system has. */
static errcode_t adopt(struct ext4 *w)
{
	struct inode *root = w->tree->root, *lost;
	ext2_ino_t ino;
	errcode_t err;

	if (w->tree->base)
		return 0;
	root->number = EXT2_ROOT_INO;
	root->touched = true;
	err = ext2fs_lookup(w->fs, EXT2_ROOT_INO, "lost+found", 10, NULL, &ino);
	if (err)
		return err;
	lost = rootfs_get(w->tree, root, "lost+found");
	if (!lost || !S_ISDIR(lost->mode)) {
		lost = rootfs_inode(w->tree, S_IFDIR | 0700);
		lost->next = w->tree->dropped;
		w->tree->dropped = lost;
	}
	lost->number = ino;
	lost->touched = true;
	lost->changed = lost->names.n > 0; /* else its spare blocks stay */
	return 0;
}

static bool write_all(struct ext4 *w)
{
	errcode_t err = adopt(w);

	if (!err && (!write_dropped(w) || !write_tree(w, w->tree->root)))
		return false;
	if (!err)
		err = ext4_canonical(w);
	if (err)
		warn("cannot write the image: %s", image_error(err));
	return !err;
}

struct ext4_shape ext4_shape(ext2_filsys fs)
{
	if (!fs)
		return (struct ext4_shape){EXT4_BLOCK, true, true};
	return (struct ext4_shape){fs->blocksize, ext2fs_has_feature_metadata_csum(fs->super),
				   ext2fs_has_feature_filetype(fs->super)};
}

bool ext4_write(struct rootfs *tree, ext2_filsys fs, uint32_t time)
{
	struct ext4 w = {.tree = tree, .fs = fs, .time = time};
	size_t size = EXT2_INODE_SIZE(fs->super);

	w.shape = ext4_shape(fs);
	w.chunk = xcalloc(1, EXT4_CHUNK);
	w.raw = xcalloc(1, size < sizeof(*w.raw) ? sizeof(*w.raw) : size);
	bool ok = write_all(&w);
	free(w.chunk);
	free(w.raw);
	return ok;
}
