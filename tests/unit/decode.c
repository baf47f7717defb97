/* SPDX-License-Identifier: MIT */
#include "decode/spec.h"
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

int main(void)
{
	RUN(the_table_is_sound);
	RUN(values_are_decoded);
	RUN(old_names_are_translated);
	RUN(steps_are_text_or_maps);
	RUN(jobs_are_specs);
	RUN(a_bad_value_does_not_hide_the_next);
	arena_free(&arena);
	return unit_done();
}
