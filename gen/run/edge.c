/* SPDX-License-Identifier: MIT */
#include "run/edge.h"
#include "base/fs.h"
#include "base/map.h"
#include "base/strings.h"
#include "base/util.h"
#include "graph/names.h"
#include "track/lock.h"
#include "track/settle.h"
#include "track/was.h"

#include <cjson/cJSON.h>
#include <string.h>
#include <sys/file.h>

/* What stands behind the word and the tab that a line begins with; or NULL. */
static const char *find_line(const char *text, const char *word)
{
	size_t len = strlen(word);

	while (*text && (strncmp(text, word, len) != 0 || text[len] != '\t')) {
		text += strcspn(text, "\n");
		text += *text == '\n';
	}
	return *text ? text + len + 1 : NULL;
}

/* Takes names from "OUTPUTS<between>INPUTS" up to one of the characters in end. */
static void take_names(struct arena *a, struct run_edge *e, const char *at, char between,
		       const char *end)
{
	const char *ins = at ? strchr(at, between) : NULL;

	if (!ins)
		return;
	e->outs = strings_split(a, arena_dup(a, at, (size_t)(ins - at)), " \n");
	e->ins = strings_split(a, arena_dup(a, ins + 1, strcspn(ins + 1, end)), " \n");
}

/* What the build tool says of the edge, if it says something. */
static void ask_tool(struct arena *a, struct run_edge *e)
{
	struct buf text = {0};

	if (e->stamp && read_file(SETTLE_EDGES, &text))
		take_names(a, e, find_line(buf_str(&text), e->stamp), '\t', "\n");
	else if (!e->stamp && read_file(arena_printf(a, "out/args/%s.in", e->id), &text))
		take_names(a, e, buf_str(&text), ':', "");
	buf_free(&text);
}

void run_edge_read(struct arena *a, struct run_edge *e)
{
	ask_tool(a, e);
	/* The build tool of another build takes its file away when its own run has ended. */
	e->reads = e->ins ? e->ins : was_inputs(a, e->id);
	e->known = outputs_find(a, e->id, &e->outputs);
}

static bool take_lock(struct arena *a, const char *id, int how)
{
	int fd = stage_lock(a, id, how);

	lock_note(fd);
	return fd >= 0;
}

bool run_edge_lock(struct arena *a, const struct run_edge *e)
{
	struct map done = {.arena = a};
	bool ok = take_lock(a, e->id, LOCK_EX);

	for (char **in = e->reads; ok && in && *in; in++) {
		const char *id = stage_of(a, *in);

		if (!id || streq(id, e->id) || map_get(&done, id))
			continue;
		map_put(&done, id, *in);
		ok = take_lock(a, id, LOCK_SH);
	}
	return ok;
}

/* The line of out/graph.json that an edge has to itself. */
static const char *json_line(struct arena *a, const char *text, const char *id)
{
	const char *at = strstr(text, arena_printf(a, "\"id\": \"%s\"", id)), *start = at;

	if (!at)
		return NULL;
	while (start > text && start[-1] != '\n')
		start--;
	return arena_dup(a, start, strcspn(start, "\n"));
}

const char *run_edge_place(struct arena *a, const char *id)
{
	const char *line = NULL, *place = NULL;
	struct buf text = {0};

	if (read_file("out/graph.json", &text))
		line = json_line(a, buf_str(&text), id);
	cJSON *edge = line ? cJSON_ParseWithOpts(line, NULL, false) : NULL;
	const char *why = cJSON_GetStringValue(cJSON_GetObjectItem(edge, "why"));
	if (why)
		place = arena_strdup(a, why);
	cJSON_Delete(edge);
	buf_free(&text);
	return place;
}
