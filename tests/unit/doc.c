/* SPDX-License-Identifier: MIT */
#include "load/doc.h"
#include "lib/unit.h"

#include <limits.h>

static struct arena arena;
static struct diag diag;

static struct doc *parse_len(const char *text, size_t len)
{
	struct source *src = arena_new(&arena, struct source);

	*src = (struct source){"f.yaml", text, len};
	diag_init(&diag, &arena);
	return doc_parse(&arena, src, &diag);
}

static struct doc *parse(const char *text)
{
	return parse_len(text, strlen(text));
}

/* The kind of a plain scalar. */
static int kind(const char *text)
{
	char line[100];

	snprintf(line, sizeof(line), "k: %s\n", text);
	const struct doc *doc = parse(line);
	return CHECK(doc && doc->n == 1) ? (int)doc->items[0]->kind : -1;
}

static long long integer(const char *text)
{
	char line[100];

	snprintf(line, sizeof(line), "[%s]", text);
	const struct doc *doc = parse(line);
	return CHECK(doc && doc->n == 1 && doc->items[0]->kind == DOC_INT) ? doc->items[0]->integer
									   : -12345;
}

static void scalars_have_the_kinds_of_yaml_1_1(void)
{
	static const struct {
		const char *text;
		enum doc_kind kind;
	} cases[] = {
		{"~", DOC_NULL},
		{"", DOC_NULL},
		{"null", DOC_NULL},
		{"nULL", DOC_STRING},
		{"yes", DOC_BOOL},
		{"Off", DOC_BOOL},
		{"y", DOC_STRING},
		{"TRUE", DOC_BOOL},
		{"tRUE", DOC_STRING},
		{"1.5", DOC_FLOAT},
		{".5", DOC_FLOAT},
		{"1.", DOC_FLOAT},
		{"1e3", DOC_STRING},
		{"1.0e+3", DOC_FLOAT},
		{".inf", DOC_FLOAT},
		{"+.5", DOC_STRING},
		{"08", DOC_STRING},
		{"1.2.3", DOC_STRING},
		{"'1'", DOC_STRING},
		{"\"no\"", DOC_STRING},
		{"!!str 1", DOC_STRING},
		{"!!int '1'", DOC_INT},
		{"2024-01-02", DOC_STRING},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		if (!CHECK_INT(kind(cases[i].text), cases[i].kind))
			printf("# for \"%s\"\n", cases[i].text);
}

static void integers_have_bases(void)
{
	CHECK_INT(integer("0"), 0);
	CHECK_INT(integer("-17"), -17);
	CHECK_INT(integer("+1_000"), 1000);
	CHECK_INT(integer("0x1f"), 31);
	CHECK_INT(integer("0b101"), 5);
	CHECK_INT(integer("0777"), 511);
	CHECK_INT(integer("1:30"), 90);
	CHECK_INT(integer("9223372036854775808"), LLONG_MAX);
	CHECK_INT(integer("-99999999999999999999"), LLONG_MIN);
}

static void values_have_places(void)
{
	const struct doc *doc =
		parse("# \xc3\xa4\na: &x\n  \"b\xc3\xb6\": 'q'\n  c: !!str pl in\n");
	const struct doc *inner = doc ? doc->items[0] : NULL;

	if (!CHECK(inner && inner->n == 2))
		return;
	CHECK_INT(doc->keys[0].at.line, 2);
	CHECK_INT(inner->keys[0].at.line, 3);
	CHECK_INT(inner->keys[0].at.col, 3);
	CHECK_INT(inner->items[0]->at.col, 10);
	CHECK_INT(inner->items[0]->at.len, 3);
	CHECK_INT(inner->items[1]->at.line, 4);
	CHECK_INT(inner->items[1]->at.col, 12);
	CHECK_INT(inner->items[1]->at.len, 5);
	struct span part = doc_part(inner->items[1], 3, 2);
	CHECK_INT(part.col, 15);
	CHECK_INT(part.len, 2);
}

static void texts_of_many_lines_have_a_mark(void)
{
	const struct doc *doc = parse("a: |-  # why\n  b\nc: >\n  d\ne: \"f\n  g\"\n");

	if (!CHECK(doc && doc->n == 3))
		return;
	CHECK_INT(doc->items[0]->at.len, 2);
	CHECK_INT(doc->items[1]->at.len, 1);
	CHECK_INT(doc->items[2]->at.len, 2);
}

static void a_byte_order_mark_is_skipped(void)
{
	const struct doc *doc = parse("\xef\xbb\xbf{\"a\": 1}");

	if (CHECK(doc))
		CHECK_INT(doc->keys[0].at.col, 2);
}

static void merge_keys_fill_in(void)
{
	const struct doc *doc = parse("a: &a {x: 1, y: 1}\nb: &b {y: 2, z: 2}\n"
				      "c: {<<: [*a, *b], x: 3}\nd: {\"<<\": 1}\n");

	if (!CHECK(doc))
		return;
	const struct doc *c = doc_get(doc, "c");
	CHECK_INT(c->n, 3);
	CHECK_INT(doc_get(c, "x")->integer, 3);
	CHECK_INT(doc_get(c, "y")->integer, 1);
	CHECK_INT(doc_get(c, "z")->integer, 2);
	CHECK(doc_get(doc_get(doc, "d"), "<<"));
}

static void bad_documents_are_refused(void)
{
	static const char *const bad[] = {
		"",
		"# only a comment\n",
		"a: 1\na: 2\n",
		"a: 1\n---\nb: 2\n",
		"a: *x\n",
		"&a [*a]",
		"? [a]\n: b\n",
		"a: \"\\0\"\n",
		"a: !thing b\n",
		"{a: [1}",
		"a:\n\tb: 1\n",
		"\xff",
		"<<: 1",
		"%YAML 3.0\n---\na",
	};

	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		if (!CHECK(!parse(bad[i])) || !CHECK(diag.errors > 0))
			printf("# for \"%s\"\n", bad[i]);
}

static void depth_and_size_have_limits(void)
{
	static char deep[100000];
	static const char laughs[] = "a: &a [x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\n"
				     "c: &c [*b,*b,*b,*b,*b,*b,*b,*b]\n"
				     "d: &d [*c,*c,*c,*c,*c,*c,*c,*c]\n"
				     "e: &e [*d,*d,*d,*d,*d,*d,*d,*d]\n"
				     "f: &f [*e,*e,*e,*e,*e,*e,*e,*e]\n";

	memset(deep, '[', sizeof(deep));
	CHECK(!parse_len(deep, sizeof(deep)));
	CHECK(!parse(laughs));
}

int main(void)
{
	RUN(scalars_have_the_kinds_of_yaml_1_1);
	RUN(integers_have_bases);
	RUN(values_have_places);
	RUN(texts_of_many_lines_have_a_mark);
	RUN(a_byte_order_mark_is_skipped);
	RUN(merge_keys_fill_in);
	RUN(bad_documents_are_refused);
	RUN(depth_and_size_have_limits);
	arena_free(&arena);
	return unit_done();
}
