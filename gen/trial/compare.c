/* SPDX-License-Identifier: MIT */
#include "trial/compare.h"
#include "base/buf.h"
#include "base/fs.h"
#include "base/path.h"
#include "base/util.h"
#include "trial/align.h"
#include "trial/diff.h"
#include "trial/lines.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define LOG	  "uartlog"
#define MAX_LINES 16 /* of a diff: with what is said of it, the 25 that `fmgen run` shows */
#define MAX_TEXT  (64LL << 20) /* bytes of a file that is shown as a diff */
#define TAIL	  5	       /* lines of a log that has nothing of the reference */

struct walk {
	struct arena *a;
	const struct comparison *c;
	struct trial_result *r;
};

/* One path of the reference. */
struct pair {
	struct walk *w;
	const char *path;		 /* below both directories */
	const char *ref, *run;		 /* the files */
	const char *ref_name, *run_name; /* as they are shown */
};

static void report(const struct pair *p, const char *why, const struct buf *text)
{
	struct arena *a = p->w->a;

	result_add(a, p->w->r,
		   (struct trial_case){safe_text(a, p->path), why,
				       text && text->len ? arena_strdup(a, buf_str(text)) : NULL});
}

/* Reads a file whole; false after a report. */
static bool read_side(const struct pair *p, const char *path, struct buf *text)
{
	if (read_file(path, text))
		return true;
	report(p,
	       arena_printf(p->w->a, "%s cannot be read: %s", safe_text(p->w->a, path),
			    strerror(errno)),
	       NULL);
	return false;
}

static void show_difference(struct buf *b, const struct pair *p, const struct lines *ref,
			    const struct lines *run, bool part)
{
	struct diff d = {p->w->a, p->w->c->temp, p->ref_name, p->run_name, MAX_LINES};

	diff_show(b, &d, ref, run, part);
}

/* Says where the block should have been. */
static void report_block(const struct pair *p, const struct lines *ref, const struct lines *log)
{
	struct place place = lines_nearest(log, ref);
	struct lines part = *log;
	struct buf b = {0};

	part.v += place.from;
	part.n = place.to - place.from;
	part.first += place.from;
	if (!place.alike && part.n > TAIL) {
		part.first += part.n - TAIL;
		part.v += part.n - TAIL;
		part.n = TAIL;
	}
	show_difference(&b, p, ref, &part, place.alike);
	report(p,
	       !log->n	     ? "the log is empty"
	       : place.alike ? "the log does not have these lines as one block"
			     : "the log has nothing like these lines; this is how it ends",
	       &b);
	buf_free(&b);
}

/* The lines of a console that count. */
static struct lines console(const struct pair *p, struct buf *text, bool *found)
{
	const struct comparison *c = p->w->c;

	drop_returns(text);
	struct lines all = lines_split(p->w->a, text->data, text->len, false);
	*found = true;
	return c->strip ? lines_between(p->w->a, &all, c->from, c->to, found) : all;
}

static void compare_log(const struct pair *p)
{
	struct buf ref = {0}, log = {0};
	bool in_ref, in_log;

	if (read_side(p, p->ref, &ref) && read_side(p, p->run, &log)) {
		struct lines want = console(p, &ref, &in_ref), got = console(p, &log, &in_log);

		if (!in_log)
			report(p,
			       arena_printf(
				       p->w->a,
				       "the log has no line '%s': the workload was not started",
				       safe_text(p->w->a, p->w->c->from)),
			       NULL);
		else if (lines_contain(&got, &want))
			report(p, NULL, NULL);
		else
			report_block(p, &want, &got);
	}
	buf_free(&ref);
	buf_free(&log);
}

static bool is_text(const struct buf *b)
{
	return !b->len || !memchr(b->data, '\0', b->len);
}

static void report_files(const struct pair *p, const struct buf *ref, const struct buf *run)
{
	size_t most = ref->len < run->len ? ref->len : run->len, at = 0;
	struct buf b = {0};
	const char *why = "the file differs";

	if (is_text(ref) && is_text(run)) {
		struct lines want = lines_split(p->w->a, ref->data, ref->len, true);
		struct lines got = lines_split(p->w->a, run->data, run->len, true);

		show_difference(&b, p, &want, &got, false);
	} else {
		while (at < most && ref->data[at] == run->data[at])
			at++;
		why = arena_printf(
			p->w->a,
			"the file differs from byte %zu on; it has %zu bytes, the reference %zu",
			at + 1, run->len, ref->len);
	}
	report(p, why, &b);
	buf_free(&b);
}

/* Whether two open files are equal as far as they go. */
static bool same_bytes(FILE *x, FILE *y)
{
	char p[65536], q[65536];
	size_t n, m;

	do {
		n = fread(p, 1, sizeof(p), x);
		m = fread(q, 1, sizeof(q), y);
		if (n != m || memcmp(p, q, n) != 0)
			return false;
	} while (n == sizeof(p));
	return !ferror(x) && !ferror(y);
}

static bool same_files(const char *x, const char *y)
{
	FILE *f = fopen(x, "re"), *g = fopen(y, "re");
	bool same = f && g && same_bytes(f, g);

	if (f)
		(void)fclose(f);
	if (g)
		(void)fclose(g);
	return same;
}

static void compare_files(const struct pair *p, long long size, long long other)
{
	struct buf ref = {0}, run = {0};

	if (size == other && same_files(p->ref, p->run))
		report(p, NULL, NULL);
	else if (size > MAX_TEXT || other > MAX_TEXT)
		report(p, "the file differs", NULL);
	else if (read_side(p, p->ref, &ref) && read_side(p, p->run, &run))
		report_files(p, &ref, &run);
	buf_free(&ref);
	buf_free(&run);
}

static const char *kind_of(mode_t mode)
{
	return S_ISDIR(mode)   ? "a directory"
	       : S_ISLNK(mode) ? "a link"
	       : S_ISREG(mode) ? "a file"
			       : "neither a file nor a directory";
}

static void report_missing(const struct pair *p)
{
	struct arena *a = p->w->a;
	const char *hint = "";

	if (!strchr(p->path, '/') && !is_dir(p->ref))
		hint = arena_printf(a,
				    "; the reference of a machine is in a directory of its "
				    "name, as %s/%s",
				    safe_text(a, p->w->r->name), safe_text(a, p->path));
	report(p,
	       arena_printf(a, "the run has no such %s%s", is_dir(p->ref) ? "directory" : "file",
			    hint),
	       NULL);
}

static void compare_dir(struct walk *w, const char *path);

/* A link of both, with one target. */
static bool same_links(const struct pair *p)
{
	char x[4096], y[4096];
	ssize_t n = readlink(p->ref, x, sizeof(x)), m = readlink(p->run, y, sizeof(y));

	return n > 0 && n == m && memcmp(x, y, (size_t)n) == 0;
}

static void compare_paths(const struct pair *p)
{
	struct arena *a = p->w->a;
	struct stat ref, run;

	if (lstat(p->run, &run) < 0)
		report_missing(p);
	else if (S_ISLNK(run.st_mode) && same_links(p))
		report(p, NULL, NULL);
	else if (stat(p->ref, &ref) < 0)
		report(p, arena_printf(a, "the reference cannot be read: %s", strerror(errno)),
		       NULL);
	else if ((ref.st_mode & S_IFMT) != (run.st_mode & S_IFMT) ||
		 (!S_ISREG(ref.st_mode) && !S_ISDIR(ref.st_mode)))
		report(p,
		       arena_printf(a, "the run has %s there, the reference %s",
				    kind_of(run.st_mode), kind_of(ref.st_mode)),
		       NULL);
	else if (S_ISDIR(ref.st_mode))
		compare_dir(p->w, p->path);
	else if (streq(path_base(p->path), LOG))
		compare_log(p);
	else
		compare_files(p, ref.st_size, run.st_size);
}

static void compare_name(struct walk *w, const char *path)
{
	struct arena *a = w->a;
	struct pair p = {.w = w, .path = path};

	p.ref = arena_printf(a, "%s/%s", w->c->ref, path);
	p.run = arena_printf(a, "%s/%s", w->c->run, path);
	p.ref_name = safe_text(a, p.ref);
	p.run_name = safe_text(a, p.run);
	compare_paths(&p);
}

/* path "": the directories themselves. */
static void compare_dir(struct walk *w, const char *path)
{
	const char *dir = arena_printf(w->a, "%s/%s", w->c->ref, path);
	size_t n = 0;
	char **names = list_dir(w->a, dir, &n);

	if (!names)
		result_add(
			w->a, w->r,
			(struct trial_case){safe_text(w->a, *path ? path : dir),
					    arena_printf(w->a, "the reference cannot be read: %s",
							 strerror(errno)),
					    NULL});
	for (size_t i = 0; names && i < n; i++)
		compare_name(w, *path ? arena_printf(w->a, "%s/%s", path, names[i]) : names[i]);
}

void compare(struct arena *a, const struct comparison *c, struct trial_result *r)
{
	struct walk w = {a, c, r};

	compare_dir(&w, "");
}
