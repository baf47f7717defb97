/* SPDX-License-Identifier: MIT */
#include "deliver/describe.h"
#include "base/util.h"

#include <cjson/cJSON.h>

enum shape { TEXT, LIST, HOOK, HOOK_LIST };

/* From the words of the parameters to the members of a machine. */
static const struct {
	const char *key, *member;
	enum shape shape;
} members[] = {
	{"output", "outputs", LIST},
	{"simulation-output", "simulation_outputs", LIST},
	{"simulation-input", "simulation_inputs", LIST},
	{"hook", "script", HOOK},
	{"hook-arg", "args", HOOK_LIST},
	{"hook-dir", "dir", HOOK},
};

/* The member, made by `make` where it is missing or null. */
static cJSON *member(cJSON *object, const char *name, cJSON *(*make)(void))
{
	cJSON *is = cJSON_GetObjectItem(object, name);

	if (is && !cJSON_IsNull(is))
		return is;
	cJSON *value = make();
	cJSON_DeleteItemFromObject(object, name);
	cJSON_AddItemToObject(object, name, value);
	return value;
}

/* All members are there, so that no installer has to ask. */
static void start_machine(cJSON *machine, const char *name)
{
	cJSON_AddStringToObject(machine, "name", name);
	cJSON_AddNullToObject(machine, "bin");
	cJSON_AddNullToObject(machine, "img");
	for (size_t i = 0; i < LEN(members); i++)
		if (members[i].shape == LIST)
			cJSON_AddArrayToObject(machine, members[i].member);
	cJSON_AddNullToObject(machine, "post_run_hook");
}

static void put_file(cJSON *machine, const char *name, const char *path)
{
	if (path)
		cJSON_ReplaceItemInObject(machine, name, cJSON_CreateString(path));
}

static void put_member(cJSON *machine, size_t i, const char *value)
{
	const char *name = members[i].member;
	bool of_hook = members[i].shape == HOOK || members[i].shape == HOOK_LIST;
	cJSON *to = of_hook ? member(machine, "post_run_hook", cJSON_CreateObject) : machine;

	if (of_hook)
		member(to, "args", cJSON_CreateArray);
	if (members[i].shape == HOOK)
		cJSON_AddStringToObject(to, name, value);
	else
		cJSON_AddItemToArray(cJSON_GetObjectItem(to, name), cJSON_CreateString(value));
}

static void put_word(const struct delivery *d, cJSON *machine, const char *word)
{
	put_file(machine, "bin", word_key(word, d->no_disk ? "no-disk-bin" : "disk-bin"));
	if (!d->no_disk)
		put_file(machine, "img", word_key(word, "disk-img"));
	for (size_t i = 0; i < LEN(members); i++) {
		const char *value = word_key(word, members[i].key);

		if (value)
			put_member(machine, i, value);
	}
}

char *describe(const struct delivery *d)
{
	static const char *const texts[] = {"board", "spec", "cross-compile"};
	cJSON *top = cJSON_CreateObject(), *machine = top;

	start_machine(top, d->name);
	cJSON_AddBoolToObject(top, "no_disk", d->no_disk);
	cJSON *jobs = cJSON_AddArrayToObject(top, "jobs");
	for (size_t i = 0; i < d->n; i++) {
		const char *job = word_key(d->words[i], "job");

		for (size_t j = 0; j < LEN(texts); j++) {
			const char *text = word_key(d->words[i], texts[j]);

			if (text)
				cJSON_AddStringToObject(top, texts[j], text);
		}
		if (job) {
			machine = cJSON_CreateObject();
			cJSON_AddItemToArray(jobs, machine);
			start_machine(machine, job);
		}
		put_word(d, machine, d->words[i]);
	}
	char *text = cJSON_Print(top);
	cJSON_Delete(top);
	return text;
}
