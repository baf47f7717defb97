/* SPDX-License-Identifier: MIT */
/* A script of the user's that looks at what a run has left (post_run_hook). */
#ifndef FMGEN_RUN_HOOK_H
#define FMGEN_RUN_HOOK_H

#include "run/keys.h"

struct hook {
	const char *script; /* NULL: there is none */
	const char *dir;    /* where it runs; NULL: here */
	struct args args;
};

/* Its keys of a plumbing verb: --PREFIXhook=, -arg=, -dir=. */
#define HOOK_KEYS(prefix, type, member)                                           \
	{prefix "hook", KEY_TEXT, offsetof(struct type, member.script)},          \
		{prefix "hook-dir", KEY_TEXT, offsetof(struct type, member.dir)}, \
	{                                                                         \
		prefix "hook-arg", KEY_LIST, offsetof(struct type, member.args)   \
	}

/* Adds these words. */
void hook_words(struct arena *a, const struct hook *h, struct args *to);
/* Runs it with the directory of the results as its last argument. What it prints is kept there in
 * hook.log, and shown. A signal that ends it ends this process too. 0, also where there is none;
 * its status, with a message. */
int hook_run(struct arena *a, const struct hook *h, const char *results);

#endif
