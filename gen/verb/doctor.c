/* SPDX-License-Identifier: MIT */
/* fmgen doctor: what this machine lacks to build and boot for a board. It changes nothing. */
#include "base/fs.h"
#include "base/path.h"
#include "base/proc.h"
#include "base/util.h"
#include "resolve/configure.h"
#include "resolve/installer.h"
#include "run/memory.h"
#include "verb/datadir.h"
#include "verb/generate.h"
#include "verb/verb.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

#define GIB ((long long)1 << 30)

/* Programs that builds call, whatever the board; with the Debian package of each. */
static const struct tool {
	const char *program, *package, *use;
} tools[] = {
	{"make", "make", "calls the makefiles of the kernel and the firmware"},
	{"gcc", "gcc", "compiles the kernel's own tools"},
	{"flex", "flex", "makes the kernel's configuration tool"},
	{"bison", "bison", "makes the kernel's configuration tool"},
	{"bc", "bc", "is used by the kernel's makefiles"},
	{"bzip2", "bzip2", "is used by busybox's makefiles"},
	{"/sbin/depmod", "kmod", "lists the modules' needs"},
	{"/sbin/mke2fs", "e2fsprogs", "makes root file systems"},
	{"/sbin/e2fsck", "e2fsprogs", "checks root file systems after a boot"},
	{"patch", "patch", "patches fetched sources"},
	{"xz", "xz-utils", "unpacks fetched sources"},
};

struct doctor {
	struct arena arena;
	struct buf packages; /* " NAME NAME" */
	bool sick;	     /* something necessary is missing */
	unsigned findings;
};

/* One line; necessary: without it nothing can be built. */
static void found(struct doctor *d, bool necessary, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

static void found(struct doctor *d, bool necessary, const char *fmt, ...)
{
	va_list ap;

	printf("%s: ", necessary ? "error" : "note");
	va_start(ap, fmt);
	vprintf(fmt, ap);
	va_end(ap);
	putchar('\n');
	d->sick |= necessary;
	d->findings++;
}

static bool listed(const struct buf *packages, const char *package)
{
	size_t len = strlen(package);

	for (const char *s = strstr(buf_str(packages), package); s; s = strstr(s + 1, package))
		if (s[-1] == ' ' && (!s[len] || s[len] == ' '))
			return true;
	return false;
}

static void install(struct doctor *d, const char *package)
{
	if (!listed(&d->packages, package))
		buf_printf(&d->packages, " %s", package);
}

/* Users often have no sbin on their PATH; builds look there too. */
static bool has_program(struct doctor *d, const char *program)
{
	if (proc_find(&d->arena, path_base(program)) || proc_find(&d->arena, program))
		return true;
	return *program == '/' && proc_find(&d->arena, arena_printf(&d->arena, "/usr%s", program));
}

static void check_tools(struct doctor *d)
{
	if (!has_program(d, "ninja") && !has_program(d, "samu")) {
		found(d, true, "there is no ninja, which builds (package ninja-build)");
		install(d, "ninja-build");
	}
	for (size_t i = 0; i < LEN(tools); i++) {
		const struct tool *t = &tools[i];

		if (has_program(d, t->program))
			continue;
		found(d, true, "there is no %s, which %s (package %s)", path_base(t->program),
		      t->use, t->package);
		install(d, t->package);
	}
}

/* Debian calls the cross compiler of riscv64-linux-gnu- gcc-riscv64-linux-gnu, and its C library
 * libc6-dev-riscv64-cross. */
static void check_compiler(struct doctor *d, const char *prefix)
{
	const char *gcc = arena_printf(&d->arena, "%sgcc", prefix);
	size_t len = strlen(prefix), arch = strcspn(prefix, "-");

	if (!len || has_program(d, gcc))
		return;
	const char *package = arena_printf(&d->arena, "gcc-%.*s", (int)len - 1, prefix);
	found(d, true, "there is no %s, which compiles for the board (package %s)", gcc, package);
	install(d, package);
	install(d, arena_printf(&d->arena, "libc6-dev-%.*s-cross", (int)arch, prefix));
}

static const char *text_of(const struct doc *map, const char *key)
{
	const struct doc *doc = doc_get(map, key);

	return doc && doc->kind == DOC_STRING ? doc->text : NULL;
}

/* A board may know several simulators. Each that has a package is one that a user may want. */
static void check_simulators(struct doctor *d, const struct doc *launch)
{
	for (size_t i = 0; launch && i < launch->n; i++) {
		const char *program = text_of(launch->items[i], "program");
		const char *package = text_of(launch->items[i], "package");

		if (!program || has_program(d, program))
			continue;
		if (!package) {
			found(d, false, "there is no %s, which boots with --%s", program,
			      launch->keys[i].s);
			continue;
		}
		found(d, true, "there is no %s, which boots workloads (package %s)", program,
		      package);
		install(d, package);
	}
}

/* What `fmgen install` wants; nothing is built for it. */
static void check_installers(struct doctor *d, const struct board *b)
{
	if (b->ninstallers && !has_program(d, "jq")) {
		found(d, false, "there is no jq, which installers use (package jq)");
		install(d, "jq");
	}
	for (size_t i = 0; i < b->ninstallers; i++) {
		const struct installer *installer = &b->installers[i];

		if (installer->key.s && !installer->destination.s)
			found(d, false,
			      "fmgen install wants to know %s, which is not configured: where the "
			      "installer %s installs to",
			      installer->key.s, installer->name.s);
	}
}

/* The nearest directory to path that is there. */
static const char *nearest_dir(struct arena *a, const char *path)
{
	while (!is_dir(path) && !streq(path, "/") && !streq(path, "."))
		path = path_dir(a, path);
	return path;
}

static void check_sources(struct doctor *d, const struct board *b, const char *cache)
{
	struct buf missing = {0};
	const char *dir = nearest_dir(&d->arena, cache);

	for (size_t i = 0; i < b->nfetches; i++)
		if (b->fetches[i].missing)
			buf_printf(&missing, " %s", b->fetches[i].name.s);
	if (missing.len)
		found(d, true, "these sources are not there; run `fmgen fetch`:%s",
		      buf_str(&missing));
	if (access(dir, W_OK) != 0)
		found(d, missing.len > 0, "the directory of fetched sources, %s, cannot be written",
		      cache);
	buf_free(&missing);
}

/* Distros whose images are made of what is fetched for a workload; most users want none of them. */
static void check_distros(struct doctor *d, const char *cache)
{
	struct arena *a = &d->arena;
	const char *boards = path_join(a, data_dir(a), "boards");
	struct inputs in;
	struct diag diag;
	size_t n;

	inputs_init(&in, a);
	diag_init(&diag, a);
	char **names = distro_names(a, &in, boards, &n);
	for (size_t i = 0; i < n; i++) {
		const struct distro *distro = distro_load(a, &in, boards, names[i], &diag);

		if (distro && distro->fetch.s && !distro->fetch_when.s &&
		    !is_dir(path_join(a, cache, names[i])))
			found(d, false,
			      "what the distro %s is made of is not there; `fmgen fetch SPEC` gets "
			      "it for a workload",
			      names[i]);
	}
	d->sick |= !diag_print(&diag, stderr);
}

static void check_room(struct doctor *d)
{
	struct statvfs fs;
	long long memory = host_memory();

	if (access(".", W_OK) != 0)
		found(d, true, "the current directory cannot be written, so nothing is built here");
	if (statvfs(".", &fs) == 0) {
		long long room = (long long)fs.f_bavail * (long long)fs.f_frsize;
		if (room < 4 * GIB)
			found(d, false,
			      "%lld MiB are free here; a kernel with its images takes "
			      "some 2 GiB",
			      room >> 20);
	}
	if (memory && memory < GIB)
		found(d, false, "%lld MiB of memory are free; compilers and guests want 1 GiB",
		      memory >> 20);
}

/* Where the config or the board is wrong, that is said as everywhere. */
static const struct board *load_board(struct doctor *d, const struct request *r, const char **cache)
{
	struct inputs in;
	struct diag diag;

	inputs_init(&in, &d->arena);
	diag_init(&diag, &d->arena);
	struct setup s = make_setup(&d->arena, &in, r, &diag);
	const struct board *b = board_load(&d->arena, &in, &s, &diag);
	if (b)
		config_judge(&d->arena, &in, &s, b, &diag);
	*cache = s.fetch_dir;
	for (size_t i = 0; b && i < b->nparameters; i++)
		if (!map_get(&s.user, b->parameters[i].name.s))
			found(d, false, "the board wants to know %s, which is not configured: %s",
			      b->parameters[i].name.s,
			      b->parameters[i].help ? b->parameters[i].help : "a path");
	d->sick |= !diag_print(&diag, stderr);
	return b;
}

static int doctor_main(int argc, char **argv)
{
	struct request r = {0};
	struct doctor d = {0};
	const char *cache;

	if (parse_options(&verb_doctor, argc, argv, &r))
		die("doctor takes no arguments");
	const struct board *b = load_board(&d, &r, &cache);
	check_tools(&d);
	if (b) {
		check_compiler(&d, b->cross.s ? b->cross.s : "");
		check_simulators(&d, b->launch);
		check_installers(&d, b);
		check_sources(&d, b, cache);
		check_distros(&d, cache);
	}
	check_room(&d);
	if (d.packages.len)
		printf("to install what is missing, on Debian and Ubuntu:\n  apt-get install%s\n",
		       buf_str(&d.packages));
	if (!d.sick)
		puts(d.findings ? "nothing necessary is missing" : "nothing is missing");
	buf_free(&d.packages);
	arena_free(&d.arena);
	return d.sick || !b;
}

static const struct verb_option option_table[] = {
	REQUEST_OPTION("board", 'b', VALUE, "NAME", "the board to build for (qemu)", board),
	REQUEST_OPTION("config", 0, VALUE, "FILE", "the configuration (fmgen.yaml here)", config),
};

const struct verb verb_doctor = {
	.name = "doctor",
	.main = doctor_main,
	.args = "[options]",
	.help = "tell what this machine lacks",
	.options = option_table,
	.noptions = LEN(option_table),
};
