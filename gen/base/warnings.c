/* SPDX-License-Identifier: MIT */
#include "base/warnings.h"
#include "base/util.h"

/* clang-format off */
const struct warning_kind warning_kinds[WARN_COUNT] = {
	[WARN_JOB_WORKDIR] = {"job-workdir",
		"a job sets a workdir, but has that of its workload"},
	[WARN_JSON] = {"json",
		"a .json file is not valid JSON, though fmgen reads it"},
	[WARN_KCONFIG] = {"kconfig",
		"an option of a kernel fragment did not take effect; found by the build"},
	[WARN_NO_EFFECT] = {"no-effect",
		"an option is understood, but changes nothing"},
	[WARN_NOTHING_TO_BUILD] = {"nothing-to-build",
		"a named workload has neither a binary nor an image"},
	[WARN_UNKNOWN_OPTION] = {"unknown-option",
		"an option or key that nobody reads"},
};
/* clang-format on */

enum warning warning_find(const char *name)
{
	enum warning i = 0;

	while (i < WARN_COUNT && !streq(warning_kinds[i].name, name))
		i++;
	return i;
}

const char *const *warning_names(void)
{
	static const char *names[WARN_COUNT];

	for (size_t i = 0; i < WARN_COUNT; i++)
		names[i] = warning_kinds[i].name;
	return names;
}
