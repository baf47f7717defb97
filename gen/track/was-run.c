/* SPDX-License-Identifier: MIT */
#include "base/fs.h"
#include "base/path.h"
#include "base/proc.h"
#include "base/strings.h"
#include "base/util.h"
#include "track/reason.h"
#include "track/settle.h"
#include "track/was.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

/* The build tool: it started us, if not through shells. */
static struct process build_tool(struct arena *a)
{
	struct process p = proc_info(a, (int)getppid());

	for (int i = 0; i < 3 && has_suffix(p.name, "sh") && p.parent > 1; i++)
		p = proc_info(a, p.parent);
	return p;
}

/* No two calls of a build tool share both its number and the time when it started. */
static const char *build_word(struct arena *a)
{
	struct process p = build_tool(a);

	return arena_printf(a, "%d.%lld", p.pid, p.started);
}

static long long read_clock(clockid_t clock)
{
	struct timespec t;

	clock_gettime(clock, &t);
	return (long long)t.tv_sec * 1000000000 + t.tv_nsec;
}

/* Of this process and all that it waited for. */
static long long cpu_ns(void)
{
	static const int whose[] = {RUSAGE_SELF, RUSAGE_CHILDREN};
	long long us = 0;
	struct rusage r;

	for (size_t i = 0; i < LEN(whose); i++)
		if (getrusage(whose[i], &r) == 0)
			us += ((long long)r.ru_utime.tv_sec + r.ru_stime.tv_sec) * 1000000 +
			      r.ru_utime.tv_usec + r.ru_stime.tv_usec;
	return us * 1000;
}

/* Inputs that are written by a rename and are small enough to be kept. */
static bool is_kept(const char *path)
{
	return after_prefix(path, "out/tree/") || after_prefix(path, "out/args/") ||
	       after_prefix(path, "out/revision/");
}

static bool has_input(const struct was *w, const char *path)
{
	for (size_t i = 0; i < w->n; i++)
		if (streq(w->ins[i].path, path))
			return true;
	return false;
}

static void add_input(struct was_run *r, const char *path)
{
	if (has_input(&r->now, path) || !strchr(path, '/'))
		return;
	r->now.ins[r->now.n++] =
		(struct was_input){.path = path, .stamp = was_stamp(r->arena, path)};
}

static void note_inputs(struct was_run *r, char *const *ins)
{
	const char *args = arena_printf(r->arena, "out/args/%s", r->now.id);

	r->now.ins = arena_array(r->arena, struct was_input, strings_count(ins) + 1);
	for (; *ins; ins++)
		add_input(r, *ins);
	if (path_exists(args))
		add_input(r, args);
}

static void keep_inputs(const struct was_run *r)
{
	const char *dir = arena_printf(r->arena, "out/was/%s.new", r->now.id);

	if (!remove_tree(dir) || !make_dirs(dir, 0755))
		return;
	for (size_t i = 0; i < r->now.n; i++) {
		const char *path = r->now.ins[i].path;

		if (is_kept(path))
			(void)link(path, arena_printf(r->arena, "%s/%s", dir, path_base(path)));
	}
}

/* By the clock, in ns. */
static long long started_at(const struct process *p)
{
	long long up = p->started * (1000000000 / sysconf(_SC_CLK_TCK));

	return read_clock(CLOCK_REALTIME) - read_clock(CLOCK_BOOTTIME) + up;
}

static bool same_inputs(const struct was *a, const struct was *b)
{
	bool same = a->n == b->n;

	for (size_t i = 0; same && i < a->n; i++)
		same = streq(a->ins[i].path, b->ins[i].path) &&
		       streq(a->ins[i].stamp, b->ins[i].stamp);
	return same;
}

bool was_shared(struct arena *a, const char *id, const char *command, char *const *outs,
		char *const *ins)
{
	struct was_run r = {.arena = a, .now = {.id = id}};
	struct process tool = build_tool(a);
	struct was old;

	if (!tool.started || strings_have(ins, "FORCE") || was_broken(a, id) ||
	    !was_read(a, id, &old) || !old.command || !streq(old.command, command) ||
	    old.end < started_at(&tool) || streq(old.build, build_word(a)))
		return false;
	for (; *outs; outs++)
		if (!path_exists(*outs))
			return false;
	note_inputs(&r, ins);
	return same_inputs(&old, &r.now);
}

void was_begin(struct was_run *r, struct arena *a, const char *id, const char *command,
	       char *const *outs, char *const *ins)
{
	struct world world = {.arena = a};
	struct buf why = {0};
	struct was old;

	*r = (struct was_run){.arena = a, .now = {.id = id, .command = command}};
	r->now.build = build_word(a);
	r->now.start = read_clock(CLOCK_REALTIME);
	r->now.lifted = !*outs || path_exists(SETTLE_EDGES);
	note_inputs(r, ins);
	struct change c = {
		.old = was_read(a, id, &old) ? &old : NULL, .now = &r->now, .outs = outs};
	c.forced = strings_have(ins, "FORCE");
	c.missing = strings_have(ins, "MISSING");
	c.broken = was_broken(a, id);
	reasons(&world, &c, &why);
	if (!why.len)
		buf_puts(&why, "the build tool asked for it\n");
	write_file(arena_printf(a, "out/log/%s.why", id), buf_str(&why), why.len, 0644);
	buf_free(&why);
	keep_inputs(r);
}

void was_commit(struct was_run *r)
{
	const char *path = arena_printf(r->arena, "out/was/%s", r->now.id);
	const char *kept = arena_printf(r->arena, "%s.d", path);
	const char *fresh = arena_printf(r->arena, "%s.new", path);
	const struct was *w = &r->now;
	struct buf b = {0};

	buf_printf(&b, "build %s\n", w->build);
	if (w->command)
		buf_printf(&b, "command %s\n", w->command);
	buf_printf(&b, "start %lld\nend %lld\ncpu %lld\n", w->start, read_clock(CLOCK_REALTIME),
		   cpu_ns());
	if (w->lifted)
		buf_puts(&b, "lifted\n");
	for (size_t i = 0; i < w->n; i++) {
		buf_printf(&b, "in %s %s\n", w->ins[i].stamp, w->ins[i].path);
		if (w->ins[i].before)
			buf_printf(&b, "before %s\n", w->ins[i].before);
	}
	/* No record is better than half of one, or than one of a run that failed. */
	if (!write_file(path, b.data, b.len, 0644) || !remove_tree(kept) ||
	    rename(fresh, kept) < 0) {
		unlink(path);
		remove_tree(kept);
		remove_tree(fresh);
	}
	buf_free(&b);
}
