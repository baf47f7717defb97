/* SPDX-License-Identifier: MIT */
/*
 * The locks of stages, out/stage/ID.lock. Who makes the outputs of a stage has its lock alone; who
 * reads them shares it. So two builds of one directory do not meet in it. As a stage waits for
 * those before it only, they never wait for each other.
 */
#ifndef FMGEN_LOCK_H
#define FMGEN_LOCK_H

#include "base/arena.h"

/*
 * Locks a stage; how: LOCK_EX or LOCK_SH, with LOCK_NB it does not wait. Returns a descriptor,
 * which has the lock until it and all that inherited it are closed; or -1, with a message unless it
 * did not wait.
 */
int stage_lock(struct arena *a, const char *id, int how);
/* Notes a descriptor that has a lock; -1 is passed over. */
void lock_note(int fd);
/* Frees the locks that were noted, also for a daemon that inherited them. */
void locks_leave(void);

#endif
