/* SPDX-License-Identifier: MIT */
/* What the checks share. A check is a function and a line of the table in specs.c. */
#ifndef FMGEN_CHECK_H
#define FMGEN_CHECK_H

#include "resolve/host_script.h"

struct checker {
	struct arena *arena;
	struct inputs *inputs;
	const struct model *model;
	struct diag *diag;
};

/* missing.c: whether a script that runs on the host may write path before a reader of w's reads it,
 * so that it need not be there yet. */
bool made_for(struct checker *c, const struct workload *w, enum reader reader, const char *path);
/* NULL where there is something at path; else an error at a place that tells what is
 * near. what: "overlay". check_exists tells only whether there is. */
struct diag_item *check_missing(struct checker *c, const char *what, const char *path,
				struct span at);
bool check_exists(struct checker *c, const char *what, const char *path, struct span at);
/* Adds to a message about w's own value of an option where an ancestor set it, if that value took
 * the ancestor's place. item: the one that the message is about, of a map. No message: nothing. */
void also_set(struct checker *c, struct diag_item *message, const struct workload *w,
	      enum option_id id, const struct item *item);

/* files.c: what a workload names on the host */
void check_workdir_files(struct checker *c, const struct workload *w);
void check_scripts(struct checker *c, const struct workload *w);
void check_destinations(struct checker *c, const struct workload *w);

/* kernel.c: source trees */
void check_kernel_tree(struct checker *c, const struct workload *w);
/* Whether something is a kernel tree that nothing was built in; if not, the error. what: for it. */
struct diag_item *check_linux_tree(struct checker *c, const char *what, const char *tree,
				   struct span at);
/* Whether kernels can be built in path; an error at a place where not. */
void check_kbuild_path(struct checker *c, const char *what, const char *path, struct span at);
/* All is compiled below the build directory, which is the current one. */
void check_build_dir(struct checker *c, const struct workload *w);

/* board.c: what the named workloads need of the board */
void check_board(struct checker *c);
void check_distro(struct checker *c, const struct workload *w);

/* firmware.c: which firmware, and its trees */
void check_firmware(struct checker *c, const struct workload *w);

/* options.c: options that contradict each other or fmgen */
void check_run_command(struct checker *c, const struct workload *w);
void check_arguments(struct checker *c, const struct workload *w);
void check_effect(struct checker *c, const struct workload *w);
void check_guest_init(struct checker *c, const struct workload *w);
void check_names(struct checker *c, const struct workload *w);

#endif
