/* SPDX-License-Identifier: MIT */
#include "base/util.h"
#include "verb/verb.h"

const struct verb *const verbs[] = {
	&verb_init,
	&verb_build,
	&verb_fetch,
	&verb_launch,
	&verb_test,
	&verb_install,
	&verb_clean,
	&verb_schema,
	&verb_show,
	&verb_doctor,
	&verb_why,
	&verb_graph,
	&verb_completions,
	/* plumbing: what the rules of the graph call */
	&verb_boot,
	&verb_boot_jobs,
	&verb_cpio,
	&verb_deliver,
	&verb_ext4,
	&verb_extract,
	&verb_guard,
	&verb_publish,
	&verb_reference,
	&verb_regen,
	&verb_run,
	&verb_scan,
	&verb_tree,
	&verb_trial,
	&verb_verify,
};
const size_t nverbs = LEN(verbs);
