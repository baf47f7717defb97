/* SPDX-License-Identifier: MIT */
/* The spec that `fmgen init` begins a workload with. */
#ifndef FMGEN_EMIT_SKELETON_H
#define FMGEN_EMIT_SKELETON_H

#include "base/buf.h"

void skeleton_json(struct buf *b, const char *name);
/* With comments on further options. */
void skeleton_yaml(struct buf *b, const char *name);

#endif
