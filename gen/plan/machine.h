/* SPDX-License-Identifier: MIT */
/* Parameters of `fmgen boot`: how a workload's machine is started in a simulator of the board. */
#ifndef FMGEN_PLAN_MACHINE_H
#define FMGEN_PLAN_MACHINE_H

#include "plan/stage.h"

struct simulator {
	const char *name, *suffix;
	enum option_id program, args;
	bool disks;	/* it knows disks, also where the board has no words for them */
	bool asked_for; /* bare metal runs there only where the spec names it */
};

extern const struct simulator simulators[SIMULATORS];

/* A binary of the user's that is based on nothing: it may know one machine only. */
bool is_bare_metal(const struct build *b);
/* How the board starts it; NULL: it does not. */
const struct doc *machine_how(const struct planner *p, const struct simulator *sim);
/* Whether it can have a disk there. */
bool machine_has_disks(const struct planner *p, const struct simulator *sim);
/* The simulator: the board's words for it and its disk, the spec's own program and words. */
void add_simulator(struct step *s, const struct build *b, const struct simulator *sim, bool disk);
/* The machine: processors, memory, and the memory that the binary needs. */
void add_machine(struct step *s, const struct build *b, enum kind kind);

#endif
