/* SPDX-License-Identifier: MIT */
#ifndef FMGEN_VERB_BUILDER_H
#define FMGEN_VERB_BUILDER_H

#include "base/arena.h"
#include "emit/emit.h"

/* What the build tool is asked for. */
struct build_call {
	const char *const *targets; /* ends in NULL; NULL: the default ones */
	bool keep_going;	    /* a failure does not stop what does not need it */
	bool verbose;		    /* shows what the commands print, as they do */
	bool quiet;		    /* shows nothing */
	long long limit;	    /* seconds; 0: none */
};

/* Builds in the current directory with the build tool of an emitter; nobody else's call of this
 * builds there meanwhile. The exit status of the tool; 1, with a message, where there is none; 124
 * where it took longer than the limit. */
int run_builder(struct arena *a, const struct emitter *e, const struct build_call *call);
/* The emitter that the current directory was last generated with. */
const struct emitter *builder_of(struct arena *a);

#endif
