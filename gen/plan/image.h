/* SPDX-License-Identifier: MIT */
/* What the stages that make images share. */
#ifndef FMGEN_PLAN_IMAGE_H
#define FMGEN_PLAN_IMAGE_H

#include "plan/stage.h"

/* The size that b's image has to have, bytes; 0: what its contents need. */
long long image_size(const struct build *b);
/* The parameters of a stage that starts from an image: which, and how large its own is to be. */
void start_image(struct step *s, const struct build *b, const char *image);

/* Something of a workload's that lies over an image. */
struct layer {
	const char *rule;
	bool (*is_in)(const struct build *b);
	/* The stage whose rootfs.img is the image with the layer. */
	const char *(*over)(struct planner *p, const struct build *b, const char *image);
};

extern const struct layer layer_first_boot, layer_rootfs_base, layer_guest_init, layer_rootfs;

/* All layers of a workload over an image: the stage whose rootfs.img has them. */
const char *layers_over(struct planner *p, const struct build *b, const char *image);

#endif
