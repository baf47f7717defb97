/* SPDX-License-Identifier: MIT */
/* Scripts that run on the host before a workload is built, and what they may write. */
#ifndef FMGEN_HOST_INIT_H
#define FMGEN_HOST_INIT_H

#include "resolve/workload.h"

/* The workloads whose host-init runs before w is built: the ancestors of its owner, its owner, its
 * ancestors and w itself, in this order. *n counts them. */
const struct workload **host_inits(struct arena *a, const struct workload *w, size_t *n);
/* The list `inputs` or `outputs` of a script that is given as a map: its paths, n of them. */
const char **step_paths(struct arena *a, const struct workload *w, enum option_id id,
			const char *part, size_t *n);
/* Whether the script is given as words, so that it runs on each build of a named workload. */
bool step_always(const struct workload *w, enum option_id id);
/* Whether the host-init of w may write path: as words all in its workdir, as a map its outputs. */
bool host_init_writes(struct arena *a, const struct workload *w, const char *path);

#endif
