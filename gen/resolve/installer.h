/* SPDX-License-Identifier: MIT */
/* Installers of boards: what hands built workloads over to where they run. Data, read from
 * installers/NAME/installer.yaml of a board or of one that it starts from. */
#ifndef FMGEN_INSTALLER_H
#define FMGEN_INSTALLER_H

#include "resolve/board.h"

struct installer {
	struct str name;
	const char *script; /* its path */
	bool disk, no_disk; /* which workloads it takes: with a disk, without one */
	struct str key;	    /* of the user's configuration: where it installs; s NULL: it knows */
	struct str destination; /* what the user has set there; s NULL: nothing */
};

/* By its name; NULL where there is none. */
const struct installer *installer_find(const struct board *b, const char *name);
/* The one that is used where none is named: that of board.yaml, or the only one; else NULL. */
const struct installer *installer_default(const struct board *b);

#endif
