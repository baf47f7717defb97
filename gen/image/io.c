/* SPDX-License-Identifier: MIT */
/*
 * Reads and writes an image for libext2fs, by pread and pwrite. libext2fs has its own manager, but
 * that waits, each time it opens a file, until all of the file is on the disk; right after an image
 * was copied that takes longer than the copy.
 */
#include "base/util.h"
#include "image/image.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

/* The bytes that count means: blocks, or bytes where it is negative. */
static size_t bytes_of(io_channel channel, int count)
{
	return count < 0 ? (size_t)-count : (size_t)count * (size_t)channel->block_size;
}

static int fd_of(io_channel channel)
{
	return *(int *)channel->private_data;
}

static errcode_t read_blocks(io_channel channel, unsigned long long block, int count, void *data)
{
	size_t len = bytes_of(channel, count);
	off_t at = (off_t)(block * (unsigned long long)channel->block_size);

	while (len) {
		ssize_t n = pread(fd_of(channel), data, len, at);

		if (n <= 0)
			return n < 0 ? errno : EXT2_ET_SHORT_READ;
		data = (char *)data + n;
		at += n;
		len -= (size_t)n;
	}
	return 0;
}

static errcode_t write_blocks(io_channel channel, unsigned long long block, int count,
			      const void *data)
{
	size_t len = bytes_of(channel, count);
	off_t at = (off_t)(block * (unsigned long long)channel->block_size);

	while (len) {
		ssize_t n = pwrite(fd_of(channel), data, len, at);

		if (n <= 0)
			return n < 0 ? errno : EXT2_ET_SHORT_WRITE;
		data = (const char *)data + n;
		at += n;
		len -= (size_t)n;
	}
	return 0;
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
	channel->block_size = size;
	return 0;
}

static errcode_t set_option(io_channel channel, const char *option, const char *value)
{
	(void)channel, (void)option, (void)value;
	return 0;
}

static errcode_t flush(io_channel channel)
{
	(void)channel;
	return 0;
}

static errcode_t close_image(io_channel channel)
{
	errcode_t err = 0;

	if (--channel->refcount > 0)
		return 0;
	if (close(fd_of(channel)) < 0)
		err = errno;
	free(channel->private_data);
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
	int *own = xcalloc(1, sizeof(*own));
	*own = fd;
	c->magic = EXT2_ET_MAGIC_IO_CHANNEL;
	c->manager = image_io();
	c->name = xstrdup(name);
	c->block_size = 1024;
	c->refcount = 1;
	c->private_data = own;
	*channel = c;
	return 0;
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
