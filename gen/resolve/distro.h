/* SPDX-License-Identifier: MIT */
/* Distros: what makes the root file systems that workloads start from. Data, read from
 * boards/distros/NAME/distro.yaml. */
#ifndef FMGEN_DISTRO_H
#define FMGEN_DISTRO_H

#include "base/map.h"
#include "decode/options.h"
#include "load/doc.h"
#include "load/source.h"

/* Where the value of a distro's option comes from when no spec sets it. */
struct supply {
	struct str user; /* the key of the user's configuration; s NULL: none */
	bool required;
	struct map names;   /* of a path: words that stand for one of fmgen's, "" for none at all */
	bool aside;	    /* the image does not depend on it */
	struct str instead; /* another option that can take its place; s NULL: none */
	struct str with;    /* the option without which it has no effect; s NULL: none */
	struct str tree;    /* of a path: the filter of its manifest; s NULL: all */
	bool expand;	    /* of a map: variables in its texts; see distro-expand.c */
};

struct distro {
	struct str name;
	const char *dir;
	bool has_rootfs; /* false: bare */
	const char
		*script; /* the one in dir that makes the image; NULL: its option `image` is it */
	struct str starter; /* the tree that starts workloads' scripts; s NULL: none is laid over */
	struct str strip_from, strip_to; /* what the console shows of a workload's own stands
					    between these lines; s NULL: not known */
	bool first_boot;		 /* the image has to be booted once before it is one */
	struct str *needs;		 /* stages whose results the script is given */
	size_t nneeds;
	struct option *options;	 /* what a spec can set under distro.opts */
	struct supply *supplies; /* one for each option */
	size_t noptions;
	struct str fetch;	   /* the script in dir that `fmgen fetch` runs; s NULL: none */
	struct str *fetch_options; /* the options that it is given */
	size_t nfetch_options;
	bool fetch_optional;   /* the image can be made without it too */
	struct str fetch_when; /* the option that has to be set for it; s NULL: none */
};

/* What the image of a workload's distro is made of, and `fmgen fetch` has to get before. */
struct fetched {
	const char *name;   /* the link in the cache: the distro's, with a hash of the words */
	const char **words; /* --OPTION=VALUE for the script */
	size_t nwords;
	const char *path; /* where the link leads to; where it would be, if missing; NULL where it
			     is optional */
	bool missing;
};

/* The names of all distros of fmgen, sorted. */
char **distro_names(struct arena *a, struct inputs *in, const char *boards_dir, size_t *n);
/* Loads a distro by name; NULL where there is none (no message: the caller knows the place). */
struct distro *distro_load(struct arena *a, struct inputs *in, const char *boards_dir,
			   const char *name, struct diag *d);
/* Whether distro.yaml lists that name under `needs`. */
bool distro_needs(const struct distro *distro, const char *name);

/* distro-declare.c: reads the map `options` of distro.yaml; NULL: there is none. */
void distro_declare(struct arena *a, struct distro *distro, const struct doc *map, struct diag *d);
/* distro-fetch.c: reads its map `fetch`, behind its options; NULL: there is none. */
void distro_read_fetch(struct arena *a, struct distro *distro, const struct doc *map,
		       struct diag *d);

struct workload;
struct setup;
/* What w's image has to be made of, by its options of the distro: w->fetched. */
void distro_find_fetched(struct arena *a, struct inputs *in, const struct setup *s,
			 struct workload *w);
/* Decodes distro.opts of w by its distro's options, and merges them with those of its parent, which
 * are complete: w->distro_opts. */
void distro_decode(struct arena *a, struct inputs *in, struct workload *w,
		   const struct setup *setup, struct diag *d);
/* distro-expand.c: expands $NAME and ${NAME} in the texts of w's own value of a map, and adds the
 * variable of its workdir, an item with a path. above: the value that it inherits. */
struct value;
void distro_expand(struct arena *a, struct inputs *in, const struct workload *w, struct value *v,
		   const struct value *above);
/* The option of that name; NULL where there is none. */
const struct option *distro_option(const struct distro *distro, const char *name);

#endif
