/* SPDX-License-Identifier: MIT */
/* Where fmgen and its data are on this machine. */
#ifndef FMGEN_DATADIR_H
#define FMGEN_DATADIR_H

#include "base/arena.h"
#include "load/source.h"

/* The running program. */
const char *program_path(struct arena *a);
/* The directory that holds templates/, boards/, initramfs/ and scripts/: beside an installed
 * program in ../share/fmgen, or the source tree. */
const char *data_dir(struct arena *a);
/* The cache of fetched sources: FMGEN_CACHE, else fmgen/ below XDG_CACHE_HOME or ~/.cache. */
const char *fetch_dir(struct arena *a, struct inputs *in);

#endif
