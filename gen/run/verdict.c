/* SPDX-License-Identifier: MIT */
#include "run/verdict.h"
#include "base/fs.h"
#include "base/util.h"

#include <string.h>

static struct verdict failure(int status, const char *why)
{
	return (struct verdict){status, why};
}

/* Of a guest that came to its end. */
static struct verdict of_guest(struct arena *a, const struct machine *m, const struct outcome *o)
{
	if (o->panicked)
		return failure(1, "the kernel panicked");
	if (o->status)
		return failure(o->status, arena_printf(a, "%s %s with status %d", m->program,
						       m->bare ? "ended" : "failed", o->status));
	if (o->guest > 0)
		return failure(o->guest,
			       arena_printf(a, "%s ended with status %d",
					    m->must_end ? "its script" : "the guest's workload",
					    o->guest));
	if (o->guest < 0 && m->must_end)
		return failure(1, "the guest was powered off before its script had ended");
	return (struct verdict){0};
}

static struct verdict judge(struct arena *a, const struct machine *m, const struct outcome *o)
{
	switch (o->ending) {
	case NOT_STARTED:
		return failure(1, "the simulator was not started");
	case BY_SIGNAL:
		return failure(128 + o->signal,
			       arena_printf(a, "ended by a signal (%s)", strsignal(o->signal)));
	case BY_TIMEOUT:
		return failure(
			TIMED_OUT,
			arena_printf(a, "ended after %lld s, the time that it had", m->timeout));
	case BY_RESTART:
		return failure(1, "the guest was started again before its script had ended");
	case BY_FULL_DISK:
		return failure(1, arena_printf(a, "there is no room left on the disk that holds %s",
					       o->full));
	case BY_PANIC:
	case ENDED:
		break;
	}
	return of_guest(a, m, o);
}

struct verdict verdict_of(struct arena *a, const struct machine *m, const struct outcome *o)
{
	struct verdict v = judge(a, m, o);

	if (v.why)
		warn("%s: %s", m->name, v.why);
	else if (o->guest < 0 && !m->bare)
		warn("note: %s: the guest reported no status", m->name);
	return v;
}

void verdict_add(struct verdict *v, const struct machine *m, int status, const char *why)
{
	if (!status)
		return;
	warn("%s: %s", m->name, why);
	if (!v->status)
		*v = failure(status, why);
}

bool verdict_write(struct arena *a, const struct verdict *v, const char *dir)
{
	const char *path = arena_printf(a, "%s/status", dir);
	const char *text =
		arena_printf(a, "%d\n%s%s", v->status, v->why ? v->why : "", v->why ? "\n" : "");

	if (write_file(path, text, strlen(text), 0644))
		return true;
	warn("cannot write %s:", path);
	return false;
}
