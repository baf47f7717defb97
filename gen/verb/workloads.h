/* SPDX-License-Identifier: MIT */
/* The workloads that a verb is given: names of those of a build directory, or spec files. */
#ifndef FMGEN_VERB_WORKLOADS_H
#define FMGEN_VERB_WORKLOADS_H

#include "verb/generate.h"

/* Whether a word is the file of a spec. */
bool is_spec(const char *word);
/*
 * The names behind n words, in their order; ends in NULL. Generates where specs are among them: the
 * set of the build directory is then these. Leaves us in the build directory. NULL with messages.
 */
char **take_workloads(struct arena *a, struct request *r, const char *verb, char **words, size_t n);
/* The names of all workloads of this build, parents and jobs too; ends in NULL. */
char **all_workloads(struct arena *a);
/* Tells that there is no workload of that name, and what was probably meant. */
void no_such_workload(struct arena *a, const char *name);
/* The jobs of a workload of this build; ends in NULL. NULL where there is no such workload. */
char **jobs_of(struct arena *a, const char *name);

#endif
