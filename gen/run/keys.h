/* SPDX-License-Identifier: MIT */
/* Words --KEY=VALUE of plumbing verbs, read by a table into a struct. */
#ifndef FMGEN_RUN_KEYS_H
#define FMGEN_RUN_KEYS_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

struct args {
	const char **v; /* ends in NULL once there is a word */
	size_t n, room;
};

enum key_kind {
	KEY_TEXT,   /* member: const char * */
	KEY_NUMBER, /* member: long long, not negative */
	KEY_LIST,   /* may be repeated; member: struct args */
	KEY_YES,    /* has no value; member: bool */
};

struct key {
	const char *name;
	enum key_kind kind;
	size_t at; /* the offset of the member */
};

void args_add(struct arena *a, struct args *w, const char *word);
/* Adds all words of another list. */
void args_add_all(struct arena *a, struct args *w, const struct args *more);
/* Reads argv[1…] into the struct `to`; argv[0] is the verb. False with a message on stderr. */
bool keys_read(struct arena *a, const struct key *keys, size_t n, void *to, int argc,
	       char *const *argv);
/* False with a message where a value was not given, or is empty. */
bool key_given(const char *verb, const char *key, const char *value);

#endif
