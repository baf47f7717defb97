/* SPDX-License-Identifier: MIT */
#include "base/util.h"
#include "image/data.h"
#include "image/ext4.h"

#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

bool ext4_failed(struct ext4 *w, const struct inode *dir, const char *name, errcode_t err)
{
	warn("cannot write %s into the image: %s", rootfs_path(w->tree, dir, name),
	     image_error(err));
	return false;
}

errcode_t ext4_read_raw(struct ext4 *w, ext2_ino_t ino)
{
	return ext2fs_read_inode_full(w->fs, ino, EXT2_INODE(w->raw),
				      EXT2_INODE_SIZE(w->fs->super));
}

errcode_t ext4_write_raw(struct ext4 *w, ext2_ino_t ino)
{
	return ext2fs_write_inode_full(w->fs, ino, EXT2_INODE(w->raw),
				       EXT2_INODE_SIZE(w->fs->super));
}

bool ext4_is_zero(const char *p, size_t len)
{
	return !len || (!*p && memcmp(p, p + 1, len - 1) == 0);
}

/* Writes the runs of n blocks in w->chunk that are not all zeros; at: their place in the file. */
static errcode_t write_chunk(struct ext4_blocks *b, blk64_t at, size_t n)
{
	size_t size = b->w->shape.block, i = 0;
	const char *chunk = b->w->chunk;

	while (i < n) {
		blk64_t start, got;
		size_t end = i;

		while (end < n && !ext4_is_zero(chunk + end * size, size))
			end++;
		if (end == i++)
			continue;
		i--;
		errcode_t err = ext4_blocks_take(b, at + i, end - i, &start, &got);
		if (!err)
			err = io_channel_write_blk64(b->w->fs->io, start, (int)got,
						     chunk + i * size);
		if (err)
			return err;
		i += got;
	}
	return 0;
}

/* Copies the bytes; false when they could not be read (said so), else *err. */
static bool copy_bytes(struct ext4_blocks *b, struct data *d, errcode_t *err)
{
	size_t size = b->w->shape.block;
	uint64_t end = d->inode->size, at = 0;

	while (!*err && (at = data_next(d, at)) < end) {
		at -= at % size;
		size_t len = end - at < EXT4_CHUNK ? (size_t)(end - at) : EXT4_CHUNK;
		size_t n = (len + size - 1) / size;

		if (!data_read(d, at, b->w->chunk, len))
			return false;
		memset(b->w->chunk + len, 0, n * size - len);
		*err = write_chunk(b, at / size, n);
		at += len;
	}
	return true;
}

static errcode_t write_bytes(struct ext4 *w, const struct inode *inode, bool *readable)
{
	struct ext4_blocks b;
	struct data d;
	errcode_t err = ext4_blocks_begin(&b, w, inode->number);

	if (err)
		return err;
	*readable = data_open(&d, inode) && copy_bytes(&b, &d, &err);
	data_close(&d);
	return ext4_blocks_end(&b, inode->size, err);
}

static errcode_t write_long_target(struct ext4 *w, const struct inode *inode)
{
	size_t len = strlen(inode->target);
	struct ext4_blocks b;
	errcode_t err = ext4_blocks_begin(&b, w, inode->number);

	if (err)
		return err;
	memset(w->chunk, 0, w->shape.block);
	memcpy(w->chunk, inode->target, len);
	return ext4_blocks_end(&b, len, write_chunk(&b, 0, 1));
}

/* Small numbers the old way, others the new way, as Linux does. */
static void set_rdev(struct ext2_inode_large *raw, dev_t rdev)
{
	uint32_t ma = major(rdev), mi = minor(rdev);

	if (ma < 256 && mi < 256)
		raw->i_block[0] = ma << 8 | mi;
	else
		raw->i_block[1] = (mi & 0xff) | ma << 8 | (mi & ~0xffu) << 12;
}

/* An empty map; libext2fs would write one with the first extent only. */
static void start_extents(struct ext2_inode_large *raw)
{
	struct ext3_extent_header header = {
		.eh_magic = ext2fs_cpu_to_le16(EXT3_EXT_MAGIC),
		.eh_max = ext2fs_cpu_to_le16((sizeof(raw->i_block) - sizeof(header)) /
					     sizeof(struct ext3_extent)),
	};

	raw->i_flags |= EXT4_EXTENTS_FL;
	memcpy(raw->i_block, &header, sizeof(header));
}

static bool is_long_target(const struct inode *inode)
{
	return S_ISLNK(inode->mode) &&
	       strlen(inode->target) >= sizeof(((struct ext2_inode *)0)->i_block);
}

static void fill_raw(struct ext4 *w, const struct inode *inode)
{
	struct ext2_inode_large *raw = w->raw;
	bool mapped = S_ISREG(inode->mode) || S_ISDIR(inode->mode) || is_long_target(inode);

	memset(raw, 0, EXT2_INODE_SIZE(w->fs->super));
	raw->i_mode = (__u16)inode->mode;
	raw->i_uid = (__u16)inode->uid;
	ext2fs_set_i_uid_high(*raw, (__u16)(inode->uid >> 16));
	raw->i_gid = (__u16)inode->gid;
	ext2fs_set_i_gid_high(*raw, (__u16)(inode->gid >> 16));
	raw->i_links_count = (__u16)inode->links;
	raw->i_atime = raw->i_ctime = raw->i_mtime = w->time;
	if (EXT2_INODE_SIZE(w->fs->super) > EXT2_GOOD_OLD_INODE_SIZE) {
		raw->i_extra_isize = sizeof(*raw) - EXT2_GOOD_OLD_INODE_SIZE;
		raw->i_crtime = w->time;
	}
	if (mapped && ext2fs_has_feature_extents(w->fs->super))
		start_extents(raw);
	if (S_ISCHR(inode->mode) || S_ISBLK(inode->mode))
		set_rdev(raw, inode->rdev);
	if (S_ISLNK(inode->mode) && !mapped) {
		raw->i_size = (__u32)strlen(inode->target);
		memcpy(raw->i_block, inode->target, raw->i_size);
	}
}

bool ext4_create(struct ext4 *w, struct inode *dir, const char *name, struct inode *inode)
{
	ext2_ino_t ino;
	errcode_t err = ext2fs_new_inode(w->fs, dir->number, inode->mode, NULL, &ino);
	bool readable = true;

	if (inode->links >= EXT2_LINK_MAX)
		err = EXT2_ET_TOO_MANY_REFS;
	if (S_ISLNK(inode->mode) && strlen(inode->target) >= w->shape.block)
		err = ENAMETOOLONG;
	if (!err) {
		inode->number = ino;
		ext2fs_inode_alloc_stats2(w->fs, ino, +1, S_ISDIR(inode->mode));
		fill_raw(w, inode);
		err = ext4_write_raw(w, ino);
	}
	if (!err && S_ISREG(inode->mode))
		err = write_bytes(w, inode, &readable);
	if (!err && is_long_target(inode))
		err = write_long_target(w, inode);
	if (!err && readable)
		err = ext4_write_xattrs(w, inode);
	if (err && readable)
		return ext4_failed(w, dir, name, err);
	return readable;
}
