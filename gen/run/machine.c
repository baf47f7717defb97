/* SPDX-License-Identifier: MIT */
#include "run/machine.h"
#include "base/util.h"
#include "decode/values.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum kind { TEXT, NUMBER, LIST, YES };

struct key {
	const char *name;
	enum kind kind;
	size_t at; /* the offset in struct machine */
};

#define KEY(name, kind, member)                              \
	{                                                    \
		name, kind, offsetof(struct machine, member) \
	}

static const struct key keys[] = {
	KEY("name", TEXT, name),
	KEY("bin", TEXT, bin),
	KEY("img", TEXT, img),
	KEY("program", TEXT, program),
	KEY("package", TEXT, package),
	KEY("min-mem", TEXT, min_mem),
	KEY("log-dir", TEXT, log_dir),
	KEY("unsupported", TEXT, unsupported),
	KEY("because", TEXT, because),
	KEY("cpus", NUMBER, cpus),
	KEY("mem", NUMBER, mem),
	KEY("timeout", NUMBER, timeout),
	KEY("machine-arg", LIST, machine_args),
	KEY("disk-arg", LIST, disk_args),
	KEY("snapshot-arg", LIST, snapshot_args),
	KEY("arg", LIST, args),
	KEY("snapshot", YES, snapshot),
	KEY("in-place", YES, in_place),
	KEY("must-end", YES, must_end),
};

void args_add(struct arena *a, struct args *w, const char *word)
{
	if (w->n + 1 >= w->room) {
		size_t room = w->room ? 2 * w->room : 16;
		const char **v = arena_array(a, const char *, room);

		if (w->n)
			memcpy(v, w->v, w->n * sizeof(*v));
		w->v = v;
		w->room = room;
	}
	w->v[w->n++] = word;
	w->v[w->n] = NULL;
}

/* The key of the word --KEY or --KEY=VALUE; *value is NULL in the former. */
static const struct key *find_key(const char *word, const char **value)
{
	const char *name = after_prefix(word, "--");
	size_t len = name ? strcspn(name, "=") : 0;

	for (size_t i = 0; name && i < LEN(keys); i++) {
		if (strlen(keys[i].name) != len || memcmp(keys[i].name, name, len) != 0)
			continue;
		*value = name[len] ? name + len + 1 : NULL;
		return (*value != NULL) == (keys[i].kind != YES) ? &keys[i] : NULL;
	}
	return NULL;
}

static bool read_number(const struct key *k, const char *text, long long *to)
{
	char *end;

	errno = 0;
	*to = strtoll(text, &end, 10);
	if (*text && !*end && !errno && *to >= 0)
		return true;
	warn("boot: --%s=%s is not a number", k->name, text);
	return false;
}

static bool take(struct arena *a, struct machine *m, const char *word)
{
	const char *value;
	const struct key *k = find_key(word, &value);

	if (!k) {
		warn("boot: %s is not an option", word);
		return false;
	}
	void *to = (char *)m + k->at;
	switch (k->kind) {
	case TEXT:
		*(const char **)to = value;
		return true;
	case NUMBER:
		return read_number(k, value, to);
	case LIST:
		args_add(a, to, value);
		return true;
	case YES:
		*(bool *)to = true;
		return true;
	}
	return false;
}

static bool missing(const char *value, const char *key)
{
	if (value && *value)
		return false;
	warn("boot: --%s= is missing", key);
	return true;
}

bool machine_read(struct arena *a, struct machine *m, int argc, char **argv)
{
	*m = (struct machine){.cpus = 1, .mem = 128LL << 20};
	for (int i = 1; i < argc; i++)
		if (!take(a, m, argv[i]))
			return false;
	if (missing(m->name, "name"))
		return false;
	if (m->unsupported)
		return true;
	if (!is_name(m->name)) {
		warn("boot: %s is not a workload's name", m->name);
		return false;
	}
	return !missing(m->bin, "bin") && !missing(m->program, "program");
}
