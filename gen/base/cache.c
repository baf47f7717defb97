/* SPDX-License-Identifier: MIT */
#include "base/cache.h"
#include "base/buf.h"
#include "base/fs.h"
#include "base/util.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define MAGIC  "fmgen-h2"
#define SECOND 1000000000u

struct key {
	uint64_t dev, ino, size, mtime, ctime;
};

/* Written as it is: a cache is for one machine. */
struct entry {
	struct key key;
	char hex[HASH_HEX - 1];
};

struct hash_cache {
	char *path;
	struct buf file; /* magic, entries, checksum */
	const struct entry *old;
	size_t nold;
	uint32_t *slots; /* index into old + 1; 0: free */
	size_t mask;
	struct buf now;	 /* the file as it will be */
	uint64_t opened; /* when */
};

/* Whether the file is a whole cache; sets old and nold. */
static bool accept(struct hash_cache *c)
{
	size_t magic = strlen(MAGIC), len = c->file.len;
	uint64_t sum;

	if (len < magic + sizeof(sum) || (len - magic - sizeof(sum)) % sizeof(struct entry) != 0 ||
	    memcmp(c->file.data, MAGIC, magic) != 0)
		return false;
	memcpy(&sum, c->file.data + len - sizeof(sum), sizeof(sum));
	c->old = (const struct entry *)(c->file.data + magic);
	c->nold = (len - magic - sizeof(sum)) / sizeof(struct entry);
	return sum == quick_hash(c->file.data, len - sizeof(sum));
}

static uint32_t *find_slot(struct hash_cache *c, const struct key *k)
{
	for (size_t i = (size_t)((k->ino + k->dev) * 0x9e3779b97f4a7c15u >> 20);; i++) {
		uint32_t *slot = &c->slots[i & c->mask];

		if (!*slot ||
		    (c->old[*slot - 1].key.ino == k->ino && c->old[*slot - 1].key.dev == k->dev))
			return slot;
	}
}

struct hash_cache *hash_cache_open(const char *path)
{
	struct hash_cache *c = xcalloc(1, sizeof(*c));
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	c->opened = (uint64_t)now.tv_sec * SECOND + (uint64_t)now.tv_nsec;
	c->path = path ? xstrdup(path) : NULL;
	if (!path || !read_file(path, &c->file) || !accept(c))
		c->nold = 0;
	for (c->mask = 1; c->mask < c->nold * 2; c->mask *= 2)
		;
	c->slots = xcalloc(c->mask--, sizeof(*c->slots));
	for (size_t i = 0; i < c->nold; i++)
		*find_slot(c, &c->old[i].key) = (uint32_t)(i + 1);
	buf_puts(&c->now, MAGIC);
	return c;
}

static struct key key_of(const struct stat *st)
{
	return (struct key){
		.dev = st->st_dev,
		.ino = st->st_ino,
		.size = (uint64_t)st->st_size,
		.mtime = (uint64_t)st->st_mtim.tv_sec * SECOND + (uint64_t)st->st_mtim.tv_nsec,
		.ctime = (uint64_t)st->st_ctim.tv_sec * SECOND + (uint64_t)st->st_ctim.tv_nsec,
	};
}

/*
 * A file that changed just now may change again within the same tick of its file system's clock,
 * and then look the same: such a hash is not kept. Two seconds are the coarsest tick in use.
 */
static bool is_settled(const struct hash_cache *c, const struct key *k)
{
	return k->ctime + 2ull * SECOND < c->opened;
}

static void keep(struct hash_cache *c, const struct key *k, const char *hex)
{
	struct entry e = {.key = *k};

	memcpy(e.hex, hex, sizeof(e.hex));
	buf_add(&c->now, &e, sizeof(e));
}

void hash_cache_keep(struct hash_cache *c, const struct stat *st, const char hex[HASH_HEX])
{
	struct key k = key_of(st);

	if (is_settled(c, &k))
		keep(c, &k, hex);
}

bool hash_cache_knows(struct hash_cache *c, const struct stat *st, char hex[HASH_HEX])
{
	struct key k = key_of(st);
	uint32_t slot = *find_slot(c, &k);

	if (!slot || memcmp(&c->old[slot - 1].key, &k, sizeof(k)) != 0)
		return false;
	memcpy(hex, c->old[slot - 1].hex, HASH_HEX - 1);
	hex[HASH_HEX - 1] = '\0';
	keep(c, &k, hex);
	return true;
}

bool hash_cache_file(struct hash_cache *c, int dirfd, const char *name, const struct stat *st,
		     char hex[HASH_HEX])
{
	if (hash_cache_knows(c, st, hex))
		return true;
	if (!hash_at(dirfd, name, hex))
		return false;
	hash_cache_keep(c, st, hex);
	return true;
}

/* Where it cannot be written only time is lost, and what failed for the same reason tells it. */
static void save(struct hash_cache *c)
{
	uint64_t sum = quick_hash(c->now.data, c->now.len);

	buf_add(&c->now, &sum, sizeof(sum));
	if (c->now.len == c->file.len && memcmp(c->now.data, c->file.data, c->now.len) == 0)
		return;
	write_file(c->path, c->now.data, c->now.len, 0644);
}

struct hash_cache *hash_cache_branch(const struct hash_cache *c)
{
	struct hash_cache *branch = xcalloc(1, sizeof(*branch));

	*branch = *c;
	branch->now = (struct buf){0};
	return branch;
}

void hash_cache_join(struct hash_cache *c, struct hash_cache *branch)
{
	buf_add(&c->now, buf_str(&branch->now), branch->now.len);
	buf_free(&branch->now);
	free(branch);
}

void hash_cache_close(struct hash_cache *c)
{
	if (c->path)
		save(c);
	free(c->path);
	free(c->slots);
	buf_free(&c->file);
	buf_free(&c->now);
	free(c);
}
