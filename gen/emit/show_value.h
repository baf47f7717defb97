/* SPDX-License-Identifier: MIT */
/* Single values of `fmgen show`. */
#ifndef FMGEN_EMIT_SHOW_VALUE_H
#define FMGEN_EMIT_SHOW_VALUE_H

#include "base/buf.h"
#include "resolve/workload.h"

struct show {
	struct arena *arena;
	struct buf *b;
	const struct workload *w;
	const char *here; /* the current directory */
	int indent;
	bool in_list; /* w is shown as one of `jobs` */
};

/* A comment line. Odd bytes are shown as \xHH. */
void show_note(struct show *s, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* A line of YAML. */
void show_line(struct show *s, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* A path that is seen to be one: with a slash. */
const char *show_path(struct show *s, const char *path);
/* "key: text", with a place where there is one. */
void show_scalar(struct show *s, const char *key, const char *text, struct span at);
/* The value of an option under that key. */
void show_value(struct show *s, enum option_id id, const char *key);

#endif
