/* SPDX-License-Identifier: MIT */
#include "base/util.h"
#include "image/data.h"
#include "image/ext4.h"
#include "image/image.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct counting {
	struct rootfs *tree;
	const struct ext4_shape *shape;
	struct ext4_need *need;
	bool exact;
	char *chunk;
};

static uint64_t divide(uint64_t n, uint64_t by)
{
	return (n + by - 1) / by;
}

/* Adds what the blocks of one file take that are not all zeros, and the extents that map them. */
static bool count_bytes(struct counting *c, const struct inode *inode)
{
	uint64_t size = c->shape->block, runs = 0, blocks = 0, at = 0, last = UINT64_MAX;
	struct data d;
	bool ok = data_open(&d, inode);

	while (ok && (at = data_next(&d, at)) < inode->size) {
		at -= at % size;
		uint64_t left = inode->size - at;
		size_t len = left < EXT4_CHUNK ? (size_t)left : EXT4_CHUNK;

		ok = data_read(&d, at, c->chunk, len);
		for (size_t i = 0; ok && i < len; i += size, at += size) {
			if (ext4_is_zero(c->chunk + i, len - i < size ? len - i : size))
				continue;
			runs += at != last;
			last = at + size;
			blocks++;
		}
	}
	data_close(&d);
	c->need->blocks += (int64_t)(blocks + (runs > 4 ? divide(runs, size / 24 - 1) + 1 : 0));
	return ok;
}

/* Whether attributes may take more than what is left in the inode. */
static bool has_large_xattrs(const struct inode *inode)
{
	size_t size = 0;

	for (const struct xattr *x = inode->xattrs; x; x = x->next)
		size += strlen(x->name) + x->len + 16;
	return size > 80;
}

static bool count_inode(struct counting *c, struct inode *inode)
{
	if (inode->number || inode->written)
		return true;
	inode->written = 1;
	c->need->inodes++;
	if (S_ISLNK(inode->mode))
		c->need->blocks++;
	if (has_large_xattrs(inode))
		c->need->blocks++;
	if (!S_ISREG(inode->mode))
		return true;
	if (c->exact)
		return count_bytes(c, inode);
	c->need->blocks += (int64_t)divide(inode->size, c->shape->block);
	return true;
}

static int64_t old_blocks(struct counting *c, ext2_ino_t ino)
{
	struct ext2_inode raw;

	if (!ino || !c->tree->base || ext2fs_read_inode(c->tree->base->fs, ino, &raw))
		return 0;
	return (int64_t)(ext2fs_get_stat_i_blocks(c->tree->base->fs, &raw) /
			 (c->shape->block / 512));
}

static bool count_tree(struct counting *c, struct inode *dir)
{
	size_t n;
	struct map_entry *names = rootfs_names(c->tree, dir, &n);
	bool ok = true;

	if (dir->changed)
		c->need->blocks +=
			(int64_t)ext4_dir_blocks(c->shape, names, n) - old_blocks(c, dir->number);
	for (size_t i = 0; ok && i < n; i++) {
		struct inode *inode = names[i].value;

		ok = count_inode(c, inode);
		if (ok && S_ISDIR(inode->mode) && !inode->unread)
			ok = count_tree(c, inode);
	}
	free(names);
	return ok;
}

static void reset_marks(struct rootfs *tree, struct inode *dir)
{
	map_each (e, &dir->names) {
		struct inode *inode = e->value;

		if (inode)
			inode->written = 0;
		if (inode && S_ISDIR(inode->mode))
			reset_marks(tree, inode);
	}
}

bool ext4_need(struct rootfs *tree, const struct ext4_shape *shape, bool exact,
	       struct ext4_need *need)
{
	struct counting c = {tree, shape, need, exact, NULL};

	*need = (struct ext4_need){0};
	if (exact)
		c.chunk = xcalloc(1, EXT4_CHUNK);
	reset_marks(tree, tree->root);
	bool ok = count_tree(&c, tree->root);
	free(c.chunk);
	for (const struct inode *i = tree->dropped; i; i = i->next) {
		if (i->links)
			continue;
		need->inodes--;
		need->blocks -= old_blocks(&c, i->number);
	}
	/* Maps of files in pieces. */
	if (need->blocks > 0)
		need->blocks += need->blocks / 256 + 8;
	return ok;
}

uint64_t ext4_inodes(uint64_t blocks, const struct ext4_need *need)
{
	uint64_t usual = blocks / 4, least = (uint64_t)need->inodes * 5 / 4 + 256;

	return usual > least ? usual : least;
}

uint64_t ext4_journal(uint64_t blocks)
{
	if (blocks < 4096)
		return 0;
	return blocks < 1 << 18 ? 1024 : 4096;
}

/* What a number of blocks adds to a file system: free blocks and inodes. */
struct gain {
	int64_t blocks, inodes;
};

/* Blocks that each group takes for itself, where the given number of inodes is spread over so many
 * groups; base as it is. */
static uint64_t group_overhead(ext2_filsys base, uint64_t inodes, uint64_t groups)
{
	if (base)
		return base->inode_blocks_per_group + 3 + base->desc_blocks +
		       base->super->s_reserved_gdt_blocks;
	return divide(divide(inodes, groups ? groups : 1) + 8, EXT4_BLOCK / EXT4_INODE) + 24;
}

static struct gain gain(ext2_filsys base, uint64_t old, uint64_t blocks,
			const struct ext4_need *need)
{
	uint64_t per_group = base ? base->super->s_blocks_per_group : 8 * EXT4_BLOCK;
	uint64_t groups = divide(blocks, per_group) - divide(old, per_group);
	uint64_t inodes = ext4_inodes(blocks, need), rest = blocks % per_group;
	uint64_t lost = base ? 0 : ext4_journal(blocks) + 16;

	if (groups && rest && rest < group_overhead(base, inodes, groups) + 50) {
		lost += rest; /* too small for a group of its own: left unused */
		groups--;
	}
	lost += groups * group_overhead(base, inodes, groups);
	return (struct gain){(int64_t)(blocks - old) - (int64_t)lost,
			     base ? (int64_t)(groups * base->super->s_inodes_per_group) : 0};
}

uint64_t ext4_fit(ext2_filsys base, const struct ext4_need *need, uint64_t spare)
{
	uint64_t old = base ? ext2fs_blocks_count(base->super) : 0, blocks = old;
	uint64_t mib = (1 << 20) / (base ? base->blocksize : EXT4_BLOCK);
	int64_t free_blocks = base ? (int64_t)ext2fs_free_blocks_count(base->super) : 0;
	int64_t free_inodes = base ? base->super->s_free_inodes_count : 0;

	if (!base)
		blocks = mib;
	for (;;) {
		struct gain g = gain(base, old, blocks, need);
		int64_t missing = need->blocks + (int64_t)spare - free_blocks - g.blocks;

		if (missing <= 0 && base && need->inodes > free_inodes + g.inodes)
			missing = (int64_t)mib;
		if (missing <= 0)
			return blocks;
		blocks = divide(blocks + (uint64_t)missing, mib) * mib;
	}
}
