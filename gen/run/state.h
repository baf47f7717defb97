/* SPDX-License-Identifier: MIT */
/* The disk that a workload's launches share: state/NAME.img. What was built is only read. */
#ifndef FMGEN_RUN_STATE_H
#define FMGEN_RUN_STATE_H

#include "base/arena.h"

/*
 * Makes the disk of a workload ready: the one of its last launch, or a new copy of img where there
 * is none or where img has other contents than the one it was copied from. Takes state/NAME.lock
 * for the life of this process and of its children. The path, or NULL with a message.
 */
const char *state_disk(struct arena *a, const char *name, const char *img);

#endif
