/* SPDX-License-Identifier: MIT */
/* The stream of libyaml's events with their places in bytes. Used by doc.c only. */
#ifndef FMGEN_LOADER_H
#define FMGEN_LOADER_H

#include "base/map.h"
#include "load/doc.h"

#include <yaml.h>

/* A text whose characters libyaml counts, walked in step with its marks. */
struct cursor {
	const struct source *src;
	const char *text;     /* of src, as the parser sees it */
	size_t start;	      /* bytes of a byte order mark */
	size_t chars, offset; /* characters passed, and the byte offset there */
	size_t line_start;    /* offset of the cursor's line */
	uint32_t line;
};

struct loader {
	struct arena *arena;
	struct diag *diag;
	yaml_parser_t parser;
	yaml_event_t event; /* the current one */
	bool has_event;
	struct cursor cursor;
	yaml_mark_t long_text; /* where the last scalar begins, if it is in quotes and has lines */
	bool has_long_text;
	struct map anchors; /* name -> struct anchor * */
	size_t values;	    /* made so far, aliases expanded */
};

/* False after an error, which is reported; then there is nothing to close. */
bool loader_open(struct loader *l, struct arena *a, const struct source *src, struct diag *d);
void loader_close(struct loader *l);
/* Reads the next event into l->event; false after an error, which is reported. */
bool next_event(struct loader *l);
/* The place of a mark, and in *offset (if not NULL) where it is in the text. */
struct span mark_span(struct loader *l, yaml_mark_t mark, size_t *offset);
/* The place of the current event without its anchor and tag, to the end of its first line at most;
 * *offset is where it starts. */
struct span event_span(struct loader *l, size_t *offset);

#endif
