/* SPDX-License-Identifier: MIT */
/* How machines share the memory of a host. */
#include "run/share.h"

#include "lib/unit.h"

static void all_fit(void)
{
	struct share v[] = {{.want = 4, .least = 4}, {.want = 5, .least = 2}};

	CHECK(share_memory(v, 2, 0, 9));
	CHECK_INT(v[0].given, 4);
	CHECK_INT(v[1].given, 5);
	CHECK(share_memory(v, 2, 0, 0));
	CHECK_INT(v[1].given, 5);
	CHECK(share_memory(NULL, 0, 0, 9));
}

/* What a spec asks for is not cut; the rest is, evenly. */
static void is_cut_evenly(void)
{
	struct share v[] = {{.want = 100, .least = 10},
			    {.want = 40, .least = 40},
			    {.want = 100, .least = 10},
			    {.want = 15, .least = 10}};

	CHECK(share_memory(v, 4, 0, 101));
	CHECK_INT(v[0].given, 23);
	CHECK_INT(v[1].given, 40);
	CHECK_INT(v[2].given, 23);
	CHECK_INT(v[3].given, 15);
}

static void too_many(void)
{
	struct share v[] = {
		{.want = 100, .least = 10}, {.want = 100, .least = 10}, {.want = 100, .least = 10}};

	CHECK(!share_memory(v, 3, 0, 29));
	CHECK_INT(v[2].given, 10);
	CHECK(share_memory(v, 3, 2, 29));
	CHECK_INT(v[0].given, 14);
	CHECK(!share_memory(v, 3, 3, 29));
}

/* One that wants more than there is gets all there is. */
static void alone(void)
{
	struct share v[] = {{.want = 100, .least = 100}};

	CHECK(share_memory(v, 1, 0, 30));
	CHECK_INT(v[0].given, 30);
}

int main(void)
{
	RUN(all_fit);
	RUN(is_cut_evenly);
	RUN(too_many);
	RUN(alone);
	return unit_done();
}
