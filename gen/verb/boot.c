/* SPDX-License-Identifier: MIT */
/* fmgen boot: starts a simulator on what was built and tells how the guest fared. The graph calls
 * it with out/args/launch-NAME. */
#include "base/escape.h"
#include "base/fs.h"
#include "base/proc.h"
#include "base/util.h"
#include "run/child.h"
#include "run/machine.h"
#include "run/memory.h"
#include "run/rundir.h"
#include "run/state.h"
#include "run/terminal.h"
#include "verb/verb.h"

#include <string.h>

#define TIMED_OUT 124 /* as timeout(1) */

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
		warn("%s is not on PATH", m->program);
	return false;
}

static bool have_files(const struct machine *m)
{
	const char *absent = !path_exists(m->bin)	      ? m->bin
			     : m->img && !path_exists(m->img) ? m->img
							      : NULL;

	if (absent)
		warn("%s does not exist: build it first (ninja %s)", absent, m->name);
	return !absent;
}

/* Writes DIR/command: the words that start the simulator, one a line. */
static bool write_command(struct arena *a, const char *dir, const struct args *command)
{
	const char *path = arena_printf(a, "%s/command", dir);
	struct buf b = {0};

	for (size_t i = 0; i < command->n; i++) {
		escape_item(&b, command->v[i]);
		buf_putc(&b, '\n');
	}
	bool ok = write_file(path, buf_str(&b), b.len, 0644);
	buf_free(&b);
	if (!ok)
		warn("cannot write %s:", path);
	return ok;
}

/* The status of the run as a whole, said where it is not a plain success. */
static int conclude(const struct machine *m, const struct outcome *o)
{
	switch (o->ending) {
	case NOT_STARTED:
		return 1;
	case BY_SIGNAL:
		warn("%s: ended by a signal (%s)", m->name, strsignal(o->signal));
		return 128 + o->signal;
	case BY_TIMEOUT:
		warn("%s: ended after %lld s, the time that it had", m->name, m->timeout);
		return TIMED_OUT;
	case BY_RESTART:
		warn("%s: the guest was started again before its script had ended", m->name);
		return 1;
	case BY_FULL_DISK:
		warn("%s: there is no room left on the disk that holds %s", m->name, m->img);
		return 1;
	case BY_PANIC:
	case ENDED:
		break;
	}
	if (o->panicked) {
		warn("%s: the kernel panicked", m->name);
		return 1;
	}
	if (o->status) {
		warn("%s: %s failed with status %d", m->name, m->program, o->status);
		return o->status;
	}
	if (o->guest > 0)
		warn("%s: %s ended with status %d", m->name,
		     m->must_end ? "its script" : "the guest's workload", o->guest);
	else if (o->guest < 0 && m->must_end)
		warn("%s: the guest was powered off before its script had ended", m->name);
	else if (o->guest < 0)
		warn("note: %s: the guest reported no status", m->name);
	return o->guest < 0 ? m->must_end : o->guest;
}

static int run(const struct machine *m, const struct args *command, const char *log)
{
	struct terminal terminal;

	terminal_open(&terminal);
	if (terminal.interactive && machine_logs(m))
		warn("note: Ctrl-a x ends the machine, Ctrl-a h tells more");
	struct child c = {
		.argv = command->v,
		.log = log,
		.tee = !machine_logs(m),
		.end_on_panic = !terminal.interactive,
		.once = m->must_end,
		.grows = m->in_place ? m->img : NULL,
		.timeout = m->timeout,
	};
	struct outcome o = child_run(&c);
	terminal_restore(&terminal);
	int status = conclude(m, &o);
	warn("note: the console's log is %s", log);
	return status;
}

static int boot(struct arena *a, struct machine *m)
{
	if (!have_program(a, m) || !have_files(m))
		return 1;
	long long mem = machine_memory(m);
	const char *img = m->img;
	if (mem && img && !m->snapshot && !m->in_place)
		img = state_disk(a, m->name, img);
	if (!mem || (m->img && !img))
		return 1;
	const char *dir = m->log_dir, *top = NULL;
	if (!dir && (top = rundir_make(a, m->name, "launch")))
		dir = rundir_part(a, top, m->name);
	if (!dir)
		return 1;
	struct args command = {0};
	struct places places = {
		.bin = m->bin,
		.img = img,
		.cpus = arena_printf(a, "%lld", m->cpus),
		.mem = arena_printf(a, "%lld", mem),
		.log = arena_printf(a, "%s/uartlog", dir),
	};
	if (!machine_command(a, m, &places, &command) || !write_command(a, dir, &command))
		return 1;
	if (!write_file(places.log, "", 0, 0644)) {
		warn("cannot write %s:", places.log);
		return 1;
	}
	return run(m, &command, places.log);
}

static int skip(const struct machine *m)
{
	warn("note: %s is not launched: its spec says so (launch)", m->name);
	return 0;
}

static int boot_main(int argc, char **argv)
{
	struct arena a = {0};
	struct machine m;
	int status = 1;

	if (!machine_read(&a, &m, argc, argv))
		status = 2;
	else if (m.skip)
		status = skip(&m);
	else if (m.unsupported)
		warn("%s does not support %s: %s", m.name, m.unsupported,
		     m.because ? m.because : "its spec says so");
	else
		status = boot(&a, &m);
	arena_free(&a);
	return status;
}

const struct verb verb_boot = {.name = "boot", .main = boot_main, .args = "--KEY=VALUE..."};
