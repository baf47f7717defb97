/* SPDX-License-Identifier: MIT */
#include "image/ext4.h"

enum { MAX_EXTENT = 1 << 15 };

errcode_t ext4_blocks_begin(struct ext4_blocks *b, struct ext4 *w, ext2_ino_t ino)
{
	errcode_t err = ext4_read_raw(w, ino);

	*b = (struct ext4_blocks){.w = w, .ino = ino};
	if (err || !(w->raw->i_flags & EXT4_EXTENTS_FL))
		return err;
	return ext2fs_extent_open(w->fs, ino, &b->extents);
}

static errcode_t insert_last(struct ext4_blocks *b)
{
	errcode_t err = 0;

	if (b->last.e_len)
		err = ext2fs_extent_insert(b->extents, EXT2_EXTENT_INSERT_AFTER, &b->last);
	b->last.e_len = 0;
	return err;
}

static errcode_t map_extent(struct ext4_blocks *b, blk64_t at, blk64_t start, uint32_t len)
{
	struct ext2fs_extent *last = &b->last;

	if (last->e_len && last->e_lblk + last->e_len == at &&
	    last->e_pblk + last->e_len == start && last->e_len + len <= MAX_EXTENT) {
		last->e_len += len;
		return 0;
	}
	errcode_t err = insert_last(b);
	*last = (struct ext2fs_extent){.e_lblk = at, .e_pblk = start, .e_len = len};
	return err;
}

static errcode_t map_blocks(struct ext4_blocks *b, blk64_t at, blk64_t start, blk64_t len)
{
	errcode_t err = 0;

	for (blk64_t i = 0; !err && i < len; i++) {
		blk64_t block = start + i;

		err = ext2fs_bmap2(b->w->fs, b->ino, NULL, NULL, BMAP_SET | BMAP_ALLOC, at + i,
				   NULL, &block);
	}
	return err;
}

errcode_t ext4_blocks_take(struct ext4_blocks *b, blk64_t at, blk64_t want, blk64_t *start,
			   blk64_t *got)
{
	ext2_filsys fs = b->w->fs;

	if (want > MAX_EXTENT)
		want = MAX_EXTENT;
	if (b->w->goal >= ext2fs_blocks_count(fs->super))
		b->w->goal = fs->super->s_first_data_block;
	errcode_t err = ext2fs_new_range(fs, 0, b->w->goal, want, NULL, start, got);
	if (err)
		return err;
	ext2fs_block_alloc_stats_range(fs, *start, (blk_t)*got, +1);
	b->w->goal = *start + *got;
	b->count += *got;
	return b->extents ? map_extent(b, at, *start, (uint32_t)*got)
			  : map_blocks(b, at, *start, *got);
}

errcode_t ext4_blocks_end(struct ext4_blocks *b, uint64_t size, errcode_t err)
{
	struct ext4 *w = b->w;

	if (b->extents) {
		if (!err)
			err = insert_last(b);
		ext2fs_extent_free(b->extents);
	}
	if (!err)
		err = ext4_read_raw(w, b->ino);
	if (!err)
		err = ext2fs_inode_size_set(w->fs, EXT2_INODE(w->raw), (ext2_off64_t)size);
	if (!err)
		err = ext2fs_iblk_add_blocks(w->fs, EXT2_INODE(w->raw), b->count);
	return err ? err : ext4_write_raw(w, b->ino);
}
