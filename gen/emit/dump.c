/* SPDX-License-Identifier: MIT */
#include "emit/dump.h"
#include "base/util.h"

#include <cjson/cJSON.h>
#include <stdlib.h>

static void add_named_place(cJSON *object, const char *key, struct span at)
{
	char text[4096];

	if (!at.src)
		return;
	if (at.line)
		snprintf(text, sizeof(text), "%s:%u:%u", at.src->path, (unsigned)at.line,
			 (unsigned)at.col);
	else
		snprintf(text, sizeof(text), "%s", at.src->path);
	cJSON_AddStringToObject(object, key, text);
}

static void add_place(cJSON *object, struct span at)
{
	add_named_place(object, "at", at);
}

/* cJSON keeps numbers as double, which is too small for all of ours. */
static cJSON *integer(long long n)
{
	char text[32];

	snprintf(text, sizeof(text), "%lld", n);
	return cJSON_CreateRaw(text);
}

static cJSON *plain_doc(const struct doc *doc);

static cJSON *doc_items(const struct doc *doc, cJSON *(*convert)(const struct doc *))
{
	cJSON *json = doc->kind == DOC_MAP ? cJSON_CreateObject() : cJSON_CreateArray();

	for (size_t i = 0; i < doc->n; i++)
		if (doc->kind == DOC_MAP)
			cJSON_AddItemToObject(json, doc->keys[i].s, convert(doc->items[i]));
		else
			cJSON_AddItemToArray(json, convert(doc->items[i]));
	return json;
}

/* The value alone. */
static cJSON *value_json(const struct doc *doc, cJSON *(*convert)(const struct doc *))
{
	switch (doc->kind) {
	case DOC_NULL:
		return cJSON_CreateNull();
	case DOC_BOOL:
		return cJSON_CreateBool(doc->boolean);
	case DOC_INT:
		return integer(doc->integer);
	case DOC_LIST:
	case DOC_MAP:
		return doc_items(doc, convert);
	default:
		return cJSON_CreateString(doc->text);
	}
}

static cJSON *plain_doc(const struct doc *doc)
{
	return value_json(doc, plain_doc);
}

/* The value with its kind and place. */
static cJSON *placed_doc(const struct doc *doc)
{
	static const char *const kinds[] = {"null",   "bool", "int", "float",
					    "string", "list", "map"};
	cJSON *json = cJSON_CreateObject();

	add_place(json, doc->at);
	cJSON_AddItemToObject(json, kinds[doc->kind], value_json(doc, placed_doc));
	return json;
}

static void print(cJSON *json, FILE *out)
{
	char *text = cJSON_Print(json);

	if (!text)
		die("out of memory");
	fprintf(out, "%s\n", text);
	free(text);
	cJSON_Delete(json);
}

void dump_doc(const struct doc *doc, FILE *out)
{
	print(placed_doc(doc), out);
}

static void add_text(cJSON *object, const char *key, const char *text)
{
	if (text)
		cJSON_AddStringToObject(object, key, text);
}

static cJSON *item_json(const struct item *item)
{
	cJSON *json = cJSON_CreateObject();

	add_place(json, item->text.at);
	add_text(json, "key", item->key.s);
	add_text(json, "text", item->text.s);
	add_text(json, "path", item->path);
	return json;
}

static bool has_number(enum opt_type type)
{
	return type == TYPE_SIZE || type == TYPE_MEM || type == TYPE_COUNT || type == TYPE_SECONDS;
}

static cJSON *option_json(const struct option *opt, const struct value *v)
{
	cJSON *json = cJSON_CreateObject();

	add_place(json, v->at);
	if (v->overrides)
		add_named_place(json, "overrides", v->overrides->at);
	if (v->state == VALUE_NULL) {
		cJSON_AddNullToObject(json, "null");
	} else if (has_number(opt->type)) {
		cJSON_AddItemToObject(json, "number", integer(v->number));
	} else if (opt->type == TYPE_BOOL) {
		cJSON_AddBoolToObject(json, "bool", v->number != 0);
	} else if (opt->type == TYPE_MAP) {
		cJSON_AddItemToObject(json, "map", plain_doc(v->doc));
	} else {
		cJSON *items = cJSON_AddArrayToObject(json, "items");

		for (size_t i = 0; i < v->n; i++)
			cJSON_AddItemToArray(items, item_json(&v->items[i]));
	}
	if (opt->type == TYPE_STEP && v->doc && v->doc->kind == DOC_MAP)
		cJSON_AddItemToObject(json, "map", plain_doc(v->doc));
	return json;
}

static cJSON *workload_json(const struct workload *w)
{
	cJSON *json = cJSON_CreateObject(), *list;

	add_text(json, "name", w->name);
	add_place(json, w->spec->at);
	add_text(json, "base", w->parent ? w->parent->name : NULL);
	list = cJSON_AddArrayToObject(json, "ancestors");
	for (const struct workload *p = w->parent; p; p = p->parent)
		cJSON_AddItemToArray(list, cJSON_CreateString(p->spec->file));
	add_text(json, "distro", w->distro ? w->distro->name.s : NULL);
	add_text(json, "job of", w->owner ? w->owner->name : NULL);
	add_text(json, "workdir", w->workdir);
	cJSON_AddBoolToObject(json, "named", w->named);
	cJSON_AddBoolToObject(json, "linux", w->wants_linux);
	list = cJSON_AddObjectToObject(json, "options");
	for (size_t i = 0; i < OPT_COUNT; i++)
		if (w->values[i]->state != VALUE_UNSET && i != OPT_JOBS)
			cJSON_AddItemToObject(list, options[i].name,
					      option_json(&options[i], w->values[i]));
	list = cJSON_AddObjectToObject(json, "distro options");
	for (size_t i = 0; w->distro_opts && i < w->distro->noptions; i++)
		if (w->distro_opts[i].state != VALUE_UNSET)
			cJSON_AddItemToObject(
				list, w->distro->options[i].name,
				option_json(&w->distro->options[i], &w->distro_opts[i]));
	return json;
}

void dump_specs(const struct model *model, struct workload *const *workloads, size_t n, FILE *out)
{
	cJSON *json = cJSON_CreateObject(), *list;

	add_text(json, "board", model->board->name.s);
	list = cJSON_AddArrayToObject(json, "workloads");
	for (size_t i = 0; i < n; i++)
		cJSON_AddItemToArray(list, workload_json(workloads[i]));
	print(json, out);
}
