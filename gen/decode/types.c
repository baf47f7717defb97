/* SPDX-License-Identifier: MIT */
#include "decode/types.h"
#include "decode/values.h"
#include "base/util.h"

#include <limits.h>
#include <string.h>

struct diag_item *wrong_type(struct decoder *dc, const char *what, const struct doc *doc,
			     const char *wanted)
{
	bool empty = doc->kind == DOC_NULL && !*doc->text;
	const struct option *opt = option_find(what);
	struct diag_item *item =
		empty ? diag_error(dc->diag, doc->at, "`%s` has no value: it must be %s", what,
				   wanted)
		      : diag_error(dc->diag, doc->at, "`%s` must be %s, not %s", what, wanted,
				   doc_kind_name(doc->kind));

	if (after_prefix(wanted, "a string") &&
	    (doc->kind == DOC_INT || doc->kind == DOC_BOOL || doc->kind == DOC_FLOAT))
		diag_hint(dc->diag, item, "put it in quotes: \"%s\"", doc->text);
	else if (doc->kind == DOC_NULL && (opt ? !opt->required : option_is_group(what)))
		diag_hint(dc->diag, item, "leave it out to keep the default");
	return item;
}

static void set_items(struct decoder *dc, struct value *v, size_t n)
{
	v->items = arena_array(dc->arena, struct item, n);
	v->n = n;
}

/* Whether doc is a string that is not empty; reports it where it is not. */
static bool want_text(struct decoder *dc, const char *what, const struct doc *doc)
{
	if (doc->kind != DOC_STRING) {
		wrong_type(dc, what, doc, "a string");
		return false;
	}
	if (!*doc->text)
		diag_error(dc->diag, doc->at, "`%s` is empty", what);
	return *doc->text;
}

static bool decode_text(struct decoder *dc, const struct option *opt, const struct doc *doc,
			struct value *v)
{
	if (!want_text(dc, opt->name, doc))
		return false;
	set_items(dc, v, 1);
	v->items[0].text = (struct str){doc->text, doc->at};
	return true;
}

static bool decode_name(struct decoder *dc, const struct option *opt, const struct doc *doc,
			struct value *v)
{
	if (!decode_text(dc, opt, doc, v))
		return false;
	if (is_name(doc->text))
		return true;
	struct diag_item *item = diag_error(dc->diag, doc->at, "`%s` cannot be a name", doc->text);
	diag_hint(dc->diag, item,
		  "a name is made of letters, digits and . _ + - and does not begin with . or -");
	if (strlen(doc->text) > NAME_LENGTH)
		diag_hint(dc->diag, item, "it has at most %d characters", NAME_LENGTH);
	return false;
}

/* A list of strings; numbers are taken as they are written where the items are words of a command
 * line. */
static bool decode_list(struct decoder *dc, const struct option *opt, const struct doc *doc,
			struct value *v)
{
	bool ok = true;

	set_items(dc, v, doc->n);
	for (size_t i = 0; i < doc->n; i++) {
		const struct doc *item = doc->items[i];
		bool number = item->kind == DOC_INT || item->kind == DOC_FLOAT;

		v->items[i].text = (struct str){item->text, item->at};
		if (opt->type == TYPE_WORDS && (number || item->kind == DOC_STRING))
			continue;
		ok &= want_text(dc, opt->name, item);
	}
	return ok;
}

static bool decode_strings(struct decoder *dc, const struct option *opt, const struct doc *doc,
			   struct value *v)
{
	if (doc->kind != DOC_LIST) {
		struct diag_item *item = wrong_type(dc, opt->name, doc, "a list of strings");
		if (doc->kind == DOC_STRING)
			diag_hint(dc->diag, item, "write [\"%s\"]", doc->text);
		return false;
	}
	return decode_list(dc, opt, doc, v);
}

static bool decode_guest(struct decoder *dc, const struct option *opt, const struct doc *doc,
			 struct value *v)
{
	bool ok = true;

	if (!decode_strings(dc, opt, doc, v))
		return false;
	for (size_t i = 0; i < v->n; i++) {
		const struct str *path = &v->items[i].text;

		if (path->s[0] == '/')
			continue;
		struct diag_item *item = diag_error(
			dc->diag, path->at, "`%s` is no absolute path in the guest", path->s);
		diag_hint(dc->diag, item, "did you mean `/%s`?", path->s);
		ok = false;
	}
	return ok;
}

static bool decode_paths(struct decoder *dc, const struct option *opt, const struct doc *doc,
			 struct value *v)
{
	if (doc->kind == DOC_LIST)
		return decode_list(dc, opt, doc, v);
	if (doc->kind == DOC_STRING)
		return decode_text(dc, opt, doc, v);
	wrong_type(dc, opt->name, doc, "a string or a list of strings");
	return false;
}

/* The words of a string, each with its place. */
static bool split_text(struct decoder *dc, const struct doc *doc, struct value *v)
{
	struct words words = {0};
	size_t fault;
	const char *error = split_words(dc->arena, doc->text, &words, &fault);

	if (error) {
		diag_error(dc->diag, doc_part(doc, fault, 1), "%s", error);
		return false;
	}
	set_items(dc, v, words.n);
	for (size_t i = 0; i < words.n; i++)
		v->items[i].text = (struct str){words.v[i].s,
						doc_part(doc, words.v[i].offset, words.v[i].len)};
	return true;
}

static bool decode_words(struct decoder *dc, const struct option *opt, const struct doc *doc,
			 struct value *v)
{
	if (doc->kind == DOC_LIST)
		return decode_list(dc, opt, doc, v);
	if (doc->kind == DOC_STRING)
		return split_text(dc, doc, v);
	wrong_type(dc, opt->name, doc, "a string or a list of strings");
	return false;
}

static bool decode_script(struct decoder *dc, const struct option *opt, const struct doc *doc,
			  struct value *v)
{
	if (!want_text(dc, opt->name, doc) || !split_text(dc, doc, v))
		return false;
	if (v->n && *v->items[0].text.s)
		return true;
	diag_error(dc->diag, doc->at, "`%s` names no script", opt->name);
	return false;
}

/* The part `inputs` or `outputs` of a step: a list of paths. */
static bool check_step_paths(struct decoder *dc, const struct option *opt, const struct doc *list,
			     const char *part)
{
	const char *what = arena_printf(dc->arena, "%s.%s", opt->name, part);
	bool ok = true;

	if (!list)
		return true;
	if (list->kind != DOC_LIST) {
		wrong_type(dc, what, list, "a list of strings");
		return false;
	}
	for (size_t i = 0; i < list->n; i++)
		ok &= want_text(dc, what, list->items[i]);
	return ok;
}

static bool decode_step(struct decoder *dc, const struct option *opt, const struct doc *doc,
			struct value *v)
{
	static const char *const parts[] = {"script", "inputs", "outputs"};

	if (doc->kind != DOC_MAP) {
		if (doc->kind == DOC_STRING)
			return decode_script(dc, opt, doc, v);
		wrong_type(dc, opt->name, doc, "a string or a map of script, inputs and outputs");
		return false;
	}
	v->doc = doc;
	for (size_t i = 0; i < doc->n; i++) {
		const char *key = doc->keys[i].s;
		const char *near = nearest_name(key, parts, LEN(parts));

		if (streq(key, "script") || streq(key, "inputs") || streq(key, "outputs"))
			continue;
		struct diag_item *item = diag_warn(dc->diag, WARN_UNKNOWN_OPTION, doc->keys[i].at,
						   "`%s.%s` is no option", opt->name, key);
		if (near)
			diag_hint(dc->diag, item, "did you mean `%s`?", near);
	}
	const struct doc *script = doc_get(doc, "script");
	if (!script) {
		diag_error(dc->diag, doc->at, "`%s` has no `script`", opt->name);
		return false;
	}
	bool ok = decode_script(dc, opt, script, v);
	ok &= check_step_paths(dc, opt, doc_get(doc, "inputs"), "inputs");
	ok &= check_step_paths(dc, opt, doc_get(doc, "outputs"), "outputs");
	return ok;
}

/* Whether a list is a pair itself, where a list of pairs should be. */
static bool is_one_pair(const struct doc *list)
{
	return list->n == 2 && list->items[0]->kind == DOC_STRING &&
	       list->items[1]->kind == DOC_STRING;
}

static bool decode_files(struct decoder *dc, const struct option *opt, const struct doc *doc,
			 struct value *v)
{
	bool ok = true;

	if (doc->kind != DOC_LIST) {
		wrong_type(dc, opt->name, doc, "a list of [source, destination]");
		return false;
	}
	if (is_one_pair(doc)) {
		struct diag_item *item =
			diag_error(dc->diag, doc->at, "`files` is a list of such lists");
		diag_hint(dc->diag, item, "write [[\"%s\", \"%s\"]]", doc->items[0]->text,
			  doc->items[1]->text);
		return false;
	}
	set_items(dc, v, doc->n);
	for (size_t i = 0; i < doc->n; i++) {
		const struct doc *pair = doc->items[i];

		if (pair->kind != DOC_LIST || pair->n != 2) {
			diag_error(dc->diag, pair->at,
				   "each of `files` is a list of two: [source, destination]");
			ok = false;
			continue;
		}
		ok &= want_text(dc, "files: source", pair->items[0]);
		ok &= want_text(dc, "files: destination", pair->items[1]);
		v->items[i].text = (struct str){pair->items[0]->text, pair->items[0]->at};
		v->items[i].key = (struct str){pair->items[1]->text, pair->items[1]->at};
	}
	return ok;
}

/* The entries of a map, whatever their kind; null has no text. */
static bool decode_entries(struct decoder *dc, const struct option *opt, const struct doc *doc,
			   struct value *v, const char *wanted)
{
	if (doc->kind != DOC_MAP) {
		wrong_type(dc, opt->name, doc, wanted);
		return false;
	}
	set_items(dc, v, doc->n);
	for (size_t i = 0; i < doc->n; i++) {
		const struct doc *item = doc->items[i];

		v->items[i].key = doc->keys[i];
		v->items[i].text =
			(struct str){item->kind == DOC_NULL ? NULL : item->text, item->at};
	}
	return true;
}

static bool decode_modules(struct decoder *dc, const struct option *opt, const struct doc *doc,
			   struct value *v)
{
	bool ok = true;

	if (!decode_entries(dc, opt, doc, v, "a map from module names to directories"))
		return false;
	for (size_t i = 0; i < doc->n; i++) {
		const struct str *key = &doc->keys[i];

		if (!is_name(key->s)) {
			diag_error(dc->diag, key->at, "`%s` cannot be the name of a module",
				   key->s);
			ok = false;
		} else if (has_suffix(key->s, ".ko")) {
			struct diag_item *item = diag_error(
				dc->diag, key->at, "the name of a module is written without `.ko`");
			diag_hint(dc->diag, item, "write `%.*s`", (int)strlen(key->s) - 3, key->s);
			ok = false;
		}
		if (doc->items[i]->kind != DOC_NULL)
			ok &= want_text(dc, opt->name, doc->items[i]);
	}
	return ok;
}

static bool decode_texts(struct decoder *dc, const struct option *opt, const struct doc *doc,
			 struct value *v)
{
	bool ok = true;

	if (!decode_entries(dc, opt, doc, v, "a map from names to texts"))
		return false;
	for (size_t i = 0; i < doc->n; i++) {
		const struct doc *item = doc->items[i];

		if (item->kind != DOC_LIST && item->kind != DOC_MAP)
			continue;
		wrong_type(dc, arena_printf(dc->arena, "%s.%s", opt->name, doc->keys[i].s), item,
			   "a text");
		ok = false;
	}
	return ok;
}

static bool decode_size(struct decoder *dc, const struct option *opt, const struct doc *doc,
			struct value *v)
{
	bool mem = opt->type == TYPE_MEM, has_unit = false;
	const char *text = doc->text, *error;

	if (doc->kind == DOC_INT && doc->integer >= 0)
		text = arena_printf(dc->arena, "%lld", doc->integer);
	else if (doc->kind != DOC_STRING && doc->kind != DOC_INT && doc->kind != DOC_FLOAT) {
		wrong_type(dc, opt->name, doc, "a number or a string with a unit");
		return false;
	}
	error = parse_size(text, &v->number, &has_unit);
	if (!error && mem && !has_unit)
		error = v->number > LLONG_MAX >> 20 ? "the size is too large"
						    : (v->number <<= 20, NULL);
	if (!error && mem && v->number < 1 << 20)
		error = "a machine needs 1 MiB of memory at least";
	if (!error)
		return true;
	struct diag_item *item = diag_error(dc->diag, doc->at, "`%s`: %s", opt->name, error);
	if (strstr(error, "unit"))
		diag_hint(dc->diag, item,
			  "the units are B, kB, MB, GB, TB, and KiB, MiB, GiB, TiB or K, M, G, T");
	return false;
}

static bool decode_count(struct decoder *dc, const struct option *opt, const struct doc *doc,
			 struct value *v)
{
	const char *text = doc->text, *error;

	if (doc->kind == DOC_INT)
		text = arena_printf(dc->arena, "%lld", doc->integer);
	else if (doc->kind != DOC_STRING) {
		wrong_type(dc, opt->name, doc, "a positive integer");
		return false;
	}
	error = parse_count(text, &v->number);
	if (!error)
		return true;
	struct diag_item *item = diag_error(dc->diag, doc->at, "`%s`: %s", opt->name, error);
	if (has_suffix(opt->name, "Timeout"))
		diag_hint(dc->diag, item, "it is in seconds; leave it out for no limit");
	if (opt->type == TYPE_SECONDS)
		diag_hint(dc->diag, item, "it is in seconds; 0 is for no limit");
	return false;
}

static bool decode_seconds(struct decoder *dc, const struct option *opt, const struct doc *doc,
			   struct value *v)
{
	if (doc->kind == DOC_INT || doc->kind == DOC_STRING) {
		v->number = 0;
		if (*doc->text && !doc->text[strspn(doc->text, "0")])
			return true;
	}
	return decode_count(dc, opt, doc, v);
}

static bool decode_bool(struct decoder *dc, const struct option *opt, const struct doc *doc,
			struct value *v)
{
	if (doc->kind != DOC_BOOL) {
		struct diag_item *item = wrong_type(dc, opt->name, doc, "a boolean");
		if (doc->kind == DOC_STRING)
			diag_hint(dc->diag, item, "write true or false, without quotes");
		return false;
	}
	v->number = doc->boolean;
	return true;
}

static bool decode_map(struct decoder *dc, const struct option *opt, const struct doc *doc,
		       struct value *v)
{
	(void)v;
	if (doc->kind != DOC_MAP)
		wrong_type(dc, opt->name, doc, "a map");
	return doc->kind == DOC_MAP;
}

static bool decode_jobs(struct decoder *dc, const struct option *opt, const struct doc *doc,
			struct value *v)
{
	(void)v;
	if (doc->kind != DOC_LIST)
		wrong_type(dc, opt->name, doc, "a list of maps");
	return doc->kind == DOC_LIST;
}

void decode_value(struct decoder *dc, const struct option *opt, const struct doc *doc,
		  struct value *v)
{
	static bool (*const decoders[])(struct decoder *, const struct option *, const struct doc *,
					struct value *) = {
		[TYPE_NAME] = decode_name,	 [TYPE_BASE] = decode_text,
		[TYPE_TEXT] = decode_text,	 [TYPE_PATH] = decode_text,
		[TYPE_PATHS] = decode_paths,	 [TYPE_PROGRAM] = decode_text,
		[TYPE_STRINGS] = decode_strings, [TYPE_GUEST] = decode_guest,
		[TYPE_WORDS] = decode_words,	 [TYPE_SCRIPT] = decode_script,
		[TYPE_STEP] = decode_step,	 [TYPE_FILES] = decode_files,
		[TYPE_MODULES] = decode_modules, [TYPE_TEXTS] = decode_texts,
		[TYPE_SIZE] = decode_size,	 [TYPE_MEM] = decode_size,
		[TYPE_COUNT] = decode_count,	 [TYPE_SECONDS] = decode_seconds,
		[TYPE_BOOL] = decode_bool,	 [TYPE_MAP] = decode_map,
		[TYPE_JOBS] = decode_jobs,
	};

	*v = (struct value){.at = doc->at, .doc = doc};
	if (doc->kind == DOC_NULL && opt->nullable)
		v->state = VALUE_NULL;
	else if (decoders[opt->type](dc, opt, doc, v))
		v->state = VALUE_SET;
	else
		*v = (struct value){.at = doc->at};
}
