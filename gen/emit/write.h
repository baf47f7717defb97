/* SPDX-License-Identifier: MIT */
/* The other end of generation: the only writer of generated files. */
#ifndef FMGEN_WRITE_H
#define FMGEN_WRITE_H

#include "emit/emit.h"

#include <stdbool.h>

/* Whether this directory may be written to as a build directory for that emitter: says what is in
 * the way, and returns false, where a file is not fmgen's. */
bool build_dir_is_ours(const struct graph *g, const struct emitter *e);
/* Whether what the emitter once wrote is still there, and is to be kept right. */
bool emitter_in_use(const struct emitter *e);
/* Makes out/ with the file that says whose it is, and keeps it out of git. */
bool mark_build_dir(void);
/* Writes each file that changed, then the list of them, out/generated. False with a message where
 * one cannot be written. */
bool write_files(const struct files *f);

#endif
