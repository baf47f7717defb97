/* SPDX-License-Identifier: MIT */
/* What people write in .json files and YAML does not have: comments of C, and tabs anywhere. */
#ifndef FMGEN_LENIENT_H
#define FMGEN_LENIENT_H

#include "base/arena.h"
#include "base/diag.h"

/*
 * The text of src as the YAML parser is to see it. Where src is a .json file that begins with a
 * brace or bracket, comments and tabs outside of strings are blanks, so that every byte keeps its
 * place; else it is the text itself. NULL, with an error, where a comment has no end.
 */
const char *lenient_text(struct arena *a, const struct source *src, struct diag *d);
/* What follows the string that begins with the quote at s; end where it is not closed. */
const char *skip_string(const char *s, const char *end);
/* The place of a byte of src. */
struct span text_place(const struct source *src, const char *p);

#endif
