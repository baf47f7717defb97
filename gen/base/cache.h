/* SPDX-License-Identifier: MIT */
/* Hashes of files by device, inode, size, mtime and ctime, so that a file that was not touched is
 * not read again. */
#ifndef FMGEN_CACHE_H
#define FMGEN_CACHE_H

#include "base/arena.h"
#include "base/hash.h"

#include <stdbool.h>
#include <sys/stat.h>

struct hash_cache;

/* Loads a cache. A missing or damaged file is an empty one; with path NULL nothing is kept. */
struct hash_cache *hash_cache_open(const char *path);
/* The hash of the file called name in the directory dirfd, whose fstatat gave st. False with errno
 * set where it cannot be read. */
bool hash_cache_file(struct hash_cache *c, int dirfd, const char *name, const struct stat *st,
		     char hex[HASH_HEX]);
/* The two halves of it: whether the cache knows the file of st; and adding what was read after st
 * was taken. Any 64 digits may stand for the contents. */
bool hash_cache_knows(struct hash_cache *c, const struct stat *st, char hex[HASH_HEX]);
void hash_cache_keep(struct hash_cache *c, const struct stat *st, const char hex[HASH_HEX]);
/* For another thread: a branch knows what c was loaded with, which is not changed; joining adds
 * what was asked for to c, and frees the branch. */
struct hash_cache *hash_cache_branch(const struct hash_cache *c);
void hash_cache_join(struct hash_cache *c, struct hash_cache *branch);
/* Writes back, by rename, what was asked for since it was opened, if that is not what the file
 * holds; frees the cache. */
void hash_cache_close(struct hash_cache *c);

#endif
