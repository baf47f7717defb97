/* SPDX-License-Identifier: MIT */
/* JSON and YAML as people and editors write them. */
#include "load/json.h"
#include "load/doc.h"
#include "load/lenient.h"
#include "base/util.h"
#include "lib/unit.h"
#include "lib/unit_fmgen.h"

#include <stdlib.h>

static struct arena arena;
static struct diag diag;

static const struct source *source(const char *path, const char *text)
{
	struct source *src = arena_new(&arena, struct source);

	*src = (struct source){path, text, strlen(text)};
	diag_init(&diag, &arena);
	return src;
}

static const struct doc *read_json(const char *text)
{
	return doc_parse(&arena, source("f.json", text), &diag);
}

/* The first line of what was said, from the line and column on; "" for nothing. */
static const char *said(void)
{
	const char *text = said_by(&diag);
	const char *place = after_prefix(text, "f.json:");
	const char *line = place ? place : text;

	return arena_dup(&arena, line, strcspn(line, "\n"));
}

static void comments_of_c_are_blanks(void)
{
	static const struct {
		const char *text, *value; /* of the key k */
	} cases[] = {
		{"// one\n{ \"k\": \"v\" }", "v"},
		{"/* one\n two */ {\"k\": \"v\" /* three */ } // four", "v"},
		{"{ // \"k\": \"no\",\n \"k\": \"v\"}", "v"},
		{"{\"k\":/**/\"v\"/* \" */}", "v"},
		{"{\"k\": \"a // b /* c */\"}", "a // b /* c */"},
		{"{\"k\": \"a \\\" // b\"}", "a \" // b"},
		{"{\"k\": \"\\\\\" // b\n}", "\\"},
		{"{'k': 'it''s // it' /* isn't */}", "it's // it"},
		{"{ # it's // a /* comment\n\"k\": \"v\"}", "v"},
		{"{\"k\": http://host/*}", "http://host/*"},
		{"k: a // b\n", "a // b"},
		{"k: /* a\n", "/* a"},
	};

	for (size_t i = 0; i < LEN(cases); i++) {
		const struct doc *doc = read_json(cases[i].text);

		if (!CHECK(doc) || !CHECK_STR(doc_get(doc, "k")->text, cases[i].value))
			printf("# for %s\n", cases[i].text);
	}
}

static void yaml_files_keep_their_text(void)
{
	const struct doc *doc = doc_parse(&arena, source("f.yaml", "{k: a // b}"), &diag);

	if (CHECK(doc))
		CHECK_STR(doc_get(doc, "k")->text, "a // b");
	CHECK(!doc_parse(&arena, source("f.yaml", "// a\n{k: b}"), &diag));
}

static void places_stay_where_they_were(void)
{
	const struct doc *doc = read_json("\xef\xbb\xbf/* \xc3\xa4\xe2\x82\xac */\t{\r\n"
					  "\t/* \xc3\xb6\r\n*/\t\"k\": \t1,\r\n\t\"l\": 2}");

	if (!CHECK(doc))
		return;
	CHECK_INT(doc->keys[0].at.line, 3);
	CHECK_INT(doc->keys[0].at.col, 4);
	CHECK_INT(doc->items[0]->at.col, 10);
	CHECK_INT(doc->keys[1].at.line, 4);
	CHECK_INT(doc->keys[1].at.col, 2);
	CHECK_INT(doc->items[1]->at.len, 1);
}

static void a_comment_has_an_end(void)
{
	CHECK(!read_json("{\"k\": 1 /* 2\n}"));
	CHECK_STR(said(), "1:9: error: the comment that begins here has no end");
}

static void tabs_are_white_space(void)
{
	const struct doc *doc =
		read_json("\t{\t\"k\"\t:\t[\t1\t,\t2\t]\t,\n\t\t\"l\":\ttrue\t}\t\n");

	if (!CHECK(doc))
		return;
	CHECK_INT(doc_get(doc, "k")->n, 2);
	CHECK_INT(doc_get(doc, "l")->boolean, true);
	doc = doc_parse(&arena, source("f.yaml", "k: [\t1,\n\t2\t]\nl:\t{\ta:\tb\t}\n"), &diag);
	if (CHECK(doc))
		CHECK_STR(doc_get(doc_get(doc, "l"), "a")->text, "b");
}

/* Each is read, with one warning at the first place that is no JSON; "" for none. */
static void what_is_no_json_is_told_once(void)
{
	static const struct {
		const char *text, *said;
	} cases[] = {
		{"{\"a\": [1, 2.5, -0.5e+3, true, null, \"\\u00e4\"]}\n", ""},
		{"\xef\xbb\xbf\t{\"a\"\t:\r\n1}\r\n", ""},
		{"{\"a\": 1.05, \"b\": 100, \"c\": \"010\", \"d\": 0}", ""},
		{"{\"a\": 1,}", "1:9:"},
		{"{\"a\": [1,\n], # 2\n}", "2:1:"},
		{"{\n# 1\n\"a\": 1}", "2:1:"},
		{"{\"a\": // 1\n 2,}", "1:7:"},
		{"{a: 1}", "1:2:"},
		{"{\"a\": 'b'}", "1:7:"},
		{"{\"a\": yes}", "1:7:"},
		{"{\"a\": 010}", "1:7:"},
		{"{\"a\": 1, \"b\": [0, 00]}", "1:19:"},
		{"{\"a\": \"b\tc\"}", "1:9:"},
		{"{\"a\": \"b\n c\"}", "1:9:"},
		{"a: 1\n", "1:1:"},
		{"--- {\"a\": 1}\n", "1:1:"},
	};

	for (size_t i = 0; i < LEN(cases); i++) {
		const struct source *src = source("f.json", cases[i].text);
		bool valid = !*cases[i].said;

		CHECK(doc_parse(&arena, src, &diag));
		CHECK_INT(json_check(src, NULL), valid);
		CHECK_INT(json_check(src, &diag), valid);
		CHECK_INT(diag.warnings, !valid);
		const char *text = said();
		if (!CHECK(*cases[i].said ? after_prefix(text, cases[i].said) != NULL : !*text))
			printf("# for %s: %s\n", cases[i].text, text);
	}
}

static void lines_end_as_in_windows(void)
{
	const struct doc *doc =
		doc_parse(&arena,
			  source("f.yaml", "\xef\xbb\xbf"
					   "k: 'a'\r\nl: |\r\n  b\r\n  c\r\nm: d\r\n"),
			  &diag);

	if (!CHECK(doc))
		return;
	CHECK_STR(doc_get(doc, "l")->text, "b\nc\n");
	CHECK_INT(doc->keys[2].at.line, 5);
	CHECK_INT(doc->items[2]->at.len, 1);
}

static void texts_have_many_forms(void)
{
	static const struct {
		const char *yaml, *text;
	} cases[] = {
		{"|\n  a\n   b\n\n  c\n", "a\n b\n\nc\n"},
		{"|-\n  a\n  b\n", "a\nb"},
		{"|+\n  a\n", "a\n\n"},
		{">\n  a\n  b\n\n  c\n", "a b\nc\n"},
		{"\"a\\tb \\u20ac \\\n  c\"", "a\tb \xe2\x82\xac c"},
		{"'it''s'", "it's"},
		{"a # no text", "a"},
		{"a#b", "a#b"},
		{"\"a # b\"", "a # b"},
		{"plain\n  and more", "plain and more"},
		{"&x a", "a"},
		{"!!str 12", "12"},
	};

	for (size_t i = 0; i < LEN(cases); i++) {
		const char *text = arena_printf(&arena, "k: %s\n", cases[i].yaml);
		const struct doc *doc = doc_parse(&arena, source("f.yaml", text), &diag);

		if (!CHECK(doc) || !CHECK_STR(doc_get(doc, "k")->text, cases[i].text))
			printf("# for %s\n", cases[i].yaml);
	}
}

int main(void)
{
	RUN(comments_of_c_are_blanks);
	RUN(yaml_files_keep_their_text);
	RUN(places_stay_where_they_were);
	RUN(a_comment_has_an_end);
	RUN(tabs_are_white_space);
	RUN(what_is_no_json_is_told_once);
	RUN(lines_end_as_in_windows);
	RUN(texts_have_many_forms);
	arena_free(&arena);
	return unit_done();
}
