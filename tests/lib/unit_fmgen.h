/* SPDX-License-Identifier: MIT */
/* What unit tests share that read files and look at messages. */
#ifndef FMGEN_UNIT_FMGEN_H
#define FMGEN_UNIT_FMGEN_H

#include "base/diag.h"
#include "base/fs.h"
#include "base/util.h"

#include <stdlib.h>
#include <string.h>

/* Makes a file, with the directories above it. */
static inline void put(const char *path, const char *text)
{
	if (!write_file(path, text, strlen(text), 0644))
		die("%s:", path);
}

/* What was said, which forgets it. */
static inline const char *said_by(struct diag *d)
{
	char *text = NULL;
	size_t len;
	FILE *out = open_memstream(&text, &len);

	diag_print(d, out);
	fclose(out);
	const char *copy = arena_strdup(d->arena, text);
	free(text);
	return copy;
}

#endif
