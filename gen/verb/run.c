/* SPDX-License-Identifier: MIT */
/*
 * fmgen run ID [--console] [--no-args] [--keep-environment] -- COMMAND...: runs the command of an
 * edge, with the words of out/args/ID behind it.
 *
 * What it prints goes to out/log/ID.log; when it fails, the command and the last lines of the log
 * to stderr. What the command writes into the file that FMGEN_SAY names, such as warnings, is shown
 * also when it succeeds. Its processes hold a lock on out/stage/ID.lock, and none outlives it.
 * FMGEN_LAUNCHER may hold words to put before the command, such as "nice -n 10". --console leaves
 * the terminal to the command and does none of this but the arguments; --keep-environment leaves
 * alone what is otherwise made equal for all.
 *
 * out/args/ID.in, which the rule has the build tool write, tells "OUTPUTS: INPUTS" of the edge.
 * With it a record is kept of what the command read, and why it ran: see track/was.h.
 */
#include "base/escape.h"
#include "base/fs.h"
#include "base/quote.h"
#include "base/supervise.h"
#include "base/util.h"
#include "decode/values.h"
#include "track/was.h"
#include "verb/log.h"
#include "verb/ninja.h"
#include "verb/verb.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

struct run {
	struct arena arena;
	const char *id;
	bool console, no_args, keep_environment;
	char **command; /* from the command line */
	char **argv;	/* the same with launcher and arguments */
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

/* The descriptor is inherited by all that the command starts, and the lock is free when the last of
 * them is gone. */
static bool take_lock(struct run *r)
{
	const struct timespec tick = {.tv_nsec = 50000000};
	const char *path = arena_printf(&r->arena, "out/stage/%s.lock", r->id);
	int fd = make_parents(path) ? open(path, O_RDWR | O_CREAT, 0644) : -1;

	if (fd < 0) {
		warn("cannot open %s:", path);
		return false;
	}
	for (int tries = 0; flock(fd, LOCK_EX | LOCK_NB) < 0; tries++) {
		if (errno != EWOULDBLOCK && errno != EINTR) {
			warn("cannot lock %s:", path);
			return false;
		}
		if (tries == 20)
			warn("%s: waiting for another build that holds %s", r->id, path);
		nanosleep(&tick, NULL);
	}
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

/* Starts the record; false where nothing tells the inputs. */
static bool start_record(struct run *r, struct was_run *record)
{
	struct arena *a = &r->arena;
	struct buf text = {0};
	const char *colon = NULL;

	if (read_file(arena_printf(a, "out/args/%s.in", r->id), &text))
		colon = strchr(buf_str(&text), ':');
	if (colon) {
		char *outs = arena_dup(a, text.data, (size_t)(colon - text.data));

		was_begin(record, a, r->id, rule_command(r), names_of(a, outs),
			  names_of(a, colon + 1));
	}
	buf_free(&text);
	return colon;
}

static int run_logged(struct run *r)
{
	struct buf command = {0};
	struct job job = {.argv = r->argv};
	struct was_run record;

	quote_command(&command, r->argv);
	if (!take_lock(r) || !log_open(&r->log, &r->arena, r->id, command.data))
		return 1;
	job.out = r->log.fd;
	if (!r->keep_environment)
		set_environment(r);
	bool recorded = start_record(r, &record);
	int status = supervise(&job);
	if (recorded && !status && !job.stopped_by)
		was_commit(&record);
	log_close(&r->log);
	if (job.stopped_by)
		status = 128 + job.stopped_by;
	else if (status)
		log_report(&r->log, r->id, command.data, status);
	buf_free(&command);
	return status;
}

static int run_main(int argc, char **argv)
{
	struct run r = {0};
	int status = 1;

	die_with_parent();
	if (!parse(&r, argc, argv))
		die("usage: fmgen run ID [--console] [--no-args] [--keep-environment] -- "
		    "COMMAND...");
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
	.args = "ID [--console] [--no-args] [--keep-environment] -- COMMAND..."};
