/* SPDX-License-Identifier: MIT */
/* The written graph together with the records of what ran: what `fmgen why` and `fmgen graph`
 * tell. */
#ifndef FMGEN_REPORT_H
#define FMGEN_REPORT_H

#include "base/map.h"
#include "track/reason.h"

#include <cjson/cJSON.h>
#include <stdio.h>

/* The items of a JSON list or object; none of NULL. */
#define items_each(item, list) \
	for (cJSON *item = (list) ? (list)->child : NULL; item; item = item->next)

/* An edge of the graph, but for those that scan. */
struct step {
	cJSON *json; /* its entry of out/graph.json */
	const char *rule;
	const char *id;	    /* names its record, log and parameters */
	const char *why;    /* FILE:LINE:COLUMN of a spec, or NULL */
	const char *args;   /* the text of its parameters, or NULL */
	char **outs, **ins; /* end in NULL */
	struct step **deps; /* whose outputs it reads */
	const char **via;   /* of each: the manifest between them, of a tree that a script of the
			       user's may write; or NULL */
	size_t ndeps;
	struct was *was;    /* its last success, or NULL */
	long long took;	    /* ns, of that or of the one in whose place it is; 0: not known */
	const char *said;   /* why it ran last, one reason a line */
	bool last;	    /* it ran in the last build */
	bool equal;	    /* and its outputs came out equal */
	bool broken;	    /* its last run failed or did not end */
	const char *before; /* the stage in whose place it is since the last build, or NULL */
	bool seen;	    /* mark of a walk */
	const char *now;    /* for why: the reasons that it would run for, "" for none, NULL: not
			       asked yet */
	size_t after;	    /* for why: the first of deps that would run, or ndeps */
	struct step *cause; /* for why: the step behind it that runs for reasons of its own */
};

struct steps {
	struct step **v;
	size_t n, room;
};

struct report {
	struct arena *arena;
	cJSON *json; /* freed by report_free */
	struct step *steps;
	size_t n;
	struct map by_output; /* path -> struct step * */
	struct map by_id;     /* id -> struct step * */
	struct map aliases;   /* name -> cJSON *, its targets */
	struct map scans;     /* manifest -> cJSON *, the inputs of the edge that writes it */
	struct world world;
	bool make;	      /* for why: make is the build tool, as the caller knows */
	bool has_log;	      /* for why: ninja has a log */
	struct map told;      /* for why: reasons that were told in full */
	struct map logged;    /* for why: the outputs that are in it */
	const char *build;    /* what the steps of the last build share; "" where there was none */
	long long start, end; /* of the last build, ns */
};

/* Makes a report of a graph's JSON; false where that is none. */
bool report_load(struct report *r, struct arena *a, const char *text);
/* Reads the records into the steps. */
void report_history(struct report *r);
void report_free(struct report *r);

/*
 * Adds what TARGET names: the steps of a workload or alias, of a file, of a stage ("kernel-01…", or
 * its begin), or of all stages of a kind ("kernel"), or of those of a workload ("hello:kernel").
 * False, with a message that names the nearest, where there is none.
 */
bool report_find(struct report *r, const char *target, struct steps *to);
/* The targets of the alias or, with NULL, of a plain ninja. */
void report_targets(struct report *r, const char *alias, struct steps *to);
/* The steps and all behind them in the order of the graph, each after what it reads. */
struct steps report_behind(struct report *r, const struct steps *from);
void steps_add(struct arena *a, struct steps *s, struct step *step);

/* What `fmgen why` prints of these targets. */
void report_why(struct report *r, const struct steps *targets, FILE *out);
/* Finds out for each of all, which are in the order of the graph, whether it would run, and why. */
void report_ask(struct report *r, const struct steps *all);
/* Whether it would run, or may. */
bool would_run(const struct step *s);
/* "3.2 s", "4 min 10 s". */
const char *show_time(struct arena *a, long long ns);

/* What `fmgen graph` shows: workloads (aliases) and the steps behind them. */
struct picture {
	struct report *report;
	const char *directory;
	const char **names;
	size_t n;
	struct steps all;
};

void picture_json(const struct picture *p, struct buf *out);
void picture_dot(const struct picture *p, struct buf *out);
/* Puts the page together out of its parts in dir, templates/graph. Returns the name of one that is
 * missing, or NULL. */
const char *picture_html(const struct picture *p, const char *dir, struct buf *out);

#endif
