/* SPDX-License-Identifier: MIT */
#include "plan/image.h"

long long image_size(const struct build *b)
{
	return wl_value(b->w, OPT_ROOTFS_SIZE)->number;
}

void start_image(struct step *s, const struct build *b, const char *image)
{
	struct arena *a = s->p->arena;

	step_arg(s, "from", stage_file(s->p, image, "rootfs.img"));
	step_arg(s, "size", arena_printf(a, "%lld", image_size(b)));
	step_arg(s, "margin", arena_printf(a, "%lld", s->p->setup->rootfs_margin));
}
