/* SPDX-License-Identifier: MIT */
/* Writes many files, each only if it changed, without a look into those that nobody touched since
 * they were last seen to hold the same bytes. */
#ifndef FMGEN_WRITER_H
#define FMGEN_WRITER_H

#include "base/fs.h"

struct writer;

/* cache: the file that keeps what was seen; see cache.h. */
struct writer *writer_open(const char *cache);
/* As write_if_changed. Fastest where most paths are in the directory of the one before. */
enum wrote writer_put(struct writer *w, const char *path, const void *data, size_t len);
void writer_close(struct writer *w);

#endif
