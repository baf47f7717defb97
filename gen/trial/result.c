/* SPDX-License-Identifier: MIT */
#include "trial/result.h"
#include "base/buf.h"
#include "base/fs.h"

#include <cJSON.h>
#include <errno.h>
#include <string.h>

void result_add(struct arena *a, struct trial_result *r, struct trial_case c)
{
	if (r->n == r->room) {
		size_t room = r->room ? 2 * r->room : 16;
		struct trial_case *v = arena_array(a, struct trial_case, room);

		if (r->n)
			memcpy(v, r->v, r->n * sizeof(*v));
		r->v = v;
		r->room = room;
	}
	r->v[r->n++] = c;
}

size_t result_failures(const struct trial_result *r)
{
	size_t n = 0;

	for (size_t i = 0; i < r->n; i++)
		n += r->v[i].why != NULL;
	return n;
}

bool result_write(const struct trial_result *r, const char *path)
{
	cJSON *json = cJSON_CreateObject(), *cases = cJSON_AddArrayToObject(json, "cases");

	cJSON_AddStringToObject(json, "name", r->name);
	cJSON_AddStringToObject(json, "run", r->run);
	cJSON_AddNumberToObject(json, "ms", (double)r->ms);
	for (size_t i = 0; i < r->n; i++) {
		cJSON *item = cJSON_CreateObject();

		cJSON_AddStringToObject(item, "name", r->v[i].name);
		if (r->v[i].why)
			cJSON_AddStringToObject(item, "why", r->v[i].why);
		if (r->v[i].text)
			cJSON_AddStringToObject(item, "text", r->v[i].text);
		cJSON_AddItemToArray(cases, item);
	}
	char *text = cJSON_Print(json);
	bool ok = text && write_file(path, text, strlen(text), 0644);
	cJSON_free(text);
	cJSON_Delete(json);
	return ok;
}

static const char *text_of(struct arena *a, const cJSON *map, const char *key)
{
	const char *text = cJSON_GetStringValue(cJSON_GetObjectItem(map, key));

	return text ? arena_strdup(a, text) : NULL;
}

static void read_cases(struct arena *a, struct trial_result *r, const cJSON *cases)
{
	const cJSON *item;

	cJSON_ArrayForEach(item, cases)
	{
		struct trial_case c = {text_of(a, item, "name"), text_of(a, item, "why"),
				       text_of(a, item, "text")};

		if (c.name)
			result_add(a, r, c);
	}
}

bool result_read(struct arena *a, struct trial_result *r, const char *path)
{
	struct buf text = {0};
	cJSON *json = NULL;

	*r = (struct trial_result){0};
	if (read_file(path, &text)) {
		errno = 0;
		json = cJSON_Parse(buf_str(&text));
	}
	buf_free(&text);
	r->name = text_of(a, json, "name");
	r->run = text_of(a, json, "run");
	r->ms = (long long)cJSON_GetNumberValue(cJSON_GetObjectItem(json, "ms"));
	read_cases(a, r, cJSON_GetObjectItem(json, "cases"));
	cJSON_Delete(json);
	return r->name && r->run;
}
