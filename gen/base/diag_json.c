/* SPDX-License-Identifier: MIT */
#include "base/diag_item.h"
#include "base/utf8.h"

#include <cjson/cJSON.h>

/* JSON is UTF-8, and a file name may be anything. */
static cJSON *string(const char *s)
{
	struct buf b = {0};

	utf8_clean(&b, s);
	cJSON *json = cJSON_CreateString(buf_str(&b));
	buf_free(&b);
	return json;
}

static void add_place(cJSON *to, struct span at)
{
	if (!at.src)
		return;
	cJSON_AddItemToObject(to, "file", string(at.src->path));
	if (!at.line)
		return;
	cJSON_AddNumberToObject(to, "line", at.line);
	cJSON_AddNumberToObject(to, "column", at.col);
	cJSON_AddNumberToObject(to, "length", at.len);
}

static cJSON *item_json(const struct diag_item *item)
{
	cJSON *json = cJSON_CreateObject();

	cJSON_AddStringToObject(json, "severity", severity_names[item->severity]);
	if (item->name)
		cJSON_AddStringToObject(json, "name", item->name);
	cJSON_AddItemToObject(json, "message", string(item->text));
	add_place(json, item->at);
	cJSON *hints = cJSON_AddArrayToObject(json, "hints");
	cJSON *related = cJSON_AddArrayToObject(json, "related");
	for (const struct diag_extra *e = item->extras; e; e = e->next) {
		if (e->is_hint) {
			cJSON_AddItemToArray(hints, string(e->text));
			continue;
		}
		cJSON *also = cJSON_CreateObject();
		cJSON_AddItemToObject(also, "message", string(e->text));
		add_place(also, e->at);
		cJSON_AddItemToArray(related, also);
	}
	return json;
}

void diag_print_json(struct diag_item *const *list, size_t n, FILE *out)
{
	for (size_t i = 0; i < n; i++) {
		cJSON *json = item_json(list[i]);
		char *text = cJSON_PrintUnformatted(json);

		if (text)
			fprintf(out, "%s\n", text);
		cJSON_free(text);
		cJSON_Delete(json);
	}
}
