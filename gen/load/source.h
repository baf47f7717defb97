/* SPDX-License-Identifier: MIT */
/*
 * The one opener of generation's inputs. Whatever it is asked for is recorded, files that were not
 * there and environment values too, so that `fmgen verify` can tell when to generate again and none
 * can be missed.
 */
#ifndef FMGEN_SOURCE_H
#define FMGEN_SOURCE_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/cache.h"
#include "base/diag.h"
#include "base/map.h"

#include <stdbool.h>

struct inputs {
	struct arena *arena;
	struct map files;    /* path -> struct source *; one that could not be read has no text, and
				errno as its len */
	struct map probes;   /* path -> the word "exists" or "absent" */
	struct map dirs;     /* path -> the hash of its names */
	struct map links;    /* path -> the hash of its target */
	struct map programs; /* path -> its size and time */
	struct map env;	     /* name -> the record's line */
};

void inputs_init(struct inputs *in, struct arena *a);
/* Reads a file, once; NULL where it cannot be read, with errno set. path is kept as it is given. */
const struct source *input_open(struct inputs *in, const char *path);
/* Whether there is something at path, be it a dangling link. Recorded. */
bool input_exists(struct inputs *in, const char *path);
/* The target of a symlink, or NULL where path is none. Recorded. */
const char *input_link(struct inputs *in, const char *path);
/* getenv, recorded. */
const char *input_env(struct inputs *in, const char *name);
/* The sorted names of the variables that begin with prefix (n of them). This is not recorded: ask
 * for those that matter by input_env. */
char **input_env_names(struct inputs *in, const char *prefix, size_t *n);
/* Records a program that generation runs by its size and time: another one generates again. */
void input_program(struct inputs *in, const char *path);
/* The sorted names in a directory (n of them), recorded; NULL where it cannot be read. */
char **input_list(struct inputs *in, const char *path, size_t *n);
/*
 * Appends the record: sorted lines "file HASH PATH", "dir HASH PATH", "link HASH PATH",
 * "program SIZE:TIME PATH" ("-" for what could not be read), "exists PATH", "absent PATH", "env
 * NAME=VALUE" and "unset NAME", with PATH and NAME=VALUE as items of a parameter file.
 */
void inputs_write(const struct inputs *in, struct buf *b);
/* Appends the record as it would be now, from the lines of an older one, with hashes of a cache;
 * false where those are not a record. */
bool inputs_current(const char *record, size_t len, struct hash_cache *cache, struct buf *b);

#endif
