/* SPDX-License-Identifier: MIT */
#include "run/environment.h"
#include "base/fs.h"
#include "base/util.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

const char *read_jobs(struct arena *a)
{
	struct buf b = {0};
	const char *jobs = NULL;

	if (read_file("out/jobs", &b))
		jobs = arena_dup(a, buf_str(&b), strspn(buf_str(&b), "0123456789"));
	buf_free(&b);
	return jobs && *jobs ? jobs : NULL;
}

/* For scripts/lib.sh. */
static void set_jobs(struct arena *a)
{
	const char *jobs = read_jobs(a);

	if (jobs)
		setenv("FMGEN_JLEVEL", jobs, 1);
	else
		unsetenv("FMGEN_JLEVEL");
}

void run_environment(struct arena *a, const char *say)
{
	static const char *const fixed[][2] = {
		{"LC_ALL", "C"},
		{"TZ", "UTC"},
		{"SOURCE_DATE_EPOCH", "0"},
		{"E2FSPROGS_FAKE_TIME", "1"}, /* 0 would be the real time */
	};

	for (size_t i = 0; i < LEN(fixed); i++)
		setenv(fixed[i][0], fixed[i][1], 1);
	setenv("FMGEN_SAY", say, 1);
	set_jobs(a);
	umask(022);
}
