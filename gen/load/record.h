/* SPDX-License-Identifier: MIT */
/* The lines of out/inputs; see source.h for what they say. */
#ifndef FMGEN_RECORD_H
#define FMGEN_RECORD_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/hash.h"

struct lines {
	char **v;
	size_t n, room;
};

/* Adds "WORD HASH ITEM"; without a hash "WORD ITEM". */
void lines_add(struct lines *l, const char *word, const char *hash, const char *item);
void lines_add_text(struct lines *l, const char *line);
/* Appends the lines to b, sorted, each once, and frees them. */
void lines_write(struct lines *l, struct buf *b);

/* Appends "env NAME=VALUE" or "unset NAME" (escaped, without a newline) as the environment is now.
 */
void record_env(struct buf *b, const char *name);
/* The hash that stands for a directory of these sorted names. */
void hash_names(char *const *names, size_t n, char hex[HASH_HEX]);
/* The target of a symlink and its hash; NULL and "-" where path is none. */
const char *read_link(struct arena *a, const char *path, char hex[HASH_HEX]);
/* What tells a program from another one at the same path without reading it: its size and time; "-"
 * where there is none. */
void stat_program(const char *path, char stamp[HASH_HEX]);

#endif
