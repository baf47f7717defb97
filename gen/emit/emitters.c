/* SPDX-License-Identifier: MIT */
#include "base/util.h"
#include "emit/emit.h"

const struct emitter *const emitters[] = {&emit_ninja, &emit_make};
const size_t nemitters = LEN(emitters);

const struct emitter *emitter_find(const char *name)
{
	for (size_t i = 0; i < nemitters; i++)
		if (streq(emitters[i]->name, name))
			return emitters[i];
	return NULL;
}
