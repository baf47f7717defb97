/* SPDX-License-Identifier: MIT */
/* What a collected message is, and its two renderings. For diag*.c only. */
#ifndef FMGEN_DIAG_ITEM_H
#define FMGEN_DIAG_ITEM_H

#include "base/diag.h"

/* A line below a message: a hint, or a further place. */
struct diag_extra {
	bool is_hint;
	struct span at;
	const char *text;
	struct diag_extra *next;
};

struct diag_item {
	enum severity severity;
	const char *name; /* of a warning, or NULL */
	struct span at;
	const char *text;
	struct diag_extra *extras, **tail;
	size_t file, seq; /* rank of the file, order of arrival */
	struct diag_item *next;
};

extern const char *const severity_names[];

/* As text for people: see diag_text.h for its parts. */
void diag_print_text(struct diag_item *const *list, size_t n, FILE *out);
/* One JSON object a line. */
void diag_print_json(struct diag_item *const *list, size_t n, FILE *out);

#endif
