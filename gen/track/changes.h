/* SPDX-License-Identifier: MIT */
/* What differs between two states of a small input, a line for each difference. */
#ifndef FMGEN_CHANGES_H
#define FMGEN_CHANGES_H

#include "base/buf.h"

/*
 * Of two manifests (see tree.h) of the tree at path: "PATH/ENTRY: mode 644 -> 600", "… added" and
 * so on, the first ones of many. Returns how many there are.
 */
size_t manifest_changes(const char *path, const char *old, const char *now, struct buf *out);
/* Of two texts of lines: "LABEL: OLD -> NEW" where one line took the place of another, else
 * "LABEL: + NEW", "LABEL: - OLD". */
size_t line_changes(const char *label, const char *old, const char *now, struct buf *out);

#endif
