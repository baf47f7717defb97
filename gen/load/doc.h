/* SPDX-License-Identifier: MIT */
/* A YAML or JSON document as a tree with places. doc.c is the only file that knows libyaml. */
#ifndef FMGEN_DOC_H
#define FMGEN_DOC_H

#include "base/arena.h"
#include "base/diag.h"

#include <stdbool.h>

enum doc_kind { DOC_NULL, DOC_BOOL, DOC_INT, DOC_FLOAT, DOC_STRING, DOC_LIST, DOC_MAP };

struct doc {
	enum doc_kind kind;
	struct span at;
	const char *text;   /* scalars: as it was written, quotes and escapes undone */
	const char *raw;    /* scalars: where the text stands unchanged in the source, or NULL */
	bool boolean;	    /* DOC_BOOL */
	long long integer;  /* DOC_INT; LLONG_MAX or LLONG_MIN where it does not fit */
	struct doc **items; /* DOC_LIST: the items; DOC_MAP: the values, in order */
	struct str *keys;   /* DOC_MAP: the keys, in order */
	size_t n;
};

/*
 * Parses src: YAML 1.1 as PyYAML reads it, which JSON is part of. Duplicate keys, several
 * documents, loops of aliases, nesting too deep and aliases that expand too far are errors. An
 * alias gives the very struct of its anchor, so trees may share parts. NULL after an error.
 */
struct doc *doc_parse(struct arena *a, const struct source *src, struct diag *d);
/* The value of a key of a map, or NULL. */
const struct doc *doc_get(const struct doc *map, const char *key);
/* "a string", "a list", … for messages. */
const char *doc_kind_name(enum doc_kind kind);
/* The place of len bytes from offset on in the text of a scalar; the whole scalar where that cannot
 * be told. */
struct span doc_part(const struct doc *scalar, size_t offset, size_t len);

#endif
