/* SPDX-License-Identifier: MIT */
/* The values between the steps as JSON, each with its place: for --dump and tests. */
#ifndef FMGEN_DUMP_H
#define FMGEN_DUMP_H

#include "resolve/workload.h"

#include <stdio.h>

/* A document as it was parsed. */
void dump_doc(const struct doc *doc, FILE *out);
/* Workloads with what they inherited. */
void dump_specs(const struct model *model, struct workload *const *workloads, size_t n, FILE *out);

#endif
