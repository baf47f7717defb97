/* SPDX-License-Identifier: MIT */
/*
 * Handing a built workload over to an installer of its board. What there is to know are the
 * parameters of install-NAME; the installer, a script, is given them as JSON. Messages go to
 * stderr.
 */
#ifndef FMGEN_DELIVERY_H
#define FMGEN_DELIVERY_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

struct delivery {
	struct arena *arena;
	char **words; /* "--KEY=VALUE", in order */
	size_t n;
	const char *name, *board;
	const char *target; /* the installer's name; NULL: none was said, and there is no default */
	bool no_disk;
	/* of the installer that was chosen */
	const char *script, *destination;
};

/* Reads the words; a later --target or --kind wins. */
void delivery_read(struct delivery *d, struct arena *a, char **words, size_t n);
/* Finds the installer, and says why it cannot be used, or what is missing. */
bool delivery_choose(struct delivery *d);
/* The files that have to be built; ends in NULL. NULL, with a message, where there is no binary. */
const char **delivery_files(struct delivery *d);
/* Runs the installer, or only asks it whether it could install; its status. */
int delivery_run(struct delivery *d, bool only_ask);

#endif
