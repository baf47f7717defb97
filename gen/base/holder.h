/* SPDX-License-Identifier: MIT */
/* Who has a lock, for messages. */
#ifndef FMGEN_HOLDER_H
#define FMGEN_HOLDER_H

#include "base/arena.h"

#include <sys/stat.h>

/* A process that has a lock (flock) of the file, as the kernel tells; 0: not known. */
int lock_holder(struct arena *a, const struct stat *file);
/* The command line of a process, "?" where it is not known. */
const char *command_of(struct arena *a, int pid);

#endif
