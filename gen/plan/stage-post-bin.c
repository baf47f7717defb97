/* SPDX-License-Identifier: MIT */
/* The script of the user's that runs behind the boot binary, with a disk even where another one is
 * asked for; what it makes is there for the image. */
#include "plan/host.h"

static bool wanted(const struct planner *p, const struct build *b)
{
	(void)p;
	return b->bin[DISK] && has_host_script(b->w, OPT_POST_BIN);
}

static void plan_post_bin(struct planner *p, struct build *b)
{
	b->post_bin = host_script(p, b, OPT_POST_BIN);
}

const struct stage stage_post_bin = {"post-bin", wanted, plan_post_bin};
