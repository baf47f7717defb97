/* SPDX-License-Identifier: MIT */
/* Scripts of the user's that run on the host (host-init before a workload is built, post-bin behind
 * its binary), and what they may write. */
#ifndef FMGEN_HOST_SCRIPT_H
#define FMGEN_HOST_SCRIPT_H

#include "resolve/workload.h"

/* Who reads a file of the user's, in the order of a build. A binary never waits for a post-bin,
 * which waits for it. */
enum reader { BY_HOST_INIT, BY_BINARY, BY_POST_BIN, BY_IMAGE };

struct host_script {
	const struct workload *w;
	enum option_id id;
};

/* Whether w has a script of that option that runs: a post-bin needs a binary. */
bool has_host_script(const struct workload *w, enum option_id id);
/* The workloads whose script of that option may write what w is built from: the ancestors of its
 * owner, its owner, its ancestors and w itself, in this order. *n counts them. */
const struct workload **script_owners(struct arena *a, const struct workload *w, enum option_id id,
				      size_t *n);
/* The list `inputs` or `outputs` of a script that is given as a map: its paths, n of them. */
const char **step_paths(struct arena *a, const struct workload *w, enum option_id id,
			const char *part, size_t *n);
/* Whether the script is given as words, so that it runs on each build of a named workload. */
bool step_always(const struct workload *w, enum option_id id);
/* The scripts of these that may write path before a reader of w reads it: as words all in their
 * workdir, as a map their outputs. *n counts them. */
struct host_script *writers_before(struct arena *a, const struct workload *w, enum reader reader,
				   const char *path, size_t *n);

#endif
