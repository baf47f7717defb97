/* SPDX-License-Identifier: MIT */
#include "resolve/workload.h"
#include "base/fs.h"
#include "base/path.h"
#include "base/util.h"
#include "lib/unit.h"
#include "lib/unit_fmgen.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct arena arena;
static struct inputs inputs;
static struct diag diag;

/* A data directory with one board and two distros, below the current directory. */
static void put_data(void)
{
	put("data/boards/b/board.yaml",
	    "name: b\narch: riscv\ncross-compile: x-\n"
	    "linux: {source: \"@fetch/linux\", config-target: tiny, config: [k.config]}\n"
	    "firmware: {opensbi-src: sbi, opensbi-build-args: A=1 'B=2 3'}\n"
	    "busybox: {source: \"@fetch/busybox\", config: ../../bb.config}\n"
	    "fetch: {linux: {deb: l}, busybox: {source-package: b}}\n");
	put("data/boards/b/base-workloads/base.yaml",
	    "name: base\nbase: small\nlinux: {config: base.config}\nfirmware: {}\n");
	put("data/boards/distros/small/distro.yaml",
	    "name: small\nscript: build\noptions:\n"
	    "  l: {type: paths, inherit: append, help: h}\n"
	    "  m: {type: map, inherit: merge, help: h}\n"
	    "  s: {type: text, help: h}\n"
	    "  t: {type: text, help: h}\n");
	put("data/boards/distros/bare/distro.yaml", "name: bare\nrootfs: no\n");
	put("cache/linux-6.1/Makefile", "");
	make_symlink("linux-6.1", "cache/linux");
}

static struct model *load(const char *target, const char *search_dir, const char *workdir)
{
	const char **targets = arena_array(&arena, const char *, 1);
	const char **dirs = arena_array(&arena, const char *, 1);
	struct setup s = {.data_dir = "data",
			  .boards_dir = "data/boards",
			  .board = "b",
			  .fetch_dir = "cache",
			  .workdir = workdir,
			  .search_dirs = dirs,
			  .nsearch_dirs = search_dir != NULL,
			  .targets = targets,
			  .ntargets = 1};

	targets[0] = target;
	dirs[0] = search_dir;
	inputs_init(&inputs, &arena);
	diag_init(&diag, &arena);
	return resolve(&arena, &inputs, &s, &diag);
}

static const struct workload *find(const struct model *m, const char *name)
{
	for (size_t i = 0; m && i < m->n; i++)
		if (streq(m->workloads[i]->name, name))
			return m->workloads[i];
	return NULL;
}

static void boards_are_read(void)
{
	put("x.yaml", "name: x\nbase: bare\n");
	const struct model *m = load("x.yaml", NULL, NULL);

	if (!CHECK(m) || !CHECK_INT(diag.errors, 0))
		return;
	CHECK_STR(m->board->linux_source.s, "cache/linux-6.1");
	CHECK_STR(m->board->config[0].s, "data/boards/b/k.config");
	CHECK_STR(m->board->opensbi_source.s, "data/boards/b/sbi");
	CHECK_STR(m->board->opensbi_args[1].s, "B=2 3");
	CHECK_STR(m->board->busybox_config.s, "data/bb.config");
	CHECK(board_need(m->board, &m->board->linux_source, (struct span){0}, &diag));
	CHECK_INT(diag.errors, 0);
	CHECK(!board_need(m->board, &m->board->busybox_source, (struct span){0}, &diag));
	CHECK_INT(diag.errors, 1);
}

/* A board that starts from b, below another directory. */
static void put_derived(void)
{
	put("mine/board.yaml", "name: mine\nbase: b\nno-disk: yes\n"
			       "linux: {config: [own.config, ../data/boards/b/k.config]}\n"
			       "fetch: {busybox: {deb: x, patch: p}, extra: {deb: e}}\n"
			       "user: {drivers: {help: of drivers}}\n"
			       "modules: {x: \"@user/drivers\", y: y}\n");
	put("mine/base-workloads/own.yaml", "name: own\nbase: base.yaml\n");
	put("mine/y/Kbuild", "");
}

static struct model *load_board(const char *board, const char *target, const struct str *drivers)
{
	const char **targets = arena_array(&arena, const char *, 1);
	struct setup s = {.data_dir = "data",
			  .boards_dir = "data/boards",
			  .board = board,
			  .fetch_dir = "cache",
			  .user = {.arena = &arena},
			  .linux_dir = {.s = drivers ? "my-linux" : NULL},
			  .targets = targets,
			  .ntargets = 1};

	targets[0] = target;
	if (drivers)
		map_put(&s.user, "drivers", (void *)drivers);
	inputs_init(&inputs, &arena);
	diag_init(&diag, &arena);
	return resolve(&arena, &inputs, &s, &diag);
}

static void boards_start_from_boards(void)
{
	put("w.yaml", "name: w\nbase: own.yaml\nlinux: {modules: {y: ~, z: z}}\n");
	const struct model *m = load_board("./mine", "w.yaml", NULL);

	if (!CHECK(m) || !CHECK_INT(diag.errors, 0))
		return;
	const struct board *b = m->board;
	CHECK_STR(b->name.s, "mine");
	CHECK_STR(b->arch.s, "riscv");
	CHECK_STR(b->linux_source.s, "cache/linux-6.1");
	CHECK_STR(b->config_target.s, "tiny");
	CHECK_STR(b->config[0].s, "mine/own.config");
	CHECK_STR(b->opensbi_source.s, "data/boards/b/sbi");
	CHECK_INT(b->nopensbi_args, 2);
	CHECK_INT(b->nfetches, 3);
	CHECK_STR(b->fetches[1].dir, "mine");
	CHECK_STR(b->fetches[0].dir, "data/boards/b");
	CHECK(b->no_disk);
	const struct value *modules = wl_value(find(m, "w"), OPT_LINUX_MODULES);
	if (CHECK_INT(modules->n, 2)) {
		CHECK_STR(modules->items[0].key.s, "x");
		CHECK_STR(modules->items[1].path, "w/z");
	}
	CHECK_INT(wl_value(find(m, "base"), OPT_LINUX_MODULES)->n, 2);
}

static void users_give_paths(void)
{
	const struct str drivers = {.s = "/some/where"};
	const struct model *m = load_board("./mine", "w.yaml", NULL);

	if (!CHECK(m))
		return;
	CHECK(!board_need(m->board, &m->board->modules.items[0].text, (struct span){0}, &diag));
	CHECK_INT(diag.errors, 1);
	CHECK(board_need(m->board, &m->board->modules.items[1].text, (struct span){0}, &diag));
	m = load_board("./mine", "w.yaml", &drivers);
	if (!CHECK(m) || !CHECK_INT(diag.errors, 0))
		return;
	CHECK(board_need(m->board, &m->board->modules.items[0].text, (struct span){0}, &diag));
	CHECK_STR(wl_value(find(m, "w"), OPT_LINUX_MODULES)->items[0].path, "/some/where");
	CHECK_STR(m->board->linux_source.s, "my-linux");
}

static void options_are_inherited_by_kind(void)
{
	put("p.yaml", "name: p\nbase: base.yaml\nmem: 64\ncpus: 2\noverlay: o\nqemu-args: -a\n"
		      "linux: {config: [one], source: tree, modules: {x: x, y: y}}\n"
		      "outputs: [/p]\ncommand: c\n");
	put("c.yaml", "name: c\nbase: p.yaml\nmem: 128\nqemu-args: [-b c]\nqemu: null\n"
		      "linux: {config: [two, ../three], modules: {x: ~, z: z, w: ~}}\n");
	const struct workload *c = find(load("c.yaml", NULL, NULL), "c");

	if (!CHECK(c) || !CHECK_INT(diag.errors, 0))
		return;
	CHECK_INT(wl_value(c, OPT_MEM)->number, 128 << 20);
	CHECK_INT(wl_value(c, OPT_MEM)->overrides->number, 64 << 20);
	CHECK_INT(wl_value(c, OPT_CPUS)->number, 2);
	CHECK(!wl_set(c, OPT_OVERLAY) && !wl_set(c, OPT_COMMAND));
	CHECK_STR(wl_text(c, OPT_OUTPUTS), "/p");
	CHECK_STR(wl_path(c, OPT_LINUX_SOURCE), "p/tree");
	CHECK_INT(wl_value(c, OPT_QEMU)->state, VALUE_NULL);
	const struct value *args = wl_value(c, OPT_QEMU_ARGS),
			   *config = wl_value(c, OPT_LINUX_CONFIG);
	CHECK_INT(args->n, 2);
	CHECK_STR(args->items[1].text.s, "-b c");
	if (CHECK_INT(config->n, 4)) {
		CHECK_STR(config->items[0].path, "data/boards/b/base-workloads/base/base.config");
		CHECK_STR(config->items[1].path, "p/one");
		CHECK_STR(config->items[3].path, "three");
	}
	const struct value *modules = wl_value(c, OPT_LINUX_MODULES);
	if (CHECK_INT(modules->n, 2)) {
		CHECK_STR(modules->items[0].key.s, "y");
		CHECK_STR(modules->items[1].key.s, "z");
	}
	CHECK(c->wants_linux && c->named && !c->parent->named);
	CHECK_STR(c->distro->name.s, "small");
}

/* The value of an option of the distro. */
static const struct value *option_of(const struct workload *w, const char *name)
{
	for (size_t i = 0; i < w->distro->noptions; i++)
		if (streq(w->distro->options[i].name, name))
			return &w->distro_opts[i];
	die("no option %s", name);
}

static void distro_options_are_merged(void)
{
	put("d1.yaml",
	    "name: d1\nbase: small\n"
	    "distro: {name: small, opts: {l: one, m: {b: 1, a: ~, d: x}, s: x, t: z}}\n");
	put("sub/d2.yaml", "name: d2\nbase: ../d1.yaml\n"
			   "distro: {opts: {l: [two], m: {d: ~, c: yes}, s: y, t: ~}}\n");
	const struct workload *w = find(load("./sub/d2.yaml", NULL, NULL), "d2");

	if (!CHECK(w) || !CHECK_INT(diag.errors, 0) || !CHECK_INT(diag.warnings, 0))
		return;
	const struct value *l = option_of(w, "l"), *m = option_of(w, "m");
	CHECK_STR(value_text(option_of(w, "s")), "y");
	CHECK(!value_text(option_of(w, "t")));
	if (CHECK_INT(l->n, 2)) {
		CHECK_STR(l->items[0].path, "d1/one");
		CHECK_STR(l->items[1].path, "sub/d2/two");
	}
	if (CHECK_INT(m->n, 2)) {
		CHECK_STR(m->items[0].key.s, "b");
		CHECK_STR(m->items[0].text.s, "1");
		CHECK_STR(m->items[1].key.s, "c");
		CHECK_STR(m->items[1].text.s, "yes");
	}
	CHECK_INT(option_of(w->parent, "l")->n, 1);
}

static void distros_must_declare_well(void)
{
	static const char *const wrong[] = {
		"{type: txt, help: h}",
		"{type: text, inherit: append, help: h}",
		"{type: map, inherit: append, help: h}",
		"{type: paths, inherit: merge, help: h}",
		"{type: text}",
		"{help: h}",
		"text",
	};

	put("x.yaml", "name: x\nbase: odd\n");
	for (size_t i = 0; i < LEN(wrong); i++) {
		put("data/boards/distros/odd/distro.yaml",
		    arena_printf(&arena, "name: odd\nscript: b\noptions: {o: %s}\n", wrong[i]));
		load("x.yaml", NULL, NULL);
		CHECK_INT(diag.errors, 1);
	}
	put("data/boards/distros/odd/distro.yaml", "name: odd\nscript: b\noptions: {out: {type: "
						   "text, help: h}, A: {type: text, help: h}}\n");
	load("x.yaml", NULL, NULL);
	CHECK_INT(diag.errors, 2);
	put("data/boards/distros/odd/distro.yaml", "name: odd\nscript: b\nstarter: none\n");
	load("x.yaml", NULL, NULL);
	CHECK_INT(diag.errors, 1);
	put("data/boards/distros/odd/none/etc/x", "");
	load("x.yaml", NULL, NULL);
	CHECK_INT(diag.errors, 0);
}

static void fetched_follow_options(void)
{
	static const char odd[] =
		"name: odd\nscript: b\noptions: {r: {type: text, help: h}, h: {type: text, help: "
		"h}, "
		"p: {type: texts, inherit: append, help: h}, f: {type: path, help: h}}\n"
		"fetch: {script: get, options: [r, p";

	put("data/boards/distros/odd/distro.yaml", arena_printf(&arena, "%s]}\n", odd));
	put("x.yaml", "name: x\nbase: odd\njobs:\n- {name: h, distro: {opts: {h: one}}}\n"
		      "- {name: p, distro: {opts: {r: s, p: [a, b c]}}}\n");
	const struct model *m = load("x.yaml", NULL, NULL);
	const struct fetched *x = find(m, "x")->fetched, *p = find(m, "x-p")->fetched;
	CHECK_STR(x->name, "odd");
	CHECK_STR(x->path, "cache/odd");
	CHECK(x->missing);
	CHECK_STR(find(m, "x-h")->fetched->name, "odd");
	CHECK_INT(p->nwords, 3);
	CHECK_STR(p->words[0], "--r=s");
	CHECK_STR(p->words[2], "--p=b c");
	CHECK(strncmp(p->name, "odd-", 4) == 0 && strlen(p->name) == 12);
	put("cache/odd-1/list", "");
	CHECK(symlink("odd-1", "cache/odd") == 0);
	x = find(load("x.yaml", NULL, NULL), "x")->fetched;
	CHECK_STR(x->path, "cache/odd-1");
	CHECK(!x->missing);
	put("data/boards/distros/odd/distro.yaml", arena_printf(&arena, "%s, none, f]}\n", odd));
	load("x.yaml", NULL, NULL);
	CHECK_INT(diag.errors, 2);
}

static void later_directories_win(void)
{
	put("child.yaml", "name: child\nbase: over.yaml\n");
	put("data/boards/b/base-workloads/over.yaml", "name: of-board\n");
	CHECK(find(load("child.yaml", "dir", "work"), "of-board"));
	put("dir/over.yaml", "name: of-dir\n");
	CHECK(find(load("child.yaml", "dir", "work"), "of-dir"));
	put("work/over.yaml", "name: of-workdir\n");
	CHECK(find(load("child.yaml", "dir", "work"), "of-workdir"));
	put("over.yaml", "name: of-target\n");
	CHECK(find(load("child.yaml", "dir", "work"), "of-target"));
	put("sub/child.yaml", "name: child\nbase: over.yaml\n");
	CHECK(find(load("./sub/child.yaml", "dir", "work"), "of-workdir"));
	put("sub/path.yaml", "name: child\nbase: ../over.yaml\n");
	CHECK(find(load("sub/path.yaml", "dir", "work"), "of-target"));
}

static void jobs_follow_their_workload(void)
{
	put("farm.yaml", "name: farm\nbase: base.yaml\nmem: 64\njobs:\n- {name: a, run: r.sh}\n"
			 "- {name: b, base: bare, bin: x}\n");
	const struct model *m = load("farm.yaml", NULL, NULL);
	const struct workload *a = find(m, "farm-a"), *b = find(m, "farm-b");

	if (!CHECK(a && b))
		return;
	CHECK_STR(a->parent->name, "farm");
	CHECK(a->owner == a->parent && b->owner == a->owner && !b->parent);
	CHECK_INT(wl_value(a, OPT_MEM)->number, 64 << 20);
	CHECK(!wl_set(b, OPT_MEM));
	CHECK_STR(wl_path(a, OPT_RUN), "farm/r.sh");
	CHECK_STR(wl_path(b, OPT_BIN), "farm/x");
	CHECK_INT(a->owner->njobs, 2);
	CHECK_STR(b->distro->name.s, "bare");
	CHECK_STR(m->workloads[0]->name, "base");
}

static void workdirs_are_found(void)
{
	put("w1.yaml", "name: other\nbase: bare\n");
	CHECK_STR(find(load("w1.yaml", NULL, NULL), "other")->workdir, "w1");
	put("other/x", "");
	CHECK_STR(find(load("w1.yaml", NULL, NULL), "other")->workdir, "other");
	put("w1/x", "");
	CHECK_STR(find(load("w1.yaml", NULL, NULL), "other")->workdir, "w1");
	put("w2.yaml",
	    "name: other\nbase: bare\nworkdir: a/../b/\nbin: /abs/x\nqemu: my-qemu\nspike: ./s\n");
	const struct workload *w = find(load("w2.yaml", NULL, NULL), "other");
	CHECK_STR(w->workdir, "b");
	CHECK_STR(wl_path(w, OPT_BIN), "/abs/x");
	CHECK_STR(wl_path(w, OPT_QEMU), NULL);
	CHECK_STR(wl_text(w, OPT_QEMU), "my-qemu");
	CHECK_STR(wl_path(w, OPT_SPIKE), "b/s");
}

static void long_chains_are_fine(void)
{
	char path[40], text[80];

	for (int i = 0; i < 1000; i++) {
		snprintf(path, sizeof(path), "chain/%d.yaml", i);
		snprintf(text, sizeof(text), "name: n%d\nbase: %d.yaml\n", i, i + 1);
		put(path, text);
	}
	put("chain/1000.yaml", "name: last\nbase: bare\n");
	const struct model *m = load("chain/0.yaml", NULL, NULL);
	CHECK(m && m->n == 1001);
	CHECK_INT(diag.errors, 0);
	put("chain/1000.yaml", "name: last\nbase: 0.yaml\n");
	CHECK(load("chain/0.yaml", NULL, NULL));
	CHECK_INT(diag.errors, 1);
}

static void one_base_means_one_file(void)
{
	static const char *targets[] = {"t1/a.yaml", "t2/b.yaml"};
	struct setup s = {.data_dir = "data",
			  .boards_dir = "data/boards",
			  .board = "b",
			  .fetch_dir = "cache",
			  .workdir = "t3",
			  .targets = targets,
			  .ntargets = 2};

	put("t1/a.yaml", "name: a\nbase: mid.yaml\n");
	put("t2/b.yaml", "name: b\nbase: mid.yaml\n");
	put("t3/mid.yaml", "name: mid\nbase: p.yaml\n");
	put("t1/p.yaml", "name: p1\n");
	inputs_init(&inputs, &arena);
	diag_init(&diag, &arena);
	CHECK(resolve(&arena, &inputs, &s, &diag));
	CHECK_INT(diag.errors, 0);
	put("t2/p.yaml", "name: p2\n");
	inputs_init(&inputs, &arena);
	diag_init(&diag, &arena);
	resolve(&arena, &inputs, &s, &diag);
	CHECK_INT(diag.errors, 1);
}

int main(void)
{
	char dir[] = "/tmp/fmgen-resolve-XXXXXX";

	unsetenv("CROSS_COMPILE");
	if (!mkdtemp(dir) || chdir(dir) != 0)
		die("%s:", dir);
	put_data();
	RUN(boards_are_read);
	put_derived();
	RUN(boards_start_from_boards);
	RUN(users_give_paths);
	RUN(options_are_inherited_by_kind);
	RUN(distro_options_are_merged);
	RUN(distros_must_declare_well);
	RUN(fetched_follow_options);
	RUN(later_directories_win);
	RUN(jobs_follow_their_workload);
	RUN(workdirs_are_found);
	RUN(long_chains_are_fine);
	RUN(one_base_means_one_file);
	remove_tree(dir);
	arena_free(&arena);
	return unit_done();
}
