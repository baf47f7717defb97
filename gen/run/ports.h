/* SPDX-License-Identifier: MIT */
/* The ports by which the host reaches a guest: the simulator chose free ones. */
#ifndef FMGEN_RUN_PORTS_H
#define FMGEN_RUN_PORTS_H

#include "base/buf.h"

#include <stdbool.h>
#include <sys/types.h>

/* Appends a line "ADDRESS:PORT" for each TCP port (IPv4) that the process listens on; whether there
 * was one. */
bool ports_list(pid_t pid, struct buf *b);
/* Says so on stderr, of the workload `name`. */
void ports_tell(const char *name, const char *lines);

#endif
