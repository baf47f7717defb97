/* SPDX-License-Identifier: MIT */
#include "base/util.h"
#include "image/ext4.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Packs names into blocks, in their order; without data it only counts. */
struct packer {
	const struct ext4_shape *shape;
	ext2_filsys fs;
	char *data;
	size_t room;	 /* for names in a block */
	size_t blocks;	 /* finished */
	size_t at, last; /* in the current block: the next name, the last one */
};

static struct ext2_dir_entry *entry(const struct packer *p, size_t at)
{
	return (struct ext2_dir_entry *)(p->data + p->blocks * p->shape->block + at);
}

static void finish_block(struct packer *p)
{
	if (p->data) {
		ext2fs_set_rec_len(p->fs, (unsigned)(p->room - p->last), entry(p, p->last));
		if (p->shape->csum)
			ext2fs_initialize_dirent_tail(
				p->fs, EXT2_DIRENT_TAIL(entry(p, 0), p->shape->block));
	}
	p->blocks++;
	p->at = p->last = 0;
}

static void pack(struct packer *p, const char *name, ext2_ino_t ino, int type)
{
	size_t len = strlen(name), size = ext2fs_dir_rec_len((__u8)len, 0);

	if (p->at + size > p->room)
		finish_block(p);
	p->last = p->at;
	p->at += size;
	if (!p->data)
		return;
	struct ext2_dir_entry *e = entry(p, p->last);
	e->inode = ino;
	ext2fs_set_rec_len(p->fs, (unsigned)size, e);
	ext2fs_dirent_set_name_len(e, (int)len);
	if (p->shape->ftype)
		ext2fs_dirent_set_file_type(e, type);
	memcpy(e->name, name, len);
}

static void start(struct packer *p, const struct ext4_shape *shape)
{
	*p = (struct packer){.shape = shape, .room = shape->block};
	if (shape->csum)
		p->room -= sizeof(struct ext2_dir_entry_tail);
}

size_t ext4_dir_blocks(const struct ext4_shape *shape, const struct map_entry *names, size_t n)
{
	struct packer p;

	start(&p, shape);
	pack(&p, ".", 0, 0);
	pack(&p, "..", 0, 0);
	for (size_t i = 0; i < n; i++)
		pack(&p, names[i].key, 0, 0);
	return p.blocks + 1;
}

static int file_type(mode_t mode)
{
	static const char types[16] = {
		[S_IFREG >> 12] = EXT2_FT_REG_FILE, [S_IFDIR >> 12] = EXT2_FT_DIR,
		[S_IFLNK >> 12] = EXT2_FT_SYMLINK,  [S_IFCHR >> 12] = EXT2_FT_CHRDEV,
		[S_IFBLK >> 12] = EXT2_FT_BLKDEV,   [S_IFIFO >> 12] = EXT2_FT_FIFO,
		[S_IFSOCK >> 12] = EXT2_FT_SOCK,
	};

	return types[mode >> 12 & 15];
}

static void pack_all(struct packer *p, const struct inode *dir, const struct map_entry *names,
		     size_t n)
{
	pack(p, ".", dir->number, EXT2_FT_DIR);
	pack(p, "..", dir->parent->number, EXT2_FT_DIR);
	for (size_t i = 0; i < n; i++) {
		const struct inode *inode = names[i].value;

		pack(p, names[i].key, inode->number, file_type(inode->mode));
	}
	finish_block(p);
}

static errcode_t write_blocks(struct ext4 *w, ext2_ino_t ino, char *data, size_t n)
{
	struct ext4_blocks b;
	errcode_t err = ext4_blocks_begin(&b, w, ino);

	if (err)
		return err;
	for (size_t i = 0; !err && i < n;) {
		blk64_t block, got = 0;

		err = ext4_blocks_take(&b, i, n - i, &block, &got);
		for (; !err && got; got--, i++)
			err = ext2fs_write_dir_block4(w->fs, block++, data + i * w->shape.block, 0,
						      ino);
	}
	return ext4_blocks_end(&b, (uint64_t)n * w->shape.block, err);
}

/* Takes the old blocks and the index away, and counts the links anew. */
static errcode_t reset(struct ext4 *w, const struct inode *dir, const struct map_entry *names,
		       size_t n)
{
	struct ext2_inode *raw = EXT2_INODE(w->raw);
	uint32_t links = 2;
	errcode_t err = ext4_read_raw(w, dir->number);

	if (!err && raw->i_size)
		err = ext2fs_punch(w->fs, dir->number, raw, NULL, 0, ~0ULL);
	if (err)
		return err;
	for (size_t i = 0; i < n; i++)
		links += S_ISDIR(((const struct inode *)names[i].value)->mode);
	raw->i_links_count = links >= EXT2_LINK_MAX ? 1 : (__u16)links;
	if (links >= EXT2_LINK_MAX)
		ext2fs_set_feature_dir_nlink(w->fs->super);
	raw->i_flags &= ~(__u32)EXT2_INDEX_FL;
	return ext4_write_raw(w, dir->number);
}

errcode_t ext4_write_dir(struct ext4 *w, struct inode *dir, const struct map_entry *names, size_t n)
{
	size_t blocks = ext4_dir_blocks(&w->shape, names, n);
	struct packer p;
	errcode_t err = reset(w, dir, names, n);

	if (err)
		return err;
	start(&p, &w->shape);
	p.fs = w->fs;
	p.data = xcalloc(blocks, w->shape.block);
	pack_all(&p, dir, names, n);
	err = write_blocks(w, dir->number, p.data, blocks);
	free(p.data);
	return err;
}
