/* SPDX-License-Identifier: MIT */
/*
 * Each option of the language, by a table: what it takes, what its paths start from, how it is
 * inherited and overridden, and what is said of null and of a wrong type. An option without a row
 * fails.
 */
#include "resolve/workload.h"
#include "base/buf.h"
#include "base/fs.h"
#include "base/util.h"
#include "lib/unit.h"
#include "lib/unit_fmgen.h"

#include <stdlib.h>
#include <unistd.h>

static struct arena arena;
static struct diag diag;

/* How descendants get it. EACH: nothing to inherit, as each workload has its own. */
enum way { OWN, FILL, APPEND, MERGE, EACH };

/*
 * The workload p, in up/, sets `value`, which shows as `set` (see show). c, two generations below
 * and in another directory, shows what it inherited, and so does its job. Its sibling o sets
 * `child` and shows `over`. Null or `wrong` (which is `kind`) are refused: it must be `wanted`.
 * taken: which of the samples below it takes.
 */
static const struct row {
	const char *name;
	enum way way;
	const char *value, *set, *child, *over;
	const char *wanted, *wrong, *kind;
	const char *taken;
	const char *absent;
} rows[] = {
	/* clang-format off */
	{"name", EACH, "x.1+A_b-c", "x.1+A_b-c", "y", "y", "a string", "12", "an integer", "s", NULL},
	{"base", EACH, "small", "small", "bare", "bare", "a string", "[small]", "a list", "s",
	 "the distro `bare`, which has no root file system"},
	{"workdir", EACH, "w/../v", "w/../v@up/v", "../w", "../w@../w", "a string", "yes", "a boolean", "s",
	 "the directory beside the spec that is called like the file without its extension"},
	{"overlay", OWN, "ov", "ov@up/p/ov", "../x", "../x@x", "a string", "[ov]", "a list", "s", NULL},
	{"files", OWN, "[[a, /b/], [../c, /d]]", "/b/=a@up/p/a|/d=../c@up/c", "[[/e, /f]]", "/f=/e@/e",
	 "a list of [source, destination]", "{a: /b}", "a map", "l", NULL},
	{"deps", OWN, "[a, b/]", "a@up/p/a|b/@up/p/b", "c", "c@o/c", "a string or a list of strings", "1.5", "a fraction", "sl", NULL},
	{"outputs", FILL, "[/a, '/b/*.[ch]']", "/a|/b/*.[ch]", "[/c]", "/c", "a list of strings", "/a", "a string", "l", NULL},
	{"rootfs-size", FILL, "1.5KiB", "1536", "0", "0", "a number or a string with a unit", "[1]", "a list", "i",
	 "as large as its contents plus a margin of 256 MiB"},
	{"run", OWN, "\"r.sh  'a b' c\\\\ d\"", "r.sh@up/p/r.sh|a b|c d", "/s", "/s@/s", "a string", "[r.sh]", "a list", "s", NULL},
	{"command", OWN, "'a; b \"c\" | d'", "a; b \"c\" | d", "e", "e", "a string", "yes", "a boolean", "s", NULL},
	{"host-init", OWN, "h.sh 'a b'", "h.sh@up/p/h.sh|a b", "{script: ../h x, inputs: [a], outputs: [b]}", "../h@h|x",
	 "a string or a map of script, inputs and outputs", "[h.sh]", "a list", "s", NULL},
	{"post-bin", OWN, "{script: h.sh}", "h.sh@up/p/h.sh", "\"b 'c d'\"", "b@o/b|c d",
	 "a string or a map of script, inputs and outputs", "5", "an integer", "s", NULL},
	{"guest-init", OWN, "g.sh -x", "g.sh@up/p/g.sh|-x", "h", "h@o/h", "a string", "{script: g.sh}", "a map", "s", NULL},
	{"post_run_hook", FILL, "k.sh \"a b\"", "k.sh@up/p/k.sh|a b", "l", "l@o/l", "a string", "[k.sh]", "a list", "s", NULL},
	{"linux.source", FILL, "tree", "tree@up/p/tree", "/abs/", "/abs/@/abs", "a string", "[tree]", "a list", "s", "the board's"},
	{"linux.config", APPEND, "[a, ../b]", "a@up/p/a|../b@up/b", "c", "a@up/p/a|../b@up/b|c@o/c",
	 "a string or a list of strings", "{a: b}", "a map", "sl", NULL},
	{"linux.modules", MERGE, "{m: d, n: d, k: e}", "m=d@up/p/d|n=d@up/p/d|k=e@up/p/e",
	 "{m: ~, k: ../k, z: f, y: ~}", "n=d@up/p/d|k=../k@k|z=f@o/f",
	 "a map from module names to directories", "[m]", "a list", "m", NULL},
	{"firmware.opensbi-src", FILL, "sbi", "sbi@up/p/sbi", "../t", "../t@t", "a string", "{}", "a map", "s", "the board's"},
	{"firmware.opensbi-build-args", APPEND, "\"A=1 'B=2 3'\"", "A=1|B=2 3", "[C=4 5, 6, 7.5]", "A=1|B=2 3|C=4 5|6|7.5",
	 "a string or a list of strings", "yes", "a boolean", "sl", NULL},
	{"firmware.bbl-src", FILL, "pk", "pk@up/p/pk", "./q", "./q@o/q", "a string", "[]", "a list", "s", NULL},
	{"firmware.bbl-build-args", APPEND, "[--a, b c]", "--a|b c", "-d 'e f'", "--a|b c|-d|e f",
	 "a string or a list of strings", "8", "an integer", "sl", NULL},
	{"firmware.use-bbl", FILL, "on", "yes", "Off", "no", "a boolean", "'on'", "a string", "b", "no"},
	{"distro.name", FILL, "small", "small", "small", "small", "a string", "[small]", "a list", "s", NULL},
	{"distro.opts", MERGE, "{l: [a, ../b], m: {k: 1, n: x}, s: x}", "l: a@up/p/a|../b@up/b, m: k=1|n=x, s: x",
	 "{l: c, m: {n: y, o: z, k: ~}, t: u}", "l: a@up/p/a|../b@up/b|c@o/c, m: n=y|o=z, s: x, t: u",
	 "a map", "[a]", "a list", "m", NULL},
	{"qemu", FILL, "qemu-x", "qemu-x", "./q", "./q@o/q", "a string", "yes", "a boolean", "ns", "the board's"},
	{"spike", FILL, "bin/spike", "bin/spike@up/p/bin/spike", "~", "null", "a string", "3", "an integer", "ns", "the board's"},
	{"qemu-args", APPEND, "\"-s 'a b'\"", "-s|a b", "[-d e, 5]", "-s|a b|-d e|5",
	 "a string or a list of strings", "{a: b}", "a map", "sl", NULL},
	{"spike-args", APPEND, "[--isa=rv64gc]", "--isa=rv64gc", "--log 'a b'", "--isa=rv64gc|--log|a b",
	 "a string or a list of strings", "off", "a boolean", "sl", NULL},
	{"cpus", FILL, "2", "2", "'8'", "8", "a positive integer", "1.5", "a fraction", "i", "4"},
	{"mem", FILL, "512", "536870912", "2GB", "2000000000", "a number or a string with a unit", "no", "a boolean", "i", "16 GiB"},
	{"launch", FILL, "no", "no", "yes", "yes", "a boolean", "'no'", "a string", "b", "yes"},
	{"bin", OWN, "b", "b@up/p/b", "/c", "/c@/c", "a string", "[b]", "a list", "s", NULL},
	{"img", OWN, "i", "i@up/p/i", "../j", "../j@j", "a string", "{}", "a map", "s", NULL},
	{"jobs", EACH, "[{name: one}, {name: two}]", "one two", "[{name: three}]", "three", "a list of maps", "{name: a}", "a map", "l", NULL},
	{"testing.refDir", OWN, "ref", "ref@up/p/ref", "../r", "../r@r", "a string", "[ref]", "a list", "s", NULL},
	{"testing.buildTimeout", OWN, "60", "60", "70", "70", "a positive integer", "[60]", "a list", "i", "no limit"},
	{"testing.runTimeout", OWN, "60", "60", "70", "70", "a positive integer", "{}", "a map", "i", "no limit"},
	{"testing.strip", OWN, "Yes", "yes", "FALSE", "no", "a boolean", "1", "an integer", "b", "no"},
	{"firesim.simulation_outputs", OWN, "[a, b]", "a|b", "[c]", "c", "a list of strings", "a", "a string", "l", NULL},
	{"firesim.simulation_inputs", OWN, "[a, b]", "a|b", "[c]", "c", "a list of strings", "{}", "a map", "l", NULL},
	{"linux-config", APPEND, "[a, ../b]", "a@up/p/a|../b@up/b", "c", "a@up/p/a|../b@up/b|c@o/c",
	 "a string or a list of strings", "{a: b}", "a map", "sl", NULL},
	{"linux-src", FILL, "tree", "tree@up/p/tree", "t", "t@o/t", "a string", "[tree]", "a list", "s", NULL},
	{"pk-src", FILL, "pk", "pk@up/p/pk", "t", "t@o/t", "a string", "[pk]", "a list", "s", NULL},
	/* clang-format on */
};

static const struct {
	char letter;
	const char *text;
} samples[] = {
	{'n', "~"}, {'b', "yes"}, {'i', "7"}, {'f', "1.5"}, {'s', "word"}, {'l', "[]"}, {'m', "{}"},
};

static void put_data(void)
{
	put("data/boards/b/board.yaml",
	    "name: b\narch: riscv\ncross-compile: x-\n"
	    "linux: {source: linux, config-target: tiny, config: [k.config]}\n"
	    "firmware: {opensbi-src: sbi}\nbusybox: {source: bb, config: bb.config}\n");
	put("data/boards/distros/small/distro.yaml",
	    "name: small\nscript: build\noptions:\n"
	    "  l: {type: paths, inherit: append, help: h}\n"
	    "  m: {type: map, inherit: merge, help: h}\n"
	    "  s: {type: text, help: h}\n"
	    "  t: {type: text, help: h}\n");
	put("data/boards/distros/bare/distro.yaml", "name: bare\nrootfs: no\n");
}

static const char *said(void)
{
	return said_by(&diag);
}

/* The line `name: value` of a spec, with what its group requires; *col (if not NULL) is where the
 * value begins. */
static const char *set(const char *name, const char *value, size_t *col)
{
	const char *dot = strchr(name, '.'), *more = "";
	size_t group = dot ? (size_t)(dot - name) : 0;

	if (dot && streq(arena_dup(&arena, name, group), "testing") && !streq(dot, ".refDir"))
		more = "refDir: r, ";
	const char *head =
		dot ? arena_printf(&arena, "%.*s: {%s%s: ", (int)group, name, more, dot + 1)
		    : arena_printf(&arena, "%s: ", name);
	if (col)
		*col = strlen(head) + 1;
	return arena_printf(&arena, "%s%s%s\n", head, value, dot ? "}" : "");
}

/* A spec of that name and base that sets one option (NULL: none), which may be one of these two. */
static const char *spec(const char *name, const char *base, const struct row *row,
			const char *value)
{
	bool is_name = row && streq(row->name, "name"), is_base = row && streq(row->name, "base");

	return arena_printf(&arena, "%s%s%s", is_name ? "" : set("name", name, NULL),
			    is_base ? "" : set("base", base, NULL),
			    row ? set(row->name, value, NULL) : "");
}

static const struct spec *decode(const char *text)
{
	struct source *src = arena_new(&arena, struct source);

	*src = (struct source){"f.yaml", text, strlen(text)};
	diag_init(&diag, &arena);
	const struct doc *doc = doc_parse(&arena, src, &diag);
	return doc ? decode_spec(&arena, doc, src->path, &diag) : NULL;
}

static const struct model *load(const char *target)
{
	static struct inputs inputs;
	const char *targets[] = {target};
	struct setup s = {.data_dir = "data",
			  .boards_dir = "data/boards",
			  .board = "b",
			  .fetch_dir = "cache",
			  .targets = targets,
			  .ntargets = 1};

	inputs_init(&inputs, &arena);
	diag_init(&diag, &arena);
	return resolve(&arena, &inputs, &s, &diag);
}

static const struct workload *find(const struct model *m, const char *name)
{
	for (size_t i = 0; i < m->n; i++)
		if (streq(m->workloads[i]->name, name))
			return m->workloads[i];
	return NULL;
}

static void show_items(struct buf *b, const struct value *v)
{
	for (size_t i = 0; i < v->n; i++) {
		const struct item *item = &v->items[i];

		buf_printf(b, "%s%s%s%s", i ? "|" : "", item->key.s ? item->key.s : "",
			   item->key.s ? "=" : "", item->text.s);
		if (item->path)
			buf_printf(b, "@%s", item->path);
	}
}

/* The options of the distro that are set. */
static void show_distro(struct buf *b, const struct workload *w)
{
	for (size_t i = 0; i < w->distro->noptions; i++) {
		if (w->distro_opts[i].state != VALUE_SET)
			continue;
		buf_printf(b, "%s%s: ", b->len ? ", " : "", w->distro->options[i].name);
		show_items(b, &w->distro_opts[i]);
	}
}

/* The value of an option of w: "-" (absent), "null", a number, yes or no, or items
 * KEY=TEXT@PATH with | between them. */
static const char *show(const struct workload *w, const struct option *opt)
{
	const struct option *now = opt->replaced_by ? option_find(opt->replaced_by) : opt;
	const struct value *v = wl_value(w, (enum option_id)(now - options));
	struct buf b = {0};

	if (v->state != VALUE_SET)
		return v->state == VALUE_NULL ? "null" : "-";
	if (now->type == TYPE_SIZE || now->type == TYPE_MEM || now->type == TYPE_COUNT)
		buf_printf(&b, "%lld", v->number);
	else if (now->type == TYPE_BOOL)
		buf_puts(&b, v->number ? "yes" : "no");
	else if (now->type == TYPE_MAP)
		show_distro(&b, w);
	else if (now->type == TYPE_JOBS)
		for (size_t i = 0; i < w->njobs; i++)
			buf_printf(&b, "%s%s", i ? " " : "",
				   value_text(&w->jobs[i]->spec->values[OPT_NAME]));
	else
		show_items(&b, v);
	const char *text = arena_strdup(&arena, buf_str(&b));
	buf_free(&b);
	return text;
}

static const struct row *find_row(const char *name)
{
	for (size_t i = 0; i < LEN(rows); i++)
		if (streq(rows[i].name, name))
			return &rows[i];
	return NULL;
}

static void each_option_has_a_row(void)
{
	for (size_t i = 0; i < OPT_COUNT; i++)
		if (!CHECK(find_row(options[i].name)))
			printf("# for %s\n", options[i].name);
	for (size_t i = 0; i < LEN(rows); i++)
		if (!CHECK(option_find(rows[i].name)) || !CHECK(find_row(rows[i].name) == &rows[i]))
			printf("# for %s\n", rows[i].name);
	for (size_t i = 0; i < LEN(rows); i++)
		CHECK_STR(option_find(rows[i].name)->absent, rows[i].absent);
}

static void chain_of(const struct row *row)
{
	static const char *const names[] = {"m", "c", "c-j"};
	const struct option *opt = option_find(row->name);
	const char *inherited = row->way == OWN || row->way == EACH ? "-" : row->set;
	const struct model *m;

	put("up/p.yaml", spec("p", "small", row, row->value));
	put("mid/m.yaml", spec("m", "../up/p.yaml", NULL, NULL));
	put("c.yaml",
	    arena_printf(&arena, "%s%s", spec("c", "mid/m.yaml", NULL, NULL), "jobs: [{name: j}]"));
	m = load("c.yaml");
	if (!CHECK(m) || !CHECK_INT(m->n, streq(row->name, "jobs") ? 6 : 4) ||
	    !CHECK_INT(diag.errors, 0))
		return;
	CHECK_STR(show(m->workloads[0], opt), row->set);
	for (size_t i = 0; row->way != EACH && i < LEN(names); i++) {
		const struct workload *w = find(m, names[i]);

		if (CHECK(w))
			CHECK_STR(show(w, opt), inherited);
	}
}

static void child_of(const struct row *row)
{
	const struct option *opt = option_find(row->name);
	const char *jobs = streq(row->name, "jobs") ? "" : "jobs: [{name: j}]";
	const struct model *m;

	put("o.yaml", arena_printf(&arena, "%s%s", spec("o", "mid/m.yaml", row, row->child), jobs));
	m = load("o.yaml");
	if (!CHECK(m && m->n) || !CHECK_INT(diag.errors, 0))
		return;
	const struct workload *w = find(m, streq(row->name, "name") ? row->child : "o");
	if (!CHECK(w))
		return;
	CHECK_STR(show(w, opt), row->over);
	if (row->way != EACH)
		CHECK_STR(show(w->jobs[0], opt), row->way == OWN ? "-" : row->over);
}

static void values_are_inherited_and_overridden(void)
{
	for (size_t i = 0; i < LEN(rows); i++) {
		int before = (int)unit_failures;

		chain_of(&rows[i]);
		child_of(&rows[i]);
		if ((int)unit_failures != before)
			printf("# for %s\n%s", rows[i].name, said());
	}
}

/* The value is refused, at its place, once, with those words. */
static void refused(const struct row *row, const char *value, const char *words)
{
	size_t col;
	bool is_name = streq(row->name, "name");
	const char *line = set(row->name, value, &col);
	const char *expected =
		arena_printf(&arena, "f.yaml:%d:%zu: error: %s\n", is_name ? 1 : 2, col, words);

	CHECK(decode(arena_printf(&arena, "%s%s", is_name ? "" : "name: n\n", line)));
	CHECK_INT(diag.errors, 1);
	const char *text = said();
	if (!CHECK(after_prefix(text, expected)))
		printf("# for %s: expected %s# but got  %s", row->name, expected, text);
}

static void wrong_types_are_refused(void)
{
	for (size_t i = 0; i < LEN(rows); i++)
		refused(&rows[i], rows[i].wrong,
			arena_printf(&arena, "`%s` must be %s, not %s", rows[i].name,
				     rows[i].wanted, rows[i].kind));
}

static void null_is_refused_where_it_means_nothing(void)
{
	for (size_t i = 0; i < LEN(rows); i++) {
		const struct row *row = &rows[i];

		if (strchr(row->taken, 'n'))
			continue;
		refused(row, "null",
			arena_printf(&arena, "`%s` must be %s, not null", row->name, row->wanted));
	}
	CHECK(decode("name: n\nmem:\n"));
	CHECK(after_prefix(said(), "f.yaml:2:5: error: `mem` has no value: it must be a number"));
}

/* Each kind of value is taken, or is exactly one error. */
static void kinds_are_told_apart(void)
{
	for (size_t i = 0; i < LEN(rows) * LEN(samples); i++) {
		const struct row *row = &rows[i / LEN(samples)];
		const char *value = samples[i % LEN(samples)].text;
		bool taken = strchr(row->taken, samples[i % LEN(samples)].letter);
		const char *line = set(row->name, value, NULL);

		CHECK(decode(arena_printf(&arena, "%s%s",
					  streq(row->name, "name") ? "" : "name: n\n", line)));
		if (!CHECK_INT(diag.errors, !taken))
			printf("# for %s%s", line, said());
	}
}

/* An old name is taken with a note, and refused beside the group of the new one. */
static void old_names_are_translated(void)
{
	static const char *const names[][2] = {
		{"linux-config", "linux"}, {"linux-src", "linux"}, {"pk-src", "firmware"}};

	for (size_t i = 0; i < LEN(names); i++) {
		const char *line = set(names[i][0], "a", NULL), *text;
		const struct option *old = option_find(names[i][0]);

		CHECK(decode(arena_printf(&arena, "name: n\n%s", line)));
		CHECK_INT(diag.errors + diag.warnings, 0);
		text = said();
		CHECK(after_prefix(text, arena_printf(&arena,
						      "f.yaml:2:1: note: `%s` is an old name of "
						      "`%s`\n",
						      names[i][0], old->replaced_by)));
		CHECK(decode(arena_printf(&arena, "name: n\n%s%s: {}\n", line, names[i][1])));
		CHECK_INT(diag.errors, 1);
		text = said();
		CHECK(after_prefix(text, arena_printf(&arena,
						      "f.yaml:2:1: error: `%s` cannot be used "
						      "together with the group `%s`\n",
						      names[i][0], names[i][1])));
		CHECK(strstr(text, "f.yaml:3:1: note: the group is here\n"));
	}
}

static void required_options_are_missed(void)
{
	CHECK(decode("base: bare\n"));
	CHECK(after_prefix(said(), "f.yaml:1:1: error: `name` is missing\n"));
	CHECK(decode("name: n\ntesting: {strip: yes}\njobs: [{cpus: 1}]\n"));
	CHECK_INT(diag.errors, 2);
	const char *text = said();
	CHECK(after_prefix(text, "f.yaml:2:1: error: `testing.refDir` is missing\n"));
	CHECK(strstr(text, "f.yaml:3:8: error: `name` is missing\n"));
}

static void groups_may_be_empty(void)
{
	const struct spec *s = decode("name: n\nlinux: {}\nfirmware: {}\ndistro: {}\nfiresim: {}");

	CHECK_INT(diag.errors, 0);
	CHECK(s && s->has_linux && s->has_firmware);
	CHECK(decode("name: n\nlinux:\nfirmware: []\n"));
	CHECK_INT(diag.errors, 2);
}

static void jobs_have_their_own_or_their_owners_base(void)
{
	put("farm.yaml", "name: farm\nbase: small\nworkdir: w\njobs:\n- {name: a, overlay: o}\n"
			 "- {name: b, base: bare, bin: x}\n- {name: c, base: other.yaml}\n");
	put("other.yaml", "name: other\nbase: small\n");
	const struct model *m = load("farm.yaml");
	if (!CHECK(m) || !CHECK_INT(m->n, 5) || !CHECK_INT(diag.errors, 0))
		return;
	for (size_t i = 0; i < m->n; i++) {
		const struct workload *w = m->workloads[i];

		if (!w->owner)
			continue;
		CHECK_STR(w->workdir, "w");
		const char *parent = streq(w->name, "farm-a")	? "farm"
				     : streq(w->name, "farm-c") ? "other"
								: NULL;
		CHECK_STR(w->parent ? w->parent->name : NULL, parent);
		CHECK_STR(w->distro->name.s, parent ? "small" : "bare");
	}
}

int main(void)
{
	char dir[] = "/tmp/fmgen-options-XXXXXX";

	unsetenv("CROSS_COMPILE");
	if (!mkdtemp(dir) || chdir(dir) != 0)
		die("%s:", dir);
	put_data();
	RUN(each_option_has_a_row);
	RUN(values_are_inherited_and_overridden);
	RUN(wrong_types_are_refused);
	RUN(null_is_refused_where_it_means_nothing);
	RUN(kinds_are_told_apart);
	RUN(old_names_are_translated);
	RUN(required_options_are_missed);
	RUN(groups_may_be_empty);
	RUN(jobs_have_their_own_or_their_owners_base);
	remove_tree(dir);
	arena_free(&arena);
	return unit_done();
}
