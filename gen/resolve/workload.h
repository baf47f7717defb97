/* SPDX-License-Identifier: MIT */
/* Workloads: specs with their parents and with what they inherit. */
#ifndef FMGEN_WORKLOAD_H
#define FMGEN_WORKLOAD_H

#include "decode/spec.h"
#include "resolve/board.h"
#include "resolve/distro.h"

struct workload {
	const char *name; /* "NAME", for a job "NAME-JOB"; unique */
	const struct spec *spec;
	const struct value *values[OPT_COUNT]; /* own and inherited; never NULL */
	bool wants_linux;		       /* a linux group here or above */
	struct workload *parent;     /* NULL where it is based on a distro or on nothing */
	const struct distro *distro; /* the distro of the root of the chain; never NULL ("bare") */
	struct value *distro_opts;   /* own and inherited, one for each of distro->options */
	struct fetched *fetched;     /* what its distro's image is made of; NULL: nothing fetched */
	const char *workdir;
	struct workload *owner; /* of a job: the workload that it belongs to */
	struct workload **jobs;
	size_t njobs;
	bool named; /* given on the command line */
};

struct model {
	const struct board *board;
	struct workload **workloads; /* parents before children, owners before jobs */
	size_t n;
	struct workload **targets; /* those of the command line, in its order */
};

/* What resolution needs from the command line and the configuration. */
struct setup {
	const char *data_dir;	/* fmgen's templates/, boards/, initramfs/, scripts/ */
	const char *boards_dir; /* data_dir/boards */
	const char *board;
	struct span board_at; /* where the configuration says so */
	const char *fetch_dir;
	const char *workdir;	  /* --workdir, or NULL */
	const char **search_dirs; /* workload-dirs, in order */
	size_t nsearch_dirs;
	const char **targets; /* workloads named on the command line: paths (with a slash) or file
				 names */
	size_t ntargets;
	long long rootfs_margin;      /* bytes */
	long long guest_init_timeout; /* seconds; 0: none */
	long long jlevel;	      /* commands at a time; 0: as many as there are processors */
	/* trees that take the place of the board's, from here; s NULL: none */
	struct str linux_dir, opensbi_dir, busybox_dir;
	const struct config *config; /* where all this comes from, or NULL */
	/* keys that boards and distros may ask for -> struct str *: as paths from here, as texts */
	struct map user, user_texts;
};

/*
 * Loads, decodes and resolves all targets with their ancestors and jobs. There is a model, fit for
 * check_specs, even after errors, unless the board or all targets could not be loaded (NULL). So
 * look at d->errors too before going on.
 */
struct model *resolve(struct arena *a, struct inputs *in, const struct setup *s, struct diag *d);

/* Shorthands. */
static inline const struct value *wl_value(const struct workload *w, enum option_id id)
{
	return w->values[id];
}
static inline const char *wl_text(const struct workload *w, enum option_id id)
{
	return value_text(w->values[id]);
}
static inline const char *wl_path(const struct workload *w, enum option_id id)
{
	return value_path(w->values[id]);
}
static inline bool wl_set(const struct workload *w, enum option_id id)
{
	return w->values[id]->state == VALUE_SET;
}
static inline bool wl_true(const struct workload *w, enum option_id id)
{
	return wl_set(w, id) && w->values[id]->number;
}
/* Where the name of w is written. */
static inline struct span wl_name_place(const struct workload *w)
{
	const struct value *v = &w->spec->values[OPT_NAME];

	return v->state == VALUE_SET ? v->at : w->spec->at;
}
/* Whether w, or the workload that it is a job of, was named. */
static inline bool wl_named(const struct workload *w)
{
	return w->named || (w->owner && w->owner->named);
}
/* Whether w is booted while it is built. */
static inline bool wl_boots(const struct workload *w)
{
	return wl_set(w, OPT_GUEST_INIT) && !wl_set(w, OPT_IMG);
}
/* Whether the image of w, or of an ancestor, is a file of the user's. */
static inline bool wl_image_given(const struct workload *w)
{
	for (; w; w = w->parent)
		if (wl_set(w, OPT_IMG))
			return true;
	return false;
}

#endif
