/* SPDX-License-Identifier: MIT */
/* A workload's own layers over the image that it starts from (see stage-distro.c). One that the
 * user gave stays as it is. */
#include "plan/image.h"
#include "base/util.h"

/* In the order in which they lie over each other. */
static const struct layer *const layers[] = {&layer_first_boot, &layer_rootfs_base,
					     &layer_guest_init, &layer_rootfs};

const char *layers_over(struct planner *p, const struct build *b, const char *image)
{
	for (size_t i = 0; i < LEN(layers); i++)
		if (layers[i]->is_in(b))
			image = layers[i]->over(p, b, image);
	return image;
}

static bool wanted(const struct planner *p, const struct build *b)
{
	(void)p;
	return b->image && !wl_set(b->w, OPT_IMG);
}

static void plan_layers(struct planner *p, struct build *b)
{
	b->image = layers_over(p, b, b->image);
}

const struct stage stage_layers = {"layers", wanted, plan_layers};
