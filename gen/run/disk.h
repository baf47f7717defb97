/* SPDX-License-Identifier: MIT */
/* The disk that a machine is booted with. What was built is never written to. */
#ifndef FMGEN_RUN_DISK_H
#define FMGEN_RUN_DISK_H

#include "run/machine.h"

struct disk {
	const char *path;  /* NULL: the machine has none */
	const char *grows; /* a file or directory whose disk takes what the guest writes; NULL: none
			    */
	bool throw_away;   /* the simulator does: it needs the words for it */
	int fd;		   /* of a copy that has no name, so that nothing is left of it; or -1 */
};

/* The one of the workload's last launch; with snapshot, the built one or a copy that goes away.
 * False with a message. */
bool disk_open(struct arena *a, const struct machine *m, struct disk *d);
void disk_close(struct disk *d);
/* A copy of an image without a name, below which path it is found by this process and its
 * children. False with a message. */
bool disk_copy(struct arena *a, const char *from, struct disk *d);

#endif
