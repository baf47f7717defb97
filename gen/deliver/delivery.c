/* SPDX-License-Identifier: MIT */
#include "deliver/delivery.h"
#include "base/diag.h"
#include "base/fs.h"
#include "base/proc.h"
#include "base/util.h"
#include "deliver/describe.h"

#include <stdlib.h>
#include <string.h>

#define TOP "out/install"

const char *word_key(const char *word, const char *key)
{
	const char *rest = after_prefix(word, "--");

	rest = rest ? after_prefix(rest, key) : NULL;
	return rest && *rest == '=' ? rest + 1 : NULL;
}

static void set(const char **to, const char *value)
{
	if (value)
		*to = value;
}

void delivery_read(struct delivery *d, struct arena *a, char **words, size_t n)
{
	const char *kind = "disk", *target = NULL;

	*d = (struct delivery){.arena = a, .words = words, .n = n};
	for (size_t i = 0; i < n; i++) {
		set(&d->name, word_key(words[i], "name"));
		set(&d->board, word_key(words[i], "board"));
		set(&kind, word_key(words[i], "kind"));
		set(&d->target, word_key(words[i], "default"));
		set(&target, word_key(words[i], "target"));
	}
	set(&d->target, target);
	d->no_disk = streq(kind, "no-disk");
	if (!d->name || !d->board)
		die("these are no parameters of install-NAME: --name or --board is missing");
}

/* All installers of the board. */
static const char **installers(struct delivery *d, size_t *n)
{
	const char **names = arena_array(d->arena, const char *, d->n + 1);

	*n = 0;
	for (size_t i = 0; i < d->n; i++) {
		const char *name = word_key(d->words[i], "installer");

		if (name)
			names[(*n)++] = name;
	}
	return names;
}

static void tell_installers(struct delivery *d)
{
	size_t n;
	const char **names = installers(d, &n);
	const char *near = d->target ? nearest_name(d->target, names, n) : NULL;

	if (!d->target)
		warn("the board %s has several installers: choose one with --target", d->board);
	else if (near)
		warn("the board %s has no installer %s; did you mean %s?", d->board, d->target,
		     near);
	else
		warn("the board %s has no installer %s", d->board, d->target);
	for (size_t i = 0; !near && i < n; i++)
		warn("note: there is %s", names[i]);
}

struct chosen {
	bool disk, no_disk;
	const char *key, *variable;
};

/* Reads the words of the installer; false where there is none of that name. */
static bool read_installer(struct delivery *d, struct chosen *c)
{
	bool here = false, found = false;

	for (size_t i = 0; i < d->n; i++) {
		const char *name = word_key(d->words[i], "installer");
		const char *takes = word_key(d->words[i], "takes");

		if (name)
			here = d->target && streq(name, d->target);
		if (!here)
			continue;
		found = true;
		c->disk |= takes && streq(takes, "disk");
		c->no_disk |= takes && streq(takes, "no-disk");
		set(&d->script, word_key(d->words[i], "script"));
		set(&d->destination, word_key(d->words[i], "destination"));
		set(&c->key, word_key(d->words[i], "key"));
		set(&c->variable, word_key(d->words[i], "variable"));
	}
	return found;
}

bool delivery_choose(struct delivery *d)
{
	struct chosen c = {0};

	if (!read_installer(d, &c) || !d->script) {
		tell_installers(d);
		return false;
	}
	if (d->no_disk && !c.no_disk) {
		warn("%s: the installer %s takes workloads with a disk only, so without --no-disk",
		     d->name, d->target);
		return false;
	}
	if (!d->no_disk && !c.disk) {
		warn("%s: the installer %s takes workloads without a disk only: add --no-disk",
		     d->name, d->target);
		return false;
	}
	if (c.key && !d->destination) {
		warn("%s: the installer %s has to know where to install to: set `%s` in "
		     "fmgen.yaml, or %s in the environment, and generate again",
		     d->name, d->target, c.key, c.variable ? c.variable : "its variable");
		return false;
	}
	return true;
}

/* Where the machines begin: a workload with jobs is these alone. */
static size_t first_machine(const struct delivery *d)
{
	for (size_t i = 0; i < d->n; i++)
		if (word_key(d->words[i], "job"))
			return i;
	return 0;
}

const char **delivery_files(struct delivery *d)
{
	const char **files = arena_array(d->arena, const char *, d->n + 1), *machine = d->name;
	const char *bin_key = d->no_disk ? "no-disk-bin" : "disk-bin";
	size_t n = 0, first = first_machine(d);
	bool complete = first;

	for (size_t i = first; i < d->n; i++) {
		const char *job = word_key(d->words[i], "job");
		const char *bin = word_key(d->words[i], bin_key);
		const char *img = word_key(d->words[i], "disk-img");

		if (job && !complete)
			break;
		if (job)
			machine = job;
		complete = bin || (complete && !job);
		if (bin)
			files[n++] = bin;
		if (img && !d->no_disk)
			files[n++] = img;
	}
	if (complete)
		return files;
	warn("%s: %s has no binary that boots %s a disk", d->name, machine,
	     d->no_disk ? "without" : "with");
	return NULL;
}

static bool write_description(struct delivery *d, const char *path)
{
	char *text = describe(d);
	bool ok = text && write_if_changed(path, text, strlen(text), 0644) != WRITE_FAILED;

	if (!ok)
		warn("cannot write %s:", path);
	free(text);
	return ok;
}

int delivery_run(struct delivery *d, bool only_ask)
{
	struct arena *a = d->arena;
	const char *base = arena_printf(a, TOP "/%s/%s", d->target, d->name);
	const char *json = arena_printf(a, "%s.json", base);
	char *argv[7] = {"sh", arena_strdup(a, d->script), arena_printf(a, "--workload=%s", json),
			 arena_printf(a, "--made=%s.made", base)};
	size_t n = 4;

	if (d->destination)
		argv[n++] = arena_printf(a, "--destination=%s", d->destination);
	if (only_ask)
		argv[n] = "--check";
	if (!write_description(d, json))
		return 1;
	return proc_run(argv);
}
