/* SPDX-License-Identifier: MIT */
/* The warnings that have names: the table is what -W and -E take and what the manual lists. */
#ifndef FMGEN_WARNINGS_H
#define FMGEN_WARNINGS_H

#include <stddef.h>

enum warning {
	WARN_JOB_WORKDIR,
	WARN_JSON,
	WARN_KCONFIG,
	WARN_NO_EFFECT,
	WARN_NOTHING_TO_BUILD,
	WARN_UNKNOWN_OPTION,
	WARN_COUNT
};

/* What becomes of a warning. */
enum warning_policy { POLICY_SHOW, POLICY_HIDE, POLICY_ERROR };

struct warning_kind {
	const char *name; /* as it is shown behind the message */
	const char *help;
};

extern const struct warning_kind warning_kinds[WARN_COUNT];

/* The warning of that name, or WARN_COUNT. */
enum warning warning_find(const char *name);
/* The names, for nearest_name: WARN_COUNT of them. */
const char *const *warning_names(void);

#endif
