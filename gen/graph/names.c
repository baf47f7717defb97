/* SPDX-License-Identifier: MIT */
#include "graph/names.h"
#include "base/hash.h"
#include "base/util.h"

#include <string.h>

const char *stage_of(struct arena *a, const char *path)
{
	const char *name = after_prefix(path, "out/stage/");
	const char *slash = name ? strchr(name, '/') : NULL;

	return slash ? arena_dup(a, name, (size_t)(slash - name)) : NULL;
}

const char *done_stamp(struct arena *a, const char *rule, const char *id)
{
	return arena_printf(a, "out/done/%s/%s", rule, id);
}

bool is_identity(const char *name)
{
	size_t len = strlen(name);

	return len > ID_DIGITS + 1 && name[len - ID_DIGITS - 1] == '-' &&
	       strspn(name + len - ID_DIGITS, "0123456789abcdef") == ID_DIGITS;
}
