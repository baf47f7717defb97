/* SPDX-License-Identifier: MIT */
#include "base/hash.h"

#include <errno.h>
#include <fcntl.h>
#include <sha2.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Each step is a bijection of h, and of the word. */
static uint64_t mix(uint64_t h, uint64_t word)
{
	h = (h ^ word) * 0x9e3779b97f4a7c15u;
	return h ^ h >> 32;
}

uint64_t quick_hash(const void *p, size_t len)
{
	const unsigned char *s = p;
	uint64_t h = mix(0, len), word;

	for (; len >= sizeof(word); s += sizeof(word), len -= sizeof(word)) {
		memcpy(&word, s, sizeof(word));
		h = mix(h, word);
	}
	for (word = 0; len; len--)
		word = word << 8 | s[len - 1];
	return mix(h, word);
}

void quick_hex(const void *p, size_t len, char hex[HASH_HEX])
{
	uint64_t h = quick_hash(p, len);

	memset(hex, '0', HASH_HEX - 1);
	hex[HASH_HEX - 1] = '\0';
	for (int i = 0; h; i++, h >>= 4)
		hex[i] = "0123456789abcdef"[h & 15];
}

void hash_bytes(const void *p, size_t len, char hex[HASH_HEX])
{
	SHA2_CTX ctx;

	SHA256Init(&ctx);
	SHA256Update(&ctx, p ? p : "", len);
	SHA256End(&ctx, hex);
}

bool hash_fd(int fd, char hex[HASH_HEX])
{
	static const size_t size = (size_t)128 << 10;
	uint8_t *block = malloc(size);
	ssize_t n = -1;
	SHA2_CTX ctx;

	SHA256Init(&ctx);
	while (block) {
		n = read(fd, block, size);
		if (n > 0)
			SHA256Update(&ctx, block, (size_t)n);
		else if (n == 0 || errno != EINTR)
			break;
	}
	SHA256End(&ctx, hex);
	free(block);
	return n == 0;
}

bool hash_at(int dirfd, const char *name, char hex[HASH_HEX])
{
	int fd = openat(dirfd, name, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

	if (fd < 0)
		return false;
	bool ok = hash_fd(fd, hex);
	int err = errno;
	close(fd);
	errno = err;
	return ok;
}

bool hash_file(const char *path, char hex[HASH_HEX])
{
	return hash_at(AT_FDCWD, path, hex);
}
