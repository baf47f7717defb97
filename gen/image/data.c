/* SPDX-License-Identifier: MIT */
#include "image/data.h"
#include "base/util.h"
#include "image/spool.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

static bool failed(const struct data *d, errcode_t err)
{
	warn("cannot read %s: %s", d->name, image_error(err));
	return false;
}

bool data_open(struct data *d, const struct inode *inode)
{
	errcode_t err;

	*d = (struct data){.inode = inode, .fd = -1};
	if (inode->host) {
		d->name = inode->host;
		d->fd = open(inode->host, O_RDONLY | O_CLOEXEC);
		if (d->fd < 0)
			warn("cannot read %s:", inode->host);
		return d->fd >= 0;
	}
	if (inode->spool) {
		d->name = "what was unpacked";
		d->fd = inode->spool->fd;
		d->at = inode->at;
		return true;
	}
	if (!inode->image)
		return true;
	d->name = inode->image->path;
	err = ext2fs_file_open(inode->image->fs, inode->ino, 0, &d->file);
	return !err || failed(d, err);
}

static errcode_t read_some(struct data *d, uint64_t offset, void *buf, size_t len, size_t *got)
{
	unsigned n = 0;
	errcode_t err;

	if (d->fd >= 0) {
		ssize_t done = pread(d->fd, buf, len, (off_t)(d->at + offset));

		*got = done < 0 ? 0 : (size_t)done;
		return done < 0 ? errno : 0;
	}
	err = ext2fs_file_llseek(d->file, offset, EXT2_SEEK_SET, NULL);
	if (!err)
		err = ext2fs_file_read(d->file, buf, (unsigned)len, &n);
	*got = n;
	return err;
}

bool data_read(struct data *d, uint64_t offset, void *buf, size_t len)
{
	while (len) {
		size_t got;
		errcode_t err = read_some(d, offset, buf, len, &got);

		if (err)
			return failed(d, err);
		if (!got) {
			warn("%s became shorter while it was read", d->name);
			return false;
		}
		buf = (char *)buf + got;
		offset += got;
		len -= got;
	}
	return true;
}

uint64_t data_next(struct data *d, uint64_t offset)
{
	uint64_t size = d->inode->size;

	if (d->fd < 0 || offset >= size)
		return offset < size ? offset : size;
	off_t next = lseek(d->fd, (off_t)(d->at + offset), SEEK_DATA);
	if (next < 0)
		return errno == ENXIO ? size : offset;
	return (uint64_t)next - d->at < size ? (uint64_t)next - d->at : size;
}

void data_close(struct data *d)
{
	if (d->fd >= 0 && !d->inode->spool)
		close(d->fd);
	if (d->file)
		ext2fs_file_close(d->file);
}
