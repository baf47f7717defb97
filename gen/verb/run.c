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
#include "base/escape.h"
#include "base/fs.h"
#include "base/map.h"
#include "base/quote.h"
#include "base/supervise.h"
#include "base/util.h"
#include "decode/values.h"
#include "run/turn.h"
#include "track/lock.h"
#include "track/outputs.h"
#include "track/settle.h"
#include "track/was.h"
#include "verb/log.h"
#include "verb/builder.h"
#include "verb/verb.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

struct run {
	struct arena arena;
	const char *id;
	const char *stamp, *pool;
	bool console, no_args, keep_environment;
	char **command;	    /* from the command line */
	char **argv;	    /* the same with launcher and arguments */
	char **outs, **ins; /* of the edge; NULL: not known */
	char **reads;	    /* the same inputs, or those of the last run; or NULL */
	struct outputs outputs;
	bool known; /* the outputs are */
	struct log log;
};

/* Names of files are made from it: a stage's identity, or "launch-" with a workload's name. */
static bool is_id(const char *id)
{
	return *id && *id != '.' && !strchr(id, '/');
}

static bool parse(struct run *r, int argc, char **argv)
{
	int i = 1;

	for (; i < argc && !streq(argv[i], "--"); i++) {
		if (streq(argv[i], "--console"))
			r->console = true;
		else if (streq(argv[i], "--no-args"))
			r->no_args = true;
		else if (streq(argv[i], "--keep-environment"))
			r->keep_environment = true;
		else if (after_prefix(argv[i], "--stamp="))
			r->stamp = after_prefix(argv[i], "--stamp=");
		else if (after_prefix(argv[i], "--pool="))
			r->pool = after_prefix(argv[i], "--pool=");
		else if (argv[i][0] == '-' || r->id)
			return false;
		else
			r->id = argv[i];
	}
	r->command = argv + i + 1;
	return r->id && is_id(r->id) && i + 1 < argc;
}

static char **launcher(struct run *r, size_t *n)
{
	const char *text = getenv("FMGEN_LAUNCHER");
	struct words words = {0};
	size_t fault;

	*n = 0;
	if (!text || r->console)
		return NULL;
	const char *wrong = split_words(&r->arena, text, &words, &fault);
	if (wrong)
		die("FMGEN_LAUNCHER: %s: %s", wrong, text + fault);
	char **v = arena_array(&r->arena, char *, words.n);
	for (; *n < words.n; ++*n)
		v[*n] = arena_strdup(&r->arena, words.v[*n].s);
	return v;
}

static bool complete_command(struct run *r)
{
	struct map roots = {0};
	size_t nlauncher, ncommand = 0, nargs = 0;
	char **words = launcher(r, &nlauncher), **args = NULL;

	if (!r->no_args) {
		if (!read_roots(&r->arena, "out/roots", &roots))
			return false;
		args = read_args(&r->arena, arena_printf(&r->arena, "out/args/%s", r->id), &roots,
				 &nargs);
		if (!args)
			return false;
	}
	while (r->command[ncommand])
		ncommand++;
	r->argv = arena_array(&r->arena, char *, nlauncher + ncommand + nargs + 1);
	if (nlauncher)
		memcpy(r->argv, words, nlauncher * sizeof(*words));
	memcpy(r->argv + nlauncher, r->command, ncommand * sizeof(*r->command));
	if (nargs)
		memcpy(r->argv + nlauncher + ncommand, args, nargs * sizeof(*args));
	return true;
}

/* For scripts/lib.sh. */
static void set_jobs(struct arena *a)
{
	const char *jobs = read_jobs(a);

	if (jobs)
		setenv("FMGEN_JLEVEL", jobs, 1);
	else
		unsetenv("FMGEN_JLEVEL");
}

/* The same environment for all, but for PATH and what a compiler or a proxy may need. */
static void set_environment(struct run *r)
{
	static const char *const fixed[][2] = {
		{"LC_ALL", "C"},
		{"TZ", "UTC"},
		{"SOURCE_DATE_EPOCH", "0"},
		{"E2FSPROGS_FAKE_TIME", "1"}, /* 0 would be the real time */
	};

	for (size_t i = 0; i < LEN(fixed); i++)
		setenv(fixed[i][0], fixed[i][1], 1);
	setenv("FMGEN_SAY", r->log.say, 1);
	set_jobs(&r->arena);
	umask(022);
}

/* The command of the rule, as one line. */
static const char *rule_command(struct run *r)
{
	struct buf words = {0}, line = {0};

	quote_command(&words, r->command);
	escape_item(&line, buf_str(&words));
	const char *text = arena_strdup(&r->arena, buf_str(&line));
	buf_free(&words);
	buf_free(&line);
	return text;
}

static char **names_of(struct arena *a, const char *text)
{
	char **v = arena_array(a, char *, strlen(text) / 2 + 2);
	char *rest = arena_strdup(a, text), *word;
	size_t n = 0;

	while ((word = strsep(&rest, " \n")))
		if (*word)
			v[n++] = word;
	return v;
}

/* What stands behind the word and the tab that a line begins with; or NULL. */
static const char *find_line(const char *text, const char *word)
{
	size_t len = strlen(word);

	while (*text && (strncmp(text, word, len) != 0 || text[len] != '\t')) {
		text += strcspn(text, "\n");
		text += *text == '\n';
	}
	return *text ? text + len + 1 : NULL;
}

/* What the build tool says of the edge, if it says something. */
static void read_edge(struct run *r)
{
	struct arena *a = &r->arena;
	struct buf text = {0};
	const char *at = NULL, *between = NULL;

	if (r->stamp && read_file(SETTLE_EDGES, &text))
		at = find_line(buf_str(&text), r->stamp);
	else if (!r->stamp && read_file(arena_printf(a, "out/args/%s.in", r->id), &text))
		at = buf_str(&text);
	if (at)
		between = strchr(at, r->stamp ? '\t' : ':');
	if (between) {
		size_t rest = strcspn(between + 1, r->stamp ? "\n" : "");

		r->outs = names_of(a, arena_dup(a, at, (size_t)(between - at)));
		r->ins = names_of(a, arena_dup(a, between + 1, rest));
	}
	buf_free(&text);
	/* The build tool of another build takes the file away when its own run has ended. */
	r->reads = r->ins ? r->ins : was_inputs(a, r->id);
	r->known = outputs_find(a, r->id, &r->outputs);
}

/* The stage that a path is of, or NULL. */
static const char *stage_of(struct arena *a, const char *path)
{
	const char *name = after_prefix(path, "out/stage/");
	const char *slash = name ? strchr(name, '/') : NULL;

	return slash ? arena_dup(a, name, (size_t)(slash - name)) : NULL;
}

/* The locks are those of all that the command starts, too. */
static bool take_locks(struct run *r)
{
	struct map done = {.arena = &r->arena};
	bool ok = stage_lock(&r->arena, r->id, LOCK_EX) >= 0;

	for (char **in = r->reads; ok && in && *in; in++) {
		const char *id = stage_of(&r->arena, *in);

		if (!id || streq(id, r->id) || map_get(&done, id))
			continue;
		map_put(&done, id, *in);
		ok = stage_lock(&r->arena, id, LOCK_SH) >= 0;
	}
	return ok;
}

/* What ninja does by itself, and make does not: pools, and the directories of outputs. */
static bool take_turn(struct run *r)
{
	return take_locks(r) &&
	       (!r->stamp || make_dirs(arena_printf(&r->arena, "out/stage/%s", r->id), 0755)) &&
	       (!r->stamp || (turn_is_on() && stamp_begin(&r->arena, r->stamp))) &&
	       (!r->pool || turn_in_pool(&r->arena, r->pool));
}

static int run_command(struct run *r)
{
	struct buf command = {0};
	struct job job = {.argv = r->argv};
	struct was_run record;

	quote_command(&command, r->argv);
	if (!log_open(&r->log, &r->arena, r->id, command.data))
		return 1;
	job.out = r->log.fd;
	if (!r->keep_environment)
		set_environment(r);
	if (r->ins)
		was_begin(&record, &r->arena, r->id, rule_command(r), r->outs, r->ins);
	if (r->known)
		outputs_forget(&r->arena, &r->outputs);
	int status = supervise(&job);
	bool ok = !status && !job.stopped_by;
	if (ok && r->known)
		outputs_keep(&r->outputs);
	if (ok && r->ins)
		was_commit(&record);
	log_close(&r->log);
	if (job.stopped_by)
		status = 128 + job.stopped_by;
	else if (status)
		log_report(&r->log, r->id, command.data, status);
	buf_free(&command);
	return status;
}

static int run_logged(struct run *r)
{
	int status = 0;

	read_edge(r);
	if (!take_turn(r))
		return 1;
	if (!r->known || !r->reads ||
	    !was_shared(&r->arena, r->id, rule_command(r), r->outputs.outs, r->reads))
		status = run_command(r);
	if (!status && r->stamp && !stamp_end(&r->arena, r->stamp))
		status = 1;
	return status;
}

static int run_main(int argc, char **argv)
{
	struct run r = {0};
	int status = 1;

	die_with_parent();
	if (!parse(&r, argc, argv))
		die("usage: fmgen run ID [--console] [--no-args] [--keep-environment] "
		    "[--stamp=FILE] [--pool=NAME:DEPTH] -- COMMAND...");
	if (complete_command(&r)) {
		struct job job = {.argv = r.argv, .out = -1};

		status = r.console ? supervise(&job) : run_logged(&r);
	}
	arena_free(&r.arena);
	return status;
}

const struct verb verb_run = {
	.name = "run",
	.main = run_main,
	.args = "ID [--console] [--no-args] [--keep-environment] [--stamp=FILE] "
		"[--pool=NAME:DEPTH] -- COMMAND..."};
