/* SPDX-License-Identifier: MIT */
/*
 * The one opener of generation's inputs. Whatever it is asked for is recorded, files that were not there and environment values too,
 * so that `fmgen verify` can tell when to generate again and none can be missed.
 */
#ifndef FMGEN_SOURCE_H
#define FMGEN_SOURCE_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/map.h"

#include <stdbool.h>

struct inputs {
	struct arena *arena;
	struct map files; /* path -> struct source *, or a value of its own for "absent" */
	struct map dirs;  /* directories that were listed or tested */
	struct map env;   /* name -> value as char *, "" and unset told apart */
};

void inputs_init(struct inputs *in, struct arena *a);
/* Reads a file, once; NULL where it cannot be read, with errno set. path is kept as it is given. */
const struct source *input_open(struct inputs *in, const char *path);
/* Whether there is something at path. Recorded. */
bool input_exists(struct inputs *in, const char *path);
/* getenv, recorded. */
const char *input_env(struct inputs *in, const char *name);
/* The sorted names in a directory (n of them), recorded; NULL where it cannot be read. */
char **input_list(struct inputs *in, const char *path, size_t *n);
/*
 * Appends the record: sorted lines "file HASH PATH", "absent PATH", "exists PATH", "dir HASH PATH", "env NAME=VALUE", "unset NAME" (escaped).
 * inputs_current writes the same record as it would be now, from the lines of an older one.
 */
void inputs_write(const struct inputs *in, struct buf *b);
bool inputs_current(const char *record, size_t len, struct buf *b);

#endif
