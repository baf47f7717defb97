/* SPDX-License-Identifier: MIT */
/* SHA-256 (nettle), written in hexadecimal. */
#ifndef FMGEN_HASH_H
#define FMGEN_HASH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define HASH_HEX  65 /* 64 digits and the NUL */
#define ID_DIGITS 16 /* of a hash in the names of stages and manifests */

void hash_bytes(const void *p, size_t len, char hex[HASH_HEX]);
/* Hashes the contents of a file; false with errno set where it cannot be read. */
bool hash_file(const char *path, char hex[HASH_HEX]);
/* The same for a name in an open directory. */
bool hash_at(int dirfd, const char *name, char hex[HASH_HEX]);
/* The same for what is still to be read from an open file. */
bool hash_fd(int fd, char hex[HASH_HEX]);

/* A fast hash, for tables and to tell a file from its last version: nothing that must be hard to
 * forge. */
uint64_t quick_hash(const void *p, size_t len);
/* The same as digits, with zeros after them. */
void quick_hex(const void *p, size_t len, char hex[HASH_HEX]);

#endif
