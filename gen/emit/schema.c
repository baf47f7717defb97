/* SPDX-License-Identifier: MIT */
#include "emit/schema.h"
#include "base/util.h"
#include "decode/shapes.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The schema of a type, written with ' for ". */
static cJSON *parse_shape(const char *text)
{
	char *json = xstrdup(text);

	for (char *s = strchr(json, '\''); s; s = strchr(s, '\''))
		*s = '"';
	cJSON *schema = cJSON_Parse(json);
	if (!schema)
		die("no JSON: %s", json);
	free(json);
	return schema;
}

static cJSON *any_of(cJSON *one, cJSON *two)
{
	cJSON *schema = cJSON_CreateObject(), *list = cJSON_AddArrayToObject(schema, "anyOf");

	cJSON_AddItemToArray(list, one);
	cJSON_AddItemToArray(list, two);
	return schema;
}

/* Only those defaults that are values, and no words, say something to an editor. */
static void add_default(cJSON *schema, const struct option *opt)
{
	const char *s = opt->absent;

	if (!s)
		return;
	if (opt->type == TYPE_BOOL)
		cJSON_AddBoolToObject(schema, "default", streq(s, "yes"));
	else if (opt->type == TYPE_COUNT && *s >= '0' && *s <= '9')
		cJSON_AddNumberToObject(schema, "default", atoi(s));
	else if (opt->type == TYPE_MEM)
		cJSON_AddStringToObject(schema, "default", s);
}

static cJSON *option_schema(const struct option *opt)
{
	cJSON *schema = parse_shape(shapes[opt->type].schema);

	if (opt->nullable)
		schema = any_of(schema, parse_shape("{'type': 'null'}"));
	cJSON_AddStringToObject(schema, "description", opt->help);
	add_default(schema, opt);
	if (opt->replaced_by)
		cJSON_AddTrueToObject(schema, "deprecated");
	return schema;
}

/* Where the option of that table entry goes: the object of its group, or the top one. */
static cJSON *object_of(cJSON *object, const struct option *opt)
{
	cJSON *top = cJSON_GetObjectItemCaseSensitive(object, "properties");
	const char *dot = strchr(opt->name, '.');
	char group[64];

	if (!dot)
		return object;
	snprintf(group, sizeof(group), "%.*s", (int)(dot - opt->name), opt->name);
	cJSON *schema = cJSON_GetObjectItemCaseSensitive(top, group);
	if (!schema) {
		schema = parse_shape("{'type': 'object', 'properties': {}}");
		cJSON_AddItemToObject(top, group, schema);
	}
	return schema;
}

static void add_option(cJSON *object, const struct option *opt, cJSON *item)
{
	const char *dot = strchr(opt->name, '.'), *key = dot ? dot + 1 : opt->name;
	cJSON *required = cJSON_GetObjectItemCaseSensitive(object, "required");

	cJSON_AddItemToObject(cJSON_GetObjectItemCaseSensitive(object, "properties"), key, item);
	if (!opt->required)
		return;
	if (!required)
		required = cJSON_AddArrayToObject(object, "required");
	cJSON_AddItemToArray(required, cJSON_CreateString(key));
}

/* Options that cannot stand together: {"not": {"required": [one, two]}}. */
static void exclude(cJSON *all, const char *one, const char *two, size_t len)
{
	char text[256];

	snprintf(text, sizeof(text), "{'not': {'required': ['%s', '%.*s']}}", one, (int)len, two);
	cJSON_AddItemToArray(all, parse_shape(text));
}

/* A map of options, with all that it may hold. */
static void add_options(cJSON *schema, bool is_job)
{
	cJSON_AddStringToObject(schema, "type", "object");
	cJSON_AddArrayToObject(schema, "required");
	cJSON_AddObjectToObject(schema, "properties");
	cJSON *all = cJSON_AddArrayToObject(schema, "allOf");

	exclude(all, "run", "command", strlen("command"));
	for (size_t i = 0; i < OPT_COUNT; i++) {
		const struct option *opt = &options[i];
		const char *new = opt->replaced_by;
		cJSON *item =
			is_job && opt->type == TYPE_JOBS ? cJSON_CreateFalse() : option_schema(opt);

		add_option(object_of(schema, opt), opt, item);
		if (new)
			exclude(all, opt->name, new, strcspn(new, "."));
	}
}

void emit_schema(struct buf *b)
{
	cJSON *schema = cJSON_CreateObject();

	cJSON_AddStringToObject(schema, "$schema", "https://json-schema.org/draft/2020-12/schema");
	cJSON_AddStringToObject(schema, "title", "fmgen workload");
	cJSON_AddStringToObject(schema, "description", "A workload spec; see fmgen-spec(5).");
	add_options(schema, false);
	add_options(cJSON_AddObjectToObject(cJSON_AddObjectToObject(schema, "$defs"), "job"), true);
	char *text = cJSON_Print(schema);
	if (!text)
		die("out of memory");
	buf_puts(b, text);
	buf_putc(b, '\n');
	free(text);
	cJSON_Delete(schema);
}
