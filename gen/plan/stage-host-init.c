/* SPDX-License-Identifier: MIT */
/* The script of the user's that runs before anything else of a workload is built. */
#include "plan/host.h"

static bool wanted(const struct planner *p, const struct build *b)
{
	(void)p;
	return has_host_script(b->w, OPT_HOST_INIT);
}

static void plan_host_init(struct planner *p, struct build *b)
{
	b->host_init = host_script(p, b, OPT_HOST_INIT);
}

const struct stage stage_host_init = {"host-init", wanted, plan_host_init};
