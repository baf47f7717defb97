/* SPDX-License-Identifier: MIT */
/* A run of one machine: from its disk to the hooks behind it. */
#ifndef FMGEN_RUN_BOOT_H
#define FMGEN_RUN_BOOT_H

#include "run/machine.h"

/* Returns the status of the run, which it also leaves in the directory of the machine. */
int boot_machine(struct arena *a, struct machine *m);

#endif
