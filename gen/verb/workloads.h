/* SPDX-License-Identifier: MIT */
/* The workloads that a verb is given: names of those of a build directory, or spec files. */
#ifndef FMGEN_VERB_WORKLOADS_H
#define FMGEN_VERB_WORKLOADS_H

#include "verb/generate.h"

/* Whether a word is the file of a spec. */
bool is_spec(const char *word);
/*
 * The names behind n words, in their order; ends in NULL. Specs among them are added to the set of
 * the build directory. Leaves us in the build directory. NULL with messages.
 */
char **take_workloads(struct arena *a, struct request *r, const char *verb, char **words, size_t n);
/* Adds n specs (see request_enter) to the set of the build directory, and puts their names in their
 * places. False with messages. */
bool add_specs(struct arena *a, struct request *r, char **specs, size_t n);
/* The names of all workloads of this build, parents and jobs too; ends in NULL. */
char **all_workloads(struct arena *a);
/* Tells that there is no workload of that name, and what was probably meant. */
void no_such_workload(struct arena *a, const char *name);
/* The jobs of a workload of this build; ends in NULL. NULL where there is no such workload. */
char **jobs_of(struct arena *a, const char *name);

#endif
