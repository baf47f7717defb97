/* SPDX-License-Identifier: MIT */
/* Reading of board.yaml: what it says goes over what the board already has from another one. */
#ifndef FMGEN_BOARD_READ_H
#define FMGEN_BOARD_READ_H

#include "resolve/workload.h"

struct reader {
	struct arena *arena;
	struct inputs *inputs;
	const struct setup *setup;
	struct diag *diag;
	struct board *board;
	const char *dir; /* of the board.yaml that is being read */
};

/* Reads all keys but `base`. */
void board_read(struct reader *r, const struct doc *map);
/* Reads the installers of the board and of all that it starts from; one of a later board takes the
 * place of one of an earlier. */
void installers_read(struct reader *r);

#endif
