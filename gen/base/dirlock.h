/* SPDX-License-Identifier: MIT */
#ifndef FMGEN_DIRLOCK_H
#define FMGEN_DIRLOCK_H

#include <stdbool.h>

/*
 * Has the current directory to itself among those that ask for it so; waits, and says for whom. A
 * second call does nothing. False, with a message, where the one that has it waits for this
 * process. A file system without locks lets all in.
 */
bool dirlock_take(void);
void dirlock_leave(void);

#endif
