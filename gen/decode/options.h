/* SPDX-License-Identifier: MIT */
/* The option table is the language: decoding, inheritance, warnings, dumps and the reference are
 * all made from it. */
#ifndef FMGEN_OPTIONS_H
#define FMGEN_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

/* What a value is. In braces: what stands in struct value for it. */
enum opt_type {
	TYPE_NAME,    /* [A-Za-z0-9._+-]+ {item 0} */
	TYPE_BASE,    /* name of a spec file, path of one, or distro {item 0} */
	TYPE_TEXT,    /* any string {item 0} */
	TYPE_PATH,    /* a host path {item 0, .path} */
	TYPE_PATHS,   /* a host path or a list of them {items, .path} */
	TYPE_PROGRAM, /* a host path, a bare name looked up on PATH, or null {item 0} */
	TYPE_STRINGS, /* a list of strings {items} */
	TYPE_GUEST,   /* a list of absolute guest paths {items} */
	TYPE_WORDS,   /* a string that is split as a shell would, or a list {items} */
	TYPE_SCRIPT,  /* "script args" {item 0 with .path, then the arguments} */
	TYPE_STEP, /* TYPE_SCRIPT, or a map of script, inputs and outputs {the same; doc is the map}
		    */
	TYPE_FILES,   /* a list of [src, dst] {items: .text and .path src, .key dst} */
	TYPE_MODULES, /* a map of name to directory or null {items: .key name, .text and .path dir,
			 NULL for null} */
	TYPE_TEXTS,   /* a map of names to texts (scalars as they are written) or null {items: .key,
			 .text,   NULL for null} */
	TYPE_SIZE,    /* bytes, or a text with a unit {number} */
	TYPE_MEM,     /* as TYPE_SIZE, but a bare number is in MiB {number, bytes} */
	TYPE_COUNT,   /* a positive integer {number} */
	TYPE_SECONDS, /* a positive integer, or 0 {number} */
	TYPE_BOOL,    /* {number} */
	TYPE_MAP,     /* any map, kept as it is; others decode and merge it {doc} */
	TYPE_JOBS,    /* a list of maps, each a spec {doc} */
};

enum opt_base { BASE_NONE, BASE_WORKDIR, BASE_SPECDIR };

enum opt_inherit { INHERIT_OWN, INHERIT_FILL, INHERIT_APPEND, INHERIT_MERGE };

struct option {
	const char *name; /* "linux.source": an option of the group linux */
	enum opt_type type;
	enum opt_base base;
	enum opt_inherit inherit;
	bool nullable;
	bool required;		 /* with its group, where it is in one */
	const char *replaced_by; /* deprecated: the option it is translated to */
	const char *since;
	const char *absent; /* what stands in for it: "4", "the board's" */
	const char *help;   /* sentences for the manual; `literal` text stands in backquotes */
};

/* clang-format off */
enum option_id {
	OPT_NAME, OPT_BASE, OPT_WORKDIR, OPT_OVERLAY, OPT_FILES, OPT_DEPS, OPT_OUTPUTS, OPT_ROOTFS_SIZE, OPT_RUN, OPT_COMMAND,
	OPT_HOST_INIT, OPT_POST_BIN, OPT_GUEST_INIT, OPT_POST_RUN_HOOK,
	OPT_LINUX_SOURCE, OPT_LINUX_CONFIG, OPT_LINUX_MODULES,
	OPT_OPENSBI_SRC, OPT_OPENSBI_ARGS, OPT_BBL_SRC, OPT_BBL_ARGS, OPT_USE_BBL,
	OPT_DISTRO_NAME, OPT_DISTRO_OPTS,
	OPT_QEMU, OPT_SPIKE, OPT_QEMU_ARGS, OPT_SPIKE_ARGS, OPT_CPUS, OPT_MEM, OPT_LAUNCH,
	OPT_BIN, OPT_IMG, OPT_JOBS,
	OPT_TESTING_REFDIR, OPT_TESTING_BUILD_TIMEOUT, OPT_TESTING_RUN_TIMEOUT, OPT_TESTING_STRIP,
	OPT_FIRESIM_OUTPUTS, OPT_FIRESIM_INPUTS,
	OPT_LINUX_CONFIG_OLD, OPT_LINUX_SRC_OLD, OPT_PK_SRC_OLD,
	OPT_COUNT
};
/* clang-format on */

extern const struct option options[OPT_COUNT];

/* The option of that full name, or NULL. */
const struct option *option_find(const char *name);
/* Whether some option's name starts with "group.". */
bool option_is_group(const char *group);

#endif
