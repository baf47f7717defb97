/* SPDX-License-Identifier: MIT */
#include "base/hash.h"

#include <errno.h>
#include <fcntl.h>
#include <nettle/sha2.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char digits[] = "0123456789abcdef";

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

static void put_hex(char *hex, const uint8_t *bytes, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		hex[2 * i] = digits[bytes[i] >> 4];
		hex[2 * i + 1] = digits[bytes[i] & 15];
	}
	hex[2 * n] = '\0';
}

static void finish(struct sha256_ctx *ctx, char hex[HASH_HEX])
{
	uint8_t digest[SHA256_DIGEST_SIZE];

	sha256_digest(ctx, sizeof(digest), digest);
	put_hex(hex, digest, sizeof(digest));
}

void quick_hex(const void *p, size_t len, char hex[HASH_HEX])
{
	uint64_t h = quick_hash(p, len);

	memset(hex, '0', HASH_HEX - 1);
	hex[HASH_HEX - 1] = '\0';
	for (int i = 0; h; i++, h >>= 4)
		hex[i] = digits[h & 15];
}

void hash_bytes(const void *p, size_t len, char hex[HASH_HEX])
{
	struct sha256_ctx ctx;

	sha256_init(&ctx);
	sha256_update(&ctx, len, p ? p : (const void *)"");
	finish(&ctx, hex);
}

bool hash_fd(int fd, char hex[HASH_HEX])
{
	static const size_t size = (size_t)128 << 10;
	uint8_t *block = malloc(size);
	ssize_t n = -1;
	struct sha256_ctx ctx;

	sha256_init(&ctx);
	while (block) {
		n = read(fd, block, size);
		if (n > 0)
			sha256_update(&ctx, (size_t)n, block);
		else if (n == 0 || errno != EINTR)
			break;
	}
	finish(&ctx, hex);
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
