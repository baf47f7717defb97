/* SPDX-License-Identifier: MIT */
#include "image/ext4.h"

#include <stddef.h>
#include <string.h>

/* Sets the times of w->raw; false when they are those already. */
static bool set_times(struct ext4 *w)
{
	struct ext2_inode_large *raw = w->raw;
	size_t size = EXT2_INODE_SIZE(w->fs->super);
	size_t end = EXT2_GOOD_OLD_INODE_SIZE + raw->i_extra_isize;
	struct ext2_inode_large old = *raw;

	raw->i_atime = raw->i_ctime = raw->i_mtime = w->time;
	if (size <= EXT2_GOOD_OLD_INODE_SIZE ||
	    end < offsetof(struct ext2_inode_large, i_crtime_extra) + sizeof(__u32))
		return memcmp(&old, raw, EXT2_GOOD_OLD_INODE_SIZE) != 0;
	raw->i_crtime = w->time;
	raw->i_ctime_extra = raw->i_mtime_extra = raw->i_atime_extra = raw->i_crtime_extra = 0;
	return memcmp(&old, raw, sizeof(old)) != 0;
}

static errcode_t set_inodes(struct ext4 *w)
{
	ext2_ino_t ino = 1, end = w->fs->super->s_inodes_count;
	errcode_t err = 0;

	while (!err && ino <= end &&
	       !ext2fs_find_first_set_inode_bitmap2(w->fs->inode_map, ino, end, &ino)) {
		err = ext4_read_raw(w, ino);
		if (!err && (w->raw->i_mode || w->raw->i_links_count) && set_times(w))
			err = ext4_write_raw(w, ino);
		ino++;
	}
	return err;
}

errcode_t ext4_canonical(struct ext4 *w)
{
	struct ext2_super_block *sb = w->fs->super;

	sb->s_mkfs_time = sb->s_lastcheck = w->time;
	sb->s_mkfs_time_hi = sb->s_lastcheck_hi = sb->s_wtime_hi = sb->s_mtime_hi = 0;
	sb->s_mtime = 0;
	sb->s_mnt_count = 0;
	sb->s_kbytes_written = 0;
	memset(sb->s_last_mounted, 0, sizeof(sb->s_last_mounted));
	ext2fs_mark_super_dirty(w->fs);
	return set_inodes(w);
}
