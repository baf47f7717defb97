/* SPDX-License-Identifier: MIT */
/* The part of machine.h that makes a command line of templates. */
#include "run/machine.h"
#include "base/buf.h"
#include "base/util.h"

#include <string.h>

/* Words of machine_args that stand for lists. */
#define ARGS	  "{args}"
#define DISK_ARGS "{disk-args}"

static const char *find_place(const struct places *p, const char *name, size_t len)
{
	const struct {
		const char *name, *value;
	} table[] = {
		{"bin", p->bin}, {"img", p->img}, {"cpus", p->cpus},
		{"mem", p->mem}, {"log", p->log},
	};

	for (size_t i = 0; i < LEN(table); i++)
		if (strlen(table[i].name) == len && memcmp(table[i].name, name, len) == 0)
			return table[i].value;
	return NULL;
}

static void put_value(struct buf *b, const char *value, bool whole)
{
	for (; *value; value++) {
		if (*value == ',' && !whole)
			buf_putc(b, ',');
		buf_putc(b, *value);
	}
}

static bool fill(struct buf *b, const char *template, const struct places *p)
{
	for (const char *s = template; *s;) {
		size_t len = *s == '{' ? strcspn(s, "}") : 0;

		if (!len) {
			buf_putc(b, *s++);
			continue;
		}
		const char *value = s[len] ? find_place(p, s + 1, len - 1) : NULL;
		if (!value) {
			warn("boot: no such place in the board's launch words: %s", s);
			return false;
		}
		put_value(b, value, s == template && !s[len + 1]);
		s += len + 1;
	}
	return true;
}

static bool add_one(struct arena *a, struct args *to, const char *template, const struct places *p)
{
	struct buf b = {0};
	bool ok = fill(&b, template, p);

	args_add(a, to, arena_strdup(a, buf_str(&b)));
	buf_free(&b);
	return ok;
}

static bool add_filled(struct arena *a, struct args *to, const struct args *templates,
		       const struct places *p)
{
	bool ok = true;

	for (size_t i = 0; ok && i < templates->n; i++)
		ok = add_one(a, to, templates->v[i], p);
	return ok;
}

static bool add_machine_args(struct arena *a, struct args *to, const struct machine *m,
			     const struct places *p)
{
	bool ok = true;

	for (size_t i = 0; ok && i < m->machine_args.n; i++) {
		const char *word = m->machine_args.v[i];

		if (streq(word, ARGS))
			args_add_all(a, to, &m->args);
		else if (!streq(word, DISK_ARGS))
			ok = add_one(a, to, word, p);
		else if (p->img)
			ok = add_filled(a, to, &m->disk_args, p);
	}
	return ok;
}

static bool says(const struct args *templates, const char *text, bool whole)
{
	for (size_t i = 0; i < templates->n; i++)
		if (whole ? streq(templates->v[i], text) : strstr(templates->v[i], text) != NULL)
			return true;
	return false;
}

bool machine_logs(const struct machine *m)
{
	return says(&m->machine_args, "{log}", false);
}

bool machine_command(struct arena *a, const struct machine *m, const struct places *p,
		     struct args *command)
{
	args_add(a, command, m->program);
	if (!add_machine_args(a, command, m, p))
		return false;
	if (p->img && !says(&m->machine_args, DISK_ARGS, true) &&
	    !add_filled(a, command, &m->disk_args, p))
		return false;
	if (m->snapshot && !add_filled(a, command, &m->snapshot_args, p))
		return false;
	if (!says(&m->machine_args, ARGS, true))
		args_add_all(a, command, &m->args);
	return true;
}
