/* SPDX-License-Identifier: MIT */
/*
 * The text of parameter files: one item a line. A backslash escapes: \\ \n \t \r \@ and \xHH for
 * other control bytes. An unescaped "@root/…" (or "@root" alone) at the start of an item, or just
 * after its first '=', names a path below a root.
 */
#ifndef FMGEN_ESCAPE_H
#define FMGEN_ESCAPE_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/map.h"

#include <stdbool.h>

/* Appends s, escaped, so that it stands on one line and holds no '@' that is read as a root. */
void escape_item(struct buf *b, const char *s);
/* Undoes escape_item; roots maps names to paths (char *; NULL map: an unescaped '@' is kept). NULL
 * on a bad escape or an unknown root. */
char *unescape_item(struct arena *a, const char *line, size_t len, const struct map *roots);
/* Takes the next line from *text, which ends at end: its start and, in *len, its length without the
 * newline; NULL at the end. */
const char *next_line(const char **text, const char *end, size_t *len);
/* Reads a parameter file into an argument vector that ends in NULL; *n counts. Says on stderr what
 * is wrong and returns NULL on failure. */
char **read_args(struct arena *a, const char *path, const struct map *roots, size_t *n);
/* Reads out/roots (lines "name<TAB>path") below the build directory; false with a message on stderr
 * on failure. */
bool read_roots(struct arena *a, const char *path, struct map *roots);

#endif
