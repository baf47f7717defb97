/* SPDX-License-Identifier: MIT */
/*
 * Records of runs, for people: what an edge read when it last succeeded, and how long it took.
 * out/was/ID has lines "build WORD", "command ITEM", "start NS", "end NS", "cpu NS", "lifted",
 * and for each input "in STAMP PATH", with "before PATH" behind it where that took the place of
 * another one; out/was/ID.d/ keeps the small inputs (parameters, manifests, revisions) as they
 * were, as hard links. Nothing is decided by a record, so what fails here is passed over.
 */
#ifndef FMGEN_WAS_H
#define FMGEN_WAS_H

#include "base/arena.h"
#include "base/buf.h"

#include <stdbool.h>

struct was_input {
	const char *path;
	const char *stamp;  /* see was_stamp */
	const char *before; /* in the run before another one was in its place; or NULL */
};

struct was {
	const char *id;
	const char *build;	   /* the same for all that one call of ninja or make ran */
	const char *command;	   /* escaped, without the parameters; or NULL */
	long long start, end, cpu; /* ns: by the clock, and of processors */
	bool lifted; /* make ran it, which may give files of equal contents a later time */
	struct was_input *ins;
	size_t n;
};

/* What tells a file from what it was: "SIZE:TIME:INODE", or "-" where it is not there. */
const char *was_stamp(struct arena *a, const char *path);
/* Whether a file of that stamp is still the one of the record, as far as the build tool cares: size
 * and time are the same (a copy of a build directory has other inodes), or, where make may have
 * lifted the time, size and inode. */
bool was_same(const struct was *w, const char *old, const char *now);
/* The record of an edge; false where there is none. */
bool was_read(struct arena *a, const char *id, struct was *w);
/* The inputs of the last success, ending in NULL; or NULL. */
char **was_inputs(struct arena *a, const char *id);
/* Appends what the input at path had in it when that edge ran; false where that is not known. */
bool was_text(struct arena *a, const char *id, const char *path, struct buf *b);
/* Whether the last run of an edge did not end, or failed. */
bool was_broken(struct arena *a, const char *id);
/* The lines of out/log/ID.why, or "". */
const char *was_why(struct arena *a, const char *id);

/* A run to be recorded. ins may name a file twice, and FORCE and MISSING, which are none. */
struct was_run {
	struct arena *arena;
	struct was now;
};

/*
 * Whether another build, which ran beside this one, has made just this since our build tool
 * started: of the same inputs, by the same command, with all outputs there.
 */
bool was_shared(struct arena *a, const char *id, const char *command, char *const *outs,
		char *const *ins);
/* Before the command: notes its inputs, with out/args/ID if there is one, and writes
 * out/log/ID.why. */
void was_begin(struct was_run *r, struct arena *a, const char *id, const char *command,
	       char *const *outs, char *const *ins);
/* After its success: keeps the record. */
void was_commit(struct was_run *r);

#endif
