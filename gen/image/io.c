/* SPDX-License-Identifier: MIT */
/*
 * Reads and writes an image for libext2fs, by pread and pwrite. libext2fs has its own manager, but
 * that waits, each time it opens a file, until all of the file is on the disk; right after an image
 * was copied that takes longer than the copy. Neither does that one keep what was written last,
 * while an inode is written several times, and next to others.
 */
#include "base/buf.h"
#include "base/util.h"
#include "image/image.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SLOTS = 512 };

/* Block n of the file can be kept in one slot only, n % SLOTS, so that neighbours lie together. */
struct slot {
	unsigned long long block;
	bool full, dirty;
};

struct file {
	int fd;
	size_t size; /* of a block */
	struct slot slots[SLOTS];
	char *data;	    /* of the slots; NULL: not needed yet */
	struct buf written; /* struct image_range */
};

static struct file *file_of(io_channel channel)
{
	return channel->private_data;
}

static errcode_t read_at(const struct file *f, char *p, size_t len, off_t at)
{
	while (len) {
		ssize_t n = pread(f->fd, p, len, at);

		if (n <= 0)
			return n < 0 ? errno : EXT2_ET_SHORT_READ;
		p += n;
		at += n;
		len -= (size_t)n;
	}
	return 0;
}

static void note_written(struct file *f, uint64_t at, uint64_t len)
{
	size_t n = f->written.len / sizeof(struct image_range);
	struct image_range *all = (struct image_range *)f->written.data;

	if (n && all[n - 1].at + all[n - 1].len == at)
		all[n - 1].len += len;
	else
		buf_add(&f->written, &(struct image_range){at, len}, sizeof(*all));
}

static errcode_t write_at(struct file *f, const char *p, size_t len, off_t at)
{
	note_written(f, (uint64_t)at, len);
	while (len) {
		ssize_t n = pwrite(f->fd, p, len, at);

		if (n <= 0)
			return n < 0 ? errno : EXT2_ET_SHORT_WRITE;
		p += n;
		at += n;
		len -= (size_t)n;
	}
	return 0;
}

static off_t place(const struct file *f, unsigned long long block)
{
	return (off_t)(block * f->size);
}

/* Writes the dirty blocks that lie around slot i in one piece. */
static errcode_t write_run(struct file *f, size_t i)
{
	size_t first = i, end = i + 1;
	struct slot *s = f->slots;

	while (first && s[first - 1].dirty && s[first - 1].block + 1 == s[first].block)
		first--;
	while (end < SLOTS && s[end].dirty && s[end].block == s[end - 1].block + 1)
		end++;
	for (size_t k = first; k < end; k++)
		s[k].dirty = false;
	return write_at(f, f->data + first * f->size, (end - first) * f->size,
			place(f, s[first].block));
}

static errcode_t write_all(struct file *f)
{
	errcode_t err = 0;

	for (size_t i = 0; !err && i < SLOTS; i++)
		if (f->slots[i].dirty)
			err = write_run(f, i);
	return err;
}

/* The slot for a block, where another block's bytes are safe. */
static errcode_t find_slot(struct file *f, unsigned long long block, size_t *i)
{
	*i = block % SLOTS;
	struct slot *s = &f->slots[*i];
	if (!f->data)
		f->data = xcalloc(SLOTS, f->size);
	if (s->full && s->block == block)
		return 0;
	errcode_t err = s->dirty ? write_run(f, *i) : 0;
	*s = (struct slot){.block = block};
	return err;
}

static errcode_t read_one(struct file *f, unsigned long long block, char *p)
{
	size_t i;
	errcode_t err = find_slot(f, block, &i);
	char *data = f->data + i * f->size;

	if (!err && !f->slots[i].full)
		err = read_at(f, data, f->size, place(f, block));
	if (err)
		return err;
	f->slots[i].full = true;
	memcpy(p, data, f->size);
	return 0;
}

static errcode_t write_one(struct file *f, unsigned long long block, const char *p)
{
	size_t i;
	errcode_t err = find_slot(f, block, &i);

	if (err)
		return err;
	f->slots[i].full = f->slots[i].dirty = true;
	memcpy(f->data + i * f->size, p, f->size);
	return 0;
}

/* What is read or written in other pieces goes past the slots: none is kept then. */
static errcode_t empty_slots(struct file *f)
{
	errcode_t err = write_all(f);

	memset(f->slots, 0, sizeof(f->slots));
	return err;
}

/* A negative count is one of bytes. */
static errcode_t read_blocks(io_channel channel, unsigned long long block, int count, void *data)
{
	struct file *f = file_of(channel);
	errcode_t err = 0;

	if (count < 0) {
		err = empty_slots(f);
		return err ? err : read_at(f, data, (size_t)-count, place(f, block));
	}
	for (int i = 0; !err && i < count; i++)
		err = read_one(f, block + (unsigned)i, (char *)data + (size_t)i * f->size);
	return err;
}

static errcode_t write_blocks(io_channel channel, unsigned long long block, int count,
			      const void *data)
{
	struct file *f = file_of(channel);
	errcode_t err = 0;

	if (count < 0) {
		err = empty_slots(f);
		return err ? err : write_at(f, data, (size_t)-count, place(f, block));
	}
	for (int i = 0; !err && i < count; i++)
		err = write_one(f, block + (unsigned)i, (const char *)data + (size_t)i * f->size);
	return err;
}

static errcode_t read_old(io_channel channel, unsigned long block, int count, void *data)
{
	return read_blocks(channel, block, count, data);
}

static errcode_t write_old(io_channel channel, unsigned long block, int count, const void *data)
{
	return write_blocks(channel, block, count, data);
}

static errcode_t set_block_size(io_channel channel, int size)
{
	struct file *f = file_of(channel);
	errcode_t err = 0;

	if (f->size == (size_t)size)
		return 0;
	err = empty_slots(f);
	free(f->data);
	f->data = NULL;
	f->size = (size_t)size;
	channel->block_size = size;
	return err;
}

static errcode_t set_option(io_channel channel, const char *option, const char *value)
{
	(void)channel, (void)option, (void)value;
	return 0;
}

static errcode_t flush(io_channel channel)
{
	return write_all(file_of(channel));
}

static errcode_t close_image(io_channel channel)
{
	struct file *f = file_of(channel);

	if (--channel->refcount > 0)
		return 0;
	errcode_t err = write_all(f);
	if (close(f->fd) < 0 && !err)
		err = errno;
	free(f->data);
	buf_free(&f->written);
	free(f);
	free(channel->name);
	free(channel);
	return err;
}

static errcode_t open_image(const char *name, int flags, io_channel *channel)
{
	int fd = open(name, (flags & IO_FLAG_RW ? O_RDWR : O_RDONLY) | O_CLOEXEC);

	if (fd < 0)
		return errno;
	io_channel c = xcalloc(1, sizeof(*c));
	struct file *f = xcalloc(1, sizeof(*f));
	f->fd = fd;
	f->size = 1024;
	c->magic = EXT2_ET_MAGIC_IO_CHANNEL;
	c->manager = image_io();
	c->name = xstrdup(name);
	c->block_size = (int)f->size;
	c->refcount = 1;
	c->private_data = f;
	*channel = c;
	return 0;
}

const struct image_range *image_written(io_channel channel, size_t *n)
{
	const struct file *f = file_of(channel);

	*n = f->written.len / sizeof(struct image_range);
	return (const struct image_range *)f->written.data;
}

io_manager image_io(void)
{
	static const struct struct_io_manager manager = {
		.magic = EXT2_ET_MAGIC_IO_MANAGER,
		.name = "fmgen",
		.open = open_image,
		.close = close_image,
		.set_blksize = set_block_size,
		.read_blk = read_old,
		.write_blk = write_old,
		.flush = flush,
		.set_option = set_option,
		.read_blk64 = read_blocks,
		.write_blk64 = write_blocks,
	};

	return (io_manager)(uintptr_t)&manager;
}
