/* SPDX-License-Identifier: MIT */
/* What a stage is, and what stages share. Each stage is one file, stage-NAME.c, and one line of the
 * table in plan.c. */
#ifndef FMGEN_STAGE_H
#define FMGEN_STAGE_H

#include "base/buf.h"
#include "plan/plan.h"
#include "resolve/host_script.h"

/* The two kinds of boot binary: with the root file system on a disk, or inside the binary. */
enum kind { DISK, NODISK, KINDS };

/* What the stages made of one workload so far: stage identities, NULL where there is none. */
struct build {
	const struct workload *w;
	const struct build *parent;
	const char *host_init, *post_bin;
	const char *kernel;
	const char **modules;
	size_t nmodules;
	const char *busybox;
	const char *firmware;
	const char *distro; /* the distro's image that its layers lie over */
	const char *image;  /* the stage whose rootfs.img is the workload's, so far */
	const char *initramfs[KINDS], *link[KINDS];
	const char *bin[KINDS]; /* where there is no link: given by the user */
};

struct stage {
	const char *name;
	bool (*wanted)(const struct planner *p, const struct build *b);
	void (*plan)(struct planner *p, struct build *b);
};

extern const struct stage stage_host_init, stage_given_bin, stage_kernel, stage_module,
	stage_busybox, stage_initramfs, stage_link, stage_firmware, stage_bbl, stage_post_bin,
	stage_given_img, stage_distro, stage_layers, stage_publish, stage_launch, stage_test,
	stage_install, stage_clean;

/*
 * An identity and a parameter file in the making. step_field adds a field to the identity alone,
 * step_arg also the line "--key=value" to the parameters, step_option the line alone: what is an
 * input or follows from the identity. A path is written below its root.
 */
struct step {
	struct planner *p;
	const char *stage;
	struct span why;
	struct buf fields, args;
};

struct step step_start(struct planner *p, const char *stage, struct span why);
void step_field(struct step *s, const char *key, const char *text);
void step_field_path(struct step *s, const char *key, const char *path);
void step_arg(struct step *s, const char *key, const char *text);
void step_arg_path(struct step *s, const char *key, const char *path);
void step_option(struct step *s, const char *key, const char *text);
/* The line "--key". */
void step_flag(struct step *s, const char *key);
void step_option_path(struct step *s, const char *key, const char *path);
/* Makes all parameters so far part of the identity. */
void step_identify(struct step *s);
/* Tells a command what becomes of options of a configuration that do not take effect; by default a
 * warning. */
void kconfig_policy(struct step *s);
/* A path as an item of parameter files. */
const char *path_item(const struct planner *p, const char *path);
/* The identity, "STAGE-0123456789abcdef"; frees the fields. Equal hashes of unequal fields end the
 * program. */
const char *step_id(struct step *s);
/* The edge of that identity with the parameters as its args; NULL where it is in the graph already.
 * Frees the parameters. */
struct edge *step_edge(struct step *s, const char *rule, const char *id);

/* out/stage/ID, and a file in it. */
const char *stage_dir(struct planner *p, const char *id);
const char *stage_file(struct planner *p, const char *id, const char *file);
/* Adds such a file as an output, as an input. */
void stage_out(struct planner *p, struct edge *e, const char *file);
void stage_in(struct planner *p, struct edge *e, const char *id, const char *file);
/* Names, with blanks between, what the stage makes beside its outputs and others read. */
void stage_beside(struct planner *p, struct edge *e, const char *names);
/* Adds the manifest of a tree or file (filter: see track/tree.h) as an input; returns the
 * manifest's path. */
const char *tree_in(struct planner *p, struct edge *e, const char *path, const char *filter,
		    struct span why);
/* As tree_in with the filter all, for another reader than BY_BINARY. */
void tree_for(struct planner *p, struct edge *e, enum reader reader, const char *path,
	      struct span why);
/* The manifest alone, with another filter; a fetched tree is pinned. */
const char *manifest_for(struct planner *p, enum reader reader, const char *path,
			 const char *filter, struct span why);
/* A file of fmgen's data, "initramfs/nodes": its path; its manifest as an input. */
const char *data_path(struct planner *p, const char *name);
void data_in(struct planner *p, struct edge *e, const char *name);
/* As tree_in, for a source tree: fetched ones are pinned. source_manifest only makes the manifest.
 */
const char *source_manifest(struct planner *p, const char *path, const char *filter,
			    struct span why);
const char *source_in(struct planner *p, struct edge *e, const char *path, const char *filter,
		      struct span why);
/* Adds the manifests of scripts/NAME for each word of names, and of the compiler. */
void scripts_in(struct planner *p, struct edge *e, const char *names);
void toolchain_in(struct planner *p, struct edge *e);
/* Adds the revision of a plumbing verb that the command uses as an input: see plumbing.c. */
void plumbing_in(struct planner *p, struct edge *e, const char *verb);
/* The kernel tree of a workload, and the parameters that name it (source, arch, cross). */
const char *kernel_source(const struct planner *p, const struct build *b);
void kernel_tree(struct step *s, const struct build *b);

#endif
