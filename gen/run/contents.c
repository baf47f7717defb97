/* SPDX-License-Identifier: MIT */
#include "run/contents.h"
#include "base/buf.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define BLOCK (64 << 10)

/* The first byte at or behind pos that may be other than zero, rounded down to a block; size where
 * there is none. */
static off_t next_data(int fd, off_t pos, off_t size)
{
	off_t data = lseek(fd, pos, SEEK_DATA);

	if (data < 0)
		return errno == ENXIO ? size : pos;
	return data < size ? data - data % BLOCK : size;
}

/* Reads up to len bytes at pos; -1 with errno set. */
static ssize_t read_at(int fd, char *p, size_t len, off_t pos)
{
	size_t got = 0;

	while (got < len) {
		ssize_t n = pread(fd, p + got, len - got, pos + (off_t)got);

		if (n == 0)
			break;
		if (n < 0 && errno != EINTR)
			return -1;
		got += n > 0 ? (size_t)n : 0;
	}
	return (ssize_t)got;
}

static bool is_zero(const char *p, size_t len)
{
	return !p[0] && memcmp(p, p + 1, len - 1) == 0;
}

/* Lists the places and hashes of the blocks that are not zero. */
static bool list_blocks(int fd, off_t size, struct buf *list)
{
	char block[BLOCK], hex[HASH_HEX];

	for (off_t pos = next_data(fd, 0, size); pos < size; pos = next_data(fd, pos, size)) {
		ssize_t n = read_at(fd, block, sizeof(block), pos);

		if (n < 0)
			return false;
		if (n > 0 && !is_zero(block, (size_t)n)) {
			hash_bytes(block, (size_t)n, hex);
			buf_printf(list, "%lld %s\n", (long long)pos, hex);
		}
		pos += BLOCK;
	}
	return true;
}

bool image_hash(int fd, char hex[HASH_HEX])
{
	struct buf list = {0};
	struct stat st;

	if (fstat(fd, &st) < 0)
		return false;
	buf_printf(&list, "%lld\n", (long long)st.st_size);
	bool ok = list_blocks(fd, st.st_size, &list);
	if (ok)
		hash_bytes(buf_str(&list), list.len, hex);
	buf_free(&list);
	return ok;
}
