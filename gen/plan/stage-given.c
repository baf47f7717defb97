/* SPDX-License-Identifier: MIT */
/* Binaries and images that the user made: a copy of the file takes the place of what stages would
 * make. */
#include "plan/stage.h"

/* The stage that copies the file of an option to FILE; the option's name is for messages. */
static const char *plan_copy(struct planner *p, const struct build *b, enum option_id option,
			     const char *file, enum reader reader)
{
	const struct value *v = wl_value(b->w, option);
	struct step s = step_start(p, "given", v->at);

	step_arg(&s, "option", options[option].name);
	step_arg(&s, "file", file);
	step_arg_path(&s, "from", value_path(v));
	const char *id = step_id(&s);
	struct edge *e = step_edge(&s, "given", id);
	if (e) {
		tree_for(p, e, reader, value_path(v), v->at);
		scripts_in(p, e, "given lib.sh");
		stage_out(p, e, file);
	}
	return id;
}

static bool bin_wanted(const struct planner *p, const struct build *b)
{
	(void)p;
	return wl_set(b->w, OPT_BIN);
}

static void plan_bin(struct planner *p, struct build *b)
{
	b->bin[DISK] = plan_copy(p, b, OPT_BIN, "bin", BY_BINARY);
}

static bool img_wanted(const struct planner *p, const struct build *b)
{
	(void)p;
	return wl_set(b->w, OPT_IMG);
}

static void plan_img(struct planner *p, struct build *b)
{
	b->image = plan_copy(p, b, OPT_IMG, "rootfs.img", BY_IMAGE);
}

const struct stage stage_given_bin = {"given-bin", bin_wanted, plan_bin};
const struct stage stage_given_img = {"given-img", img_wanted, plan_img};
