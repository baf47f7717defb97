/* SPDX-License-Identifier: MIT */
/*
 * fmgen run ID [--console] [--no-args] [--keep-environment] [--stamp=FILE] [--pool=NAME:DEPTH] --
 * COMMAND...: runs the command of an edge, with the words of out/args/ID behind it.
 *
 * What it prints goes to out/log/ID.log; when it fails, the command and the last lines of the log
 * to stderr. What the command writes into the file that FMGEN_SAY names, such as warnings, is shown
 * also when it succeeds. Its processes hold the lock of the stage (see track/lock.h), and none
 * outlives it.
 * FMGEN_LAUNCHER may hold words to put before the command, such as "nice -n 10". --console leaves
 * the terminal to the command and does none of this but the arguments; --keep-environment leaves
 * alone what is otherwise made equal for all. --stamp and --pool are for make: see run/turn.h.
 *
 * out/args/ID.in, which ninja writes, tells "OUTPUTS: INPUTS" of the edge; for make, the line of
 * the stamp in out/edges does. With these a record is kept of what the command read, and why it
 * ran: see track/was.h. Where another build has just made the same beside this one, nothing is left
 * to be done.
 */
#include "base/fs.h"
#include "base/quote.h"
#include "base/supervise.h"
#include "base/util.h"
#include "run/edge.h"
#include "run/environment.h"
#include "run/show.h"
#include "run/turn.h"
#include "run/words.h"
#include "track/lock.h"
#include "track/was.h"
#include "verb/log.h"
#include "verb/verb.h"

#include <string.h>

struct run {
	struct arena arena;
	struct run_edge edge;
	const char *pool;
	bool console, no_args, keep_environment;
	char **command; /* from the command line */
	char **argv;	/* the same with launcher and arguments */
	struct log log;
	int stopped; /* the signal that ended it all, or 0 */
};

/* Names of files are made from it: a stage's identity, or "launch-" with a workload's name. */
static bool is_id(const char *id)
{
	return *id && *id != '.' && !strchr(id, '/');
}

static bool parse(struct run *r, int argc, char **argv)
{
	const char **id = &r->edge.id;
	int i = 1;

	for (; i < argc && !streq(argv[i], "--"); i++) {
		if (streq(argv[i], "--console"))
			r->console = true;
		else if (streq(argv[i], "--no-args"))
			r->no_args = true;
		else if (streq(argv[i], "--keep-environment"))
			r->keep_environment = true;
		else if (after_prefix(argv[i], "--stamp="))
			r->edge.stamp = after_prefix(argv[i], "--stamp=");
		else if (after_prefix(argv[i], "--pool="))
			r->pool = after_prefix(argv[i], "--pool=");
		else if (argv[i][0] == '-' || *id)
			return false;
		else
			*id = argv[i];
	}
	r->command = argv + i + 1;
	return *id && is_id(*id) && i + 1 < argc;
}

/* What ninja does by itself, and make does not: pools, and the directories of outputs. */
static bool take_turn(struct run *r)
{
	struct arena *a = &r->arena;
	const struct run_edge *e = &r->edge;

	return run_edge_lock(a, e) &&
	       (!e->stamp || make_dirs(arena_printf(a, "out/stage/%s", e->id), 0755)) &&
	       (!e->stamp || (turn_is_on() && stamp_begin(a, e->stamp))) &&
	       (!r->pool || turn_in_pool(a, r->pool));
}

/* Runs the command between what has to be noted before and after it. */
static int run_recorded(struct run *r)
{
	struct arena *a = &r->arena;
	struct run_edge *e = &r->edge;
	struct job job = {.argv = r->argv};
	struct was_run record;
	struct show show;

	if (e->ins)
		was_begin(&record, a, e->id, run_line(a, r->command), e->outs, e->ins);
	if (e->known)
		outputs_forget(a, &e->outputs);
	job.out = show_begin(&show, e->id, r->log.fd);
	int status = supervise(&job);
	show_end(&show);
	r->stopped = job.stopped_by;
	if (r->stopped)
		return 128 + r->stopped;
	if (!status && e->known)
		outputs_keep(&e->outputs);
	if (!status && e->ins)
		was_commit(&record);
	return status;
}

static int run_command(struct run *r)
{
	const char *id = r->edge.id;
	struct buf command = {0};

	quote_command(&command, r->argv);
	if (!log_open(&r->log, &r->arena, id, command.data))
		return 1;
	if (!r->keep_environment)
		run_environment(&r->arena, r->log.say);
	int status = run_recorded(r);
	log_close(&r->log);
	if (status && !r->stopped)
		log_report(&r->log, id, run_edge_place(&r->arena, id), command.data, status);
	buf_free(&command);
	return status;
}

static bool made_by_another(struct run *r)
{
	const struct run_edge *e = &r->edge;

	return e->known && e->reads &&
	       was_shared(&r->arena, e->id, run_line(&r->arena, r->command), e->outputs.outs,
			  e->reads);
}

static int run_logged(struct run *r)
{
	struct arena *a = &r->arena;
	int status = 0;

	run_edge_read(a, &r->edge);
	if (!take_turn(r))
		return 1;
	if (!made_by_another(r))
		status = run_command(r);
	locks_leave();
	if (!status && r->edge.stamp && !stamp_end(a, r->edge.stamp))
		status = 1;
	return status;
}

static int run_on_console(struct run *r)
{
	struct job job = {.argv = r->argv, .out = -1};

	return supervise(&job);
}

static int run_main(int argc, char **argv)
{
	struct run r = {0};
	int status = 1;

	die_with_parent();
	if (!parse(&r, argc, argv))
		die("usage: fmgen run ID [--console] [--no-args] [--keep-environment] "
		    "[--stamp=FILE] [--pool=NAME:DEPTH] -- COMMAND...");
	r.argv = run_words(&r.arena, r.command, !r.console, r.no_args ? NULL : r.edge.id);
	if (r.argv)
		status = r.console ? run_on_console(&r) : run_logged(&r);
	arena_free(&r.arena);
	return status;
}

const struct verb verb_run = {
	.name = "run",
	.main = run_main,
	.args = "ID [--console] [--no-args] [--keep-environment] [--stamp=FILE] "
		"[--pool=NAME:DEPTH] -- COMMAND..."};
