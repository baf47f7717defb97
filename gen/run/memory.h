/* SPDX-License-Identifier: MIT */
/* How much memory a machine gets. */
#ifndef FMGEN_RUN_MEMORY_H
#define FMGEN_RUN_MEMORY_H

#include "run/machine.h"

/* Bytes that this host can give a guest now (free memory, the limits of its cgroup); 0: cannot be
 * told. */
long long host_memory(void);
/* The guest's memory in MiB: what was asked for, or less with a note where the host has less; 0
 * with a message where it is too little to boot. */
long long machine_memory(const struct machine *m);

#endif
