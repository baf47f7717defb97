/* SPDX-License-Identifier: MIT */
#include "decode/spec.h"
#include "base/util.h"
#include "lib/unit.h"

static struct arena arena;
static struct diag diag;

static struct spec *decode(const char *text)
{
	struct source *src = arena_new(&arena, struct source);

	*src = (struct source){"dir/f.yaml", text, strlen(text)};
	diag_init(&diag, &arena);
	const struct doc *doc = doc_parse(&arena, src, &diag);
	return doc ? decode_spec(&arena, doc, src->path, &diag) : NULL;
}

/* Each line of the table is complete, and its name is found. */
static void the_table_is_sound(void)
{
	for (size_t i = 0; i < OPT_COUNT; i++) {
		const struct option *o = &options[i];

		if (!CHECK(o->name && o->help && o->since))
			continue;
		CHECK(option_find(o->name) == o);
		CHECK(!o->replaced_by || option_find(o->replaced_by));
		CHECK(o->help[strlen(o->help) - 1] == '.');
	}
	CHECK(!option_find("linux"));
	CHECK(option_is_group("linux"));
	CHECK(!option_is_group("lin"));
	CHECK(!option_is_group("name"));
	CHECK(!option_is_group(""));
}

static void values_are_decoded(void)
{
	const struct spec *s = decode("name: n\nrun: a.sh 'b c' d\nmem: 512\nrootfs-size: 1MiB\n"
				      "cpus: '2'\nlaunch: no\nqemu: ~\n"
				      "files: [[a, /b]]\noutputs: [/x, /y]\n"
				      "linux: {config: one, modules: {m: d, n: null}}\n"
				      "firmware: {opensbi-build-args: [A=1, 2]}\n");

	if (!CHECK(s) || !CHECK_INT(diag.errors + diag.warnings, 0))
		return;
	CHECK_STR(s->dir, "dir");
	CHECK_INT(s->values[OPT_RUN].n, 3);
	CHECK_STR(s->values[OPT_RUN].items[1].text.s, "b c");
	CHECK_INT(s->values[OPT_RUN].items[2].text.at.col, 17);
	CHECK_INT(s->values[OPT_MEM].number, 512 << 20);
	CHECK_INT(s->values[OPT_ROOTFS_SIZE].number, 1 << 20);
	CHECK_INT(s->values[OPT_CPUS].number, 2);
	CHECK_INT(s->values[OPT_LAUNCH].state, VALUE_SET);
	CHECK_INT(s->values[OPT_LAUNCH].number, 0);
	CHECK_INT(s->values[OPT_QEMU].state, VALUE_NULL);
	CHECK_INT(s->values[OPT_SPIKE].state, VALUE_UNSET);
	CHECK_STR(s->values[OPT_FILES].items[0].key.s, "/b");
	CHECK_INT(s->values[OPT_OUTPUTS].n, 2);
	CHECK_STR(value_text(&s->values[OPT_LINUX_CONFIG]), "one");
	CHECK_STR(s->values[OPT_LINUX_MODULES].items[0].key.s, "m");
	CHECK_STR(s->values[OPT_LINUX_MODULES].items[1].text.s, NULL);
	CHECK_STR(s->values[OPT_OPENSBI_ARGS].items[1].text.s, "2");
	CHECK(s->has_linux && s->has_firmware);
}

static void old_names_are_translated(void)
{
	const struct spec *s = decode("name: n\nlinux-config: [a, b]\npk-src: pk\n");

	if (!CHECK(s) || !CHECK_INT(diag.errors, 0))
		return;
	CHECK_INT(s->values[OPT_LINUX_CONFIG].n, 2);
	CHECK_STR(value_text(&s->values[OPT_BBL_SRC]), "pk");
	CHECK_INT(s->values[OPT_LINUX_CONFIG_OLD].state, VALUE_UNSET);
	CHECK(s->has_linux && s->has_firmware);
	CHECK(decode("name: n\nlinux-src: a\nlinux: {}\n"));
	CHECK_INT(diag.errors, 1);
}

static void steps_are_text_or_maps(void)
{
	const struct spec *s = decode("name: n\nhost-init: a b\n"
				      "post-bin: {script: c d, inputs: [e], outputs: []}\n");

	if (!CHECK(s) || !CHECK_INT(diag.errors, 0))
		return;
	CHECK_STR(s->values[OPT_HOST_INIT].items[1].text.s, "b");
	CHECK_STR(s->values[OPT_POST_BIN].items[0].text.s, "c");
	CHECK_INT(doc_get(s->values[OPT_POST_BIN].doc, "inputs")->n, 1);
}

static void jobs_are_specs(void)
{
	const struct spec *s = decode("name: n\njobs: [{name: a, cpus: 1}, {name: b}]\n");

	if (!CHECK(s) || !CHECK_INT(s->njobs, 2))
		return;
	CHECK_STR(value_text(&s->jobs[1]->values[OPT_NAME]), "b");
	CHECK_INT(s->jobs[0]->values[OPT_CPUS].number, 1);
}

static void a_bad_value_does_not_hide_the_next(void)
{
	const struct spec *s =
		decode("name: [n]\ncpus: 0\nmem: x\nfiles: [[a], [b, c], d]\n"
		       "outputs: [a, /b]\nlinux: 1\njobs: [1, {name: x, jobs: []}]\n");

	CHECK(s);
	CHECK_INT(diag.errors, 9);
	if (s) {
		CHECK_INT(s->values[OPT_FILES].state, VALUE_UNSET);
		CHECK_INT(s->values[OPT_FILES].n, 0);
	}
}

static void booleans_are_those_of_yaml_1_1(void)
{
	static const char *const yes[] = {"yes",  "Yes", "YES", "true", "True",
					  "TRUE", "on",	 "On",	"ON"};
	static const char *const no[] = {"no",	  "No",	 "NO",	"false", "False",
					 "FALSE", "off", "Off", "OFF"};

	for (size_t i = 0; i < LEN(yes); i++) {
		const struct spec *s = decode(arena_printf(
			&arena, "name: n\nlaunch: %s\nfirmware: {use-bbl: %s}\n", yes[i], no[i]));

		CHECK_INT(s->values[OPT_LAUNCH].number, 1);
		CHECK_INT(s->values[OPT_USE_BBL].number, 0);
		CHECK_INT(s->values[OPT_USE_BBL].state, VALUE_SET);
	}
}

static void sizes_have_all_units(void)
{
	static const struct {
		const char *text;
		long long bytes, mem;
	} cases[] = {
		{"67108864B", 1 << 26, 1 << 26}, {"70000kB", 70000000, 70000000},
		{"70000KB", 70000000, 70000000}, {"64MB", 64000000, 64000000},
		{"2GB", 2000000000, 2000000000}, {"1TB", 1000000000000, 1000000000000},
		{"65536K", 1 << 26, 1 << 26},	 {"65536KiB", 1 << 26, 1 << 26},
		{"64M", 1 << 26, 1 << 26},	 {"64MiB", 1 << 26, 1 << 26},
		{"64 mib", 1 << 26, 1 << 26},	 {"3G", 3LL << 30, 3LL << 30},
		{"3GiB", 3LL << 30, 3LL << 30},	 {"1.5GiB", 3LL << 29, 3LL << 29},
		{"1T", 1LL << 40, 1LL << 40},	 {"1TiB", 1LL << 40, 1LL << 40},
		{"4096", 4096, 4096LL << 20},	 {"\"4096\"", 4096, 4096LL << 20},
		{"0x10", 16, 16 << 20},
	};

	for (size_t i = 0; i < LEN(cases); i++) {
		const struct spec *s =
			decode(arena_printf(&arena, "name: n\nrootfs-size: %s\nmem: %s\n",
					    cases[i].text, cases[i].text));

		CHECK_INT(s->values[OPT_ROOTFS_SIZE].number, cases[i].bytes);
		CHECK_INT(s->values[OPT_MEM].number, cases[i].mem);
		CHECK_INT(diag.errors, 0);
	}
}

int main(void)
{
	RUN(the_table_is_sound);
	RUN(values_are_decoded);
	RUN(old_names_are_translated);
	RUN(steps_are_text_or_maps);
	RUN(jobs_are_specs);
	RUN(a_bad_value_does_not_hide_the_next);
	RUN(booleans_are_those_of_yaml_1_1);
	RUN(sizes_have_all_units);
	arena_free(&arena);
	return unit_done();
}
