/* SPDX-License-Identifier: MIT */
#include "run/boot.h"
#include "base/escape.h"
#include "base/fs.h"
#include "base/proc.h"
#include "base/util.h"
#include "run/child.h"
#include "run/collect.h"
#include "run/disk.h"
#include "run/memory.h"
#include "run/rundir.h"
#include "run/terminal.h"
#include "run/verdict.h"

#include <string.h>

struct boot {
	struct arena *a;
	struct machine *m;
	const char *run; /* the directory of the run; NULL: this is a part of another one's */
	const char *dir; /* of the machine */
	struct disk disk;
	struct args command;
};

static bool have_program(struct arena *a, struct machine *m)
{
	const char *path = proc_find(a, m->program);

	if (path) {
		m->program = path;
		return true;
	}
	if (strchr(m->program, '/'))
		warn("%s is not a program", m->program);
	else if (m->package)
		warn("%s is not on PATH: install it (Debian package %s)", m->program, m->package);
	else
		warn("%s is not on PATH: install it, or give its path in the spec", m->program);
	return false;
}

static bool have_files(const struct machine *m)
{
	const char *absent = !path_exists(m->bin)	      ? m->bin
			     : m->img && !path_exists(m->img) ? m->img
							      : NULL;

	if (absent)
		warn("%s does not exist: build it first (ninja %s)", absent, m->name);
	else if (m->outputs.n && !m->img)
		warn("%s: its outputs cannot be copied: this machine has no disk", m->name);
	return !absent && (!m->outputs.n || m->img);
}

static bool make_dir(struct boot *b)
{
	const struct machine *m = b->m;

	b->dir = m->log_dir;
	if (!b->dir && (b->run = rundir_make(b->a, m->run ? m->run : m->name, "launch")))
		b->dir = rundir_part(b->a, b->run, m->name);
	return b->dir;
}

/* Writes DIR/command: the words that start the simulator, one a line. */
static bool write_command(const struct boot *b)
{
	const char *path = arena_printf(b->a, "%s/command", b->dir);
	struct buf text = {0};

	for (size_t i = 0; i < b->command.n; i++) {
		escape_item(&text, b->command.v[i]);
		buf_putc(&text, '\n');
	}
	bool ok = write_file(path, buf_str(&text), text.len, 0644);
	buf_free(&text);
	if (!ok)
		warn("cannot write %s:", path);
	return ok;
}

static bool make_command(struct boot *b, long long mem, const char *log)
{
	struct places places = {
		.bin = b->m->bin,
		.img = b->disk.path,
		.cpus = arena_printf(b->a, "%lld", b->m->cpus),
		.mem = arena_printf(b->a, "%lld", mem),
		.log = log,
	};

	b->m->snapshot = b->disk.throw_away;
	if (!machine_command(b->a, b->m, &places, &b->command) || !write_command(b))
		return false;
	if (write_file(log, "", 0, 0644))
		return true;
	warn("cannot write %s:", log);
	return false;
}

static struct outcome run_simulator(const struct boot *b, const char *log)
{
	const struct machine *m = b->m;
	struct terminal terminal;

	terminal_open(&terminal);
	if (terminal.interactive && machine_logs(m))
		warn("note: Ctrl-a x ends the machine, Ctrl-a h tells more");
	struct child c = {
		.name = m->name,
		.argv = b->command.v,
		.log = log,
		.ports = m->in_place ? NULL : arena_printf(b->a, "%s/ports", b->dir),
		.tee = !machine_logs(m),
		.end_on_panic = !terminal.interactive,
		.once = m->must_end,
		.grows = b->disk.grows,
		.timeout = m->timeout,
	};
	struct outcome o = child_run(&c);
	terminal_restore(&terminal);
	return o;
}

/* The scripts that look at the results find the status so far there. */
static void run_hooks(const struct boot *b, struct verdict *v)
{
	static const char why[] = "its post_run_hook failed";
	const struct machine *m = b->m;

	verdict_add(v, m, hook_run(b->a, &m->job_hook, b->dir), why);
	if (b->run)
		verdict_add(v, m, hook_run(b->a, &m->hook, b->run), why);
}

/* Of a boot that is a step of the build nothing is left but its log. */
static bool write_status(const struct boot *b, const struct verdict *v)
{
	return b->m->in_place || verdict_write(b->a, v, b->dir);
}

/* A signal meanwhile ends this process: the status so far is always there. */
static int finish(const struct boot *b, const struct outcome *o)
{
	struct verdict v = verdict_of(b->a, b->m, o);
	bool written = write_status(b, &v);

	if (o->ending != BY_SIGNAL && o->ending != NOT_STARTED) {
		verdict_add(&v, b->m, !collect_outputs(b->a, b->m, &b->disk, b->dir),
			    "its outputs were not copied");
		written = write_status(b, &v) && written;
		run_hooks(b, &v);
		written = write_status(b, &v) && written;
	}
	return v.status || written ? v.status : 1;
}

static int boot(struct boot *b, long long mem)
{
	const char *log = arena_printf(b->a, "%s/uartlog", b->dir);

	if (!make_command(b, mem, log))
		return 1;
	struct outcome o = run_simulator(b, log);
	int status = finish(b, &o);
	if (b->run || b->m->in_place)
		warn("note: the console's log is %s", log);
	return status;
}

int boot_machine(struct arena *a, struct machine *m)
{
	struct boot b = {.a = a, .m = m, .disk = {.fd = -1}};
	int status = 1;

	if (!have_program(a, m) || !have_files(m))
		return 1;
	long long mem = machine_memory(m);
	if (mem && disk_open(a, m, &b.disk) && make_dir(&b))
		status = boot(&b, mem);
	disk_close(&b.disk);
	return status;
}
