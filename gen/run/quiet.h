/* SPDX-License-Identifier: MIT */
/* What commands say, for people. */
#ifndef FMGEN_RUN_QUIET_H
#define FMGEN_RUN_QUIET_H

#include "run/keys.h"

/* Runs a command; what it says is shown only where its status is above ok. Whether it was not. A
 * signal that ends it ends this process too. */
bool run_quiet(const struct args *words, int ok);
/* Prints a file on stderr, with a newline at its end. */
void show_file(const char *path);

#endif
