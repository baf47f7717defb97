/* SPDX-License-Identifier: MIT */
/* One decoded spec: a value for each option of the table, each with the place where it was written.
 */
#ifndef FMGEN_SPEC_H
#define FMGEN_SPEC_H

#include "base/diag.h"
#include "decode/options.h"
#include "load/doc.h"

struct item {
	struct str key;	  /* maps and pairs only; see options.h */
	struct str text;  /* as written; s NULL for null */
	const char *path; /* host paths: from the build directory, set by resolve */
};

enum value_state { VALUE_UNSET, VALUE_NULL, VALUE_SET };

struct value {
	enum value_state state;
	struct span at;
	long long number;
	struct item *items;
	size_t n;
	const struct doc *doc;
	const struct value
		*overrides; /* the ancestor's value that this one replaced, for "also set at" */
};

struct spec {
	const char *file;	      /* as it was found */
	const char *dir;	      /* the directory of the file */
	struct span at;		      /* of the map */
	bool has_linux, has_firmware; /* the group is there, though perhaps empty */
	struct value values[OPT_COUNT];
	struct spec **jobs;
	size_t njobs;
};

/* The first item's text of a value, or NULL. */
static inline const char *value_text(const struct value *v)
{
	return v->state == VALUE_SET && v->n ? v->items[0].text.s : NULL;
}
/* The first item's path of a value, or NULL. */
static inline const char *value_path(const struct value *v)
{
	return v->state == VALUE_SET && v->n ? v->items[0].path : NULL;
}

/* Decodes a document into a spec. All mistakes are reported; NULL only where there is no map at
 * all. Deprecated options are translated here. */
struct spec *decode_spec(struct arena *a, const struct doc *doc, const char *file, struct diag *d);

#endif
