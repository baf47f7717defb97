/* SPDX-License-Identifier: MIT */
/* The script or command that the boot runs. */
#include "plan/image.h"

static bool has_script(const struct build *b)
{
	return wl_set(b->w, OPT_RUN) || wl_set(b->w, OPT_COMMAND);
}

static const char *rootfs_over(struct planner *p, const struct build *b, const char *image)
{
	const struct value *run = wl_value(b->w, OPT_RUN), *command = wl_value(b->w, OPT_COMMAND);
	struct step s = step_start(p, "rootfs", run->n ? run->at : command->at);

	start_image(&s, b, image);
	if (run->n) {
		step_arg_path(&s, "script", run->items[0].path);
		for (size_t i = 1; i < run->n; i++)
			step_arg(&s, "arg", run->items[i].text.s);
	} else {
		step_arg(&s, "command", command->items[0].text.s);
	}
	const char *id = step_id(&s);
	struct edge *e = step_edge(&s, "rootfs", id);
	if (e) {
		stage_in(p, e, image, "rootfs.img");
		if (run->n)
			tree_for(p, e, BY_IMAGE, run->items[0].path, run->items[0].text.at);
		scripts_in(p, e, "rootfs boot-script lib.sh");
		plumbing_in(p, e, "ext4");
		stage_out(p, e, "rootfs.img");
	}
	return id;
}

const struct layer layer_rootfs = {"rootfs", has_script, rootfs_over};
