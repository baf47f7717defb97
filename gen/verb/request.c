/* SPDX-License-Identifier: MIT */
#include "verb/generate.h"
#include "base/escape.h"
#include "base/fs.h"
#include "base/path.h"
#include "base/util.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define COMMAND "out/command"

/* path, which is relative to the directory `from`, as seen from the directory `to`; both absolute.
 */
static const char *seen_from(struct arena *a, const char *to, const char *from, const char *path)
{
	return *path == '/' ? path : path_join(a, path_relative(a, to, from), path);
}

void request_enter(struct arena *a, struct request *r, char **targets, size_t n)
{
	const char *here = path_real(a, ".");

	r->targets = targets;
	r->ntargets = n;
	request_diagnostics(r, &(struct diag){0});
	request_emitter(r);
	if (!n)
		die("which workload? (see fmgen --help)");
	if (!r->builddir)
		return;
	if (!make_dirs(r->builddir, 0755) || chdir(r->builddir) != 0)
		die("cannot use the build directory %s:", r->builddir);
	const char *there = path_real(a, ".");
	if (!here || !there)
		die("cannot tell where the build directory is:");
	for (size_t i = 0; i < r->ntargets; i++) {
		const char *path = seen_from(a, there, here, r->targets[i]);

		if (strchr(r->targets[i], '/') || path_exists(path))
			r->targets[i] = arena_strdup(a, path);
	}
	if (r->board && strchr(r->board, '/'))
		r->board = seen_from(a, there, here, r->board);
	if (r->workdir)
		r->workdir = seen_from(a, there, here, r->workdir);
	if (r->config)
		r->config = seen_from(a, there, here, r->config);
	r->called_from = path_relative(a, there, here);
	r->builddir = NULL;
}

/* out/command is read by this table. */
static const struct verb_option kept[] = {
	REQUEST_OPTIONS,
	REQUEST_OPTION("called-from", 0, VALUE, "DIR", "where a configuration is looked for",
		       called_from),
};
static const struct verb kept_command = {.options = kept, .noptions = LEN(kept)};

static void put(struct buf *b, const char *key, const char *value)
{
	struct buf word = {0};

	buf_printf(&word, "--%s%s%s", key, value ? "=" : "", value ? value : "");
	escape_item(b, buf_str(&word));
	buf_putc(b, '\n');
	buf_free(&word);
}

void request_write(const struct request *r, struct buf *b)
{
	if (r->board)
		put(b, "board", r->board);
	if (r->workdir)
		put(b, "workdir", r->workdir);
	if (r->config)
		put(b, "config", r->config);
	if (r->called_from && !streq(r->called_from, "."))
		put(b, "called-from", r->called_from);
	if (r->generator)
		put(b, "generator", r->generator);
	if (r->no_disk)
		put(b, "no-disk", NULL);
	if (r->werror)
		put(b, "werror", NULL);
	if (r->strict)
		put(b, "strict", NULL);
	for (size_t i = 0; i < r->warnings.n; i++)
		put(b, r->warnings.v[i].option->name, r->warnings.v[i].text);
	buf_puts(b, "--\n");
	for (size_t i = 0; i < r->ntargets; i++) {
		escape_item(b, r->targets[i]);
		buf_putc(b, '\n');
	}
}

bool request_read(struct arena *a, struct request *r)
{
	size_t n;
	char **words = read_args(a, COMMAND, NULL, &n);

	if (!words)
		return false;
	char **argv = arena_array(a, char *, n + 2);
	argv[0] = "fmgen";
	memcpy(argv + 1, words, n * sizeof(*words));
	*r = (struct request){0};
	r->ntargets = (size_t)parse_options(&kept_command, (int)n + 1, argv, r);
	r->targets = argv + 1;
	return true;
}

/* What r leaves open is as it was. */
static void take_over(struct request *r, const struct request *old)
{
	static const size_t texts[] = {
		offsetof(struct request, board), offsetof(struct request, workdir),
		offsetof(struct request, config), offsetof(struct request, generator),
		offsetof(struct request, called_from)};

	for (size_t i = 0; i < LEN(texts); i++) {
		const char **to = (const char **)((char *)r + texts[i]);

		if (!*to)
			*to = *(const char *const *)((const char *)old + texts[i]);
	}
}

static bool is_gone(const char *target)
{
	if (!strchr(target, '/') || path_exists(target))
		return false;
	warn("note: %s, which was built here before, is gone", target);
	return true;
}

static bool has_target(char *const *targets, size_t n, const char *target)
{
	for (size_t i = 0; i < n; i++)
		if (streq(targets[i], target))
			return true;
	return false;
}

void request_join(struct arena *a, struct request *r)
{
	struct request old;
	size_t n = 0;

	if (!path_exists(COMMAND) || !request_read(a, &old))
		return;
	take_over(r, &old);
	char **targets = arena_array(a, char *, old.ntargets + r->ntargets);
	for (size_t i = 0; i < old.ntargets; i++)
		if (has_target(r->targets, r->ntargets, old.targets[i]) || !is_gone(old.targets[i]))
			targets[n++] = old.targets[i];
	for (size_t i = 0; i < r->ntargets; i++)
		if (!has_target(targets, n, r->targets[i]))
			targets[n++] = r->targets[i];
	r->targets = targets;
	r->ntargets = n;
	request_free(&old);
}

void request_free(struct request *r)
{
	free(r->warnings.v);
}

const struct emitter *request_emitter(const struct request *r)
{
	const struct emitter *e = r->generator ? emitter_find(r->generator) : emitters[0];

	if (e)
		return e;
	warn("--generator=%s: not one of ninja, make", r->generator);
	exit(2);
}

static _Noreturn void wrong_warning(const char *name)
{
	const char *const *names = warning_names();
	const char *near = nearest_name(name, names, WARN_COUNT);
	struct buf list = {0};

	for (size_t i = 0; i < WARN_COUNT; i++)
		buf_printf(&list, "%s%s", i ? ", " : "", names[i]);
	warn("there is no warning `%s`%s%s%s", name, near ? "; did you mean `" : "",
	     near ? near : "", near ? "`?" : "");
	warn("note: the warnings are %s", buf_str(&list));
	exit(2);
}

static void set_policy(struct diag *d, const struct option_word *word)
{
	const char *hide = word->option->letter == 'W' ? after_prefix(word->text, "no-") : NULL;
	enum warning kind = warning_find(word->text);

	/* A name may begin with "no-" itself. */
	if (kind < WARN_COUNT)
		hide = NULL;
	else if (hide)
		kind = warning_find(hide);
	if (kind == WARN_COUNT)
		wrong_warning(hide ? hide : word->text);
	d->policy[kind] = hide				? POLICY_HIDE
			  : word->option->letter == 'E' ? POLICY_ERROR
							: POLICY_SHOW;
}

void request_diagnostics(const struct request *r, struct diag *d)
{
	for (size_t i = 0; r->werror && i < WARN_COUNT; i++)
		d->policy[i] = POLICY_ERROR;
	if (r->strict)
		d->policy[WARN_JSON] = POLICY_ERROR;
	for (size_t i = 0; i < r->warnings.n; i++)
		set_policy(d, &r->warnings.v[i]);
	if (!r->diagnostics || streq(r->diagnostics, "text"))
		return;
	if (!streq(r->diagnostics, "json")) {
		warn("--diagnostics=%s: not one of text, json", r->diagnostics);
		exit(2);
	}
	d->format = DIAG_JSON;
}
