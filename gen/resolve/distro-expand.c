/* SPDX-License-Identifier: MIT */
/* Variables in the options of distros: the caller's, and NAME_PATH for the workdir of the workload
 * NAME that sets an option. */
#include "base/util.h"
#include "resolve/distro.h"
#include "resolve/workload.h"

#include <ctype.h>
#include <string.h>

#define LETTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_0123456789"

/* "NAME_PATH", of letters that a variable can have. */
static const char *path_variable(struct arena *a, const char *workload)
{
	char *name = arena_printf(a, "%s%s_PATH", isdigit((unsigned char)*workload) ? "_" : "",
				  workload);

	for (char *s = name; *s; s++)
		*s = isalnum((unsigned char)*s) ? (char)toupper((unsigned char)*s) : '_';
	return name;
}

/* The name behind a dollar, in braces or not: *len counts all of it; NULL where there is none. */
static const char *variable_at(struct arena *a, const char *dollar, size_t *len)
{
	bool braces = dollar[1] == '{';
	const char *name = dollar + 1 + braces;
	size_t n = strspn(name, LETTERS);

	if (!n || isdigit((unsigned char)*name) || (braces && name[n] != '}'))
		return NULL;
	*len = 1 + 2 * (size_t)braces + n;
	return arena_dup(a, name, n);
}

static bool is_path(const struct value *v, const char *key)
{
	for (size_t i = 0; i < v->n; i++)
		if (v->items[i].path && streq(v->items[i].key.s, key))
			return true;
	return false;
}

/* What is not set stays as it is written, and so does what the script has to put in: known. */
static const char *expand(struct arena *a, struct inputs *in, const char *text,
			  const struct value *known, const struct value *above)
{
	struct buf b = {0};

	while (*text) {
		size_t len = 0;
		const char *name = *text == '$' ? variable_at(a, text, &len) : NULL;
		bool later = name && (is_path(known, name) || is_path(above, name));
		const char *value = name && !later ? input_env(in, name) : NULL;

		if (value)
			buf_puts(&b, value);
		else
			buf_add(&b, text, len ? len : 1);
		text += len ? len : 1;
	}
	const char *result = arena_strdup(a, buf_str(&b));
	buf_free(&b);
	return result;
}

void distro_expand(struct arena *a, struct inputs *in, const struct workload *w, struct value *v,
		   const struct value *above)
{
	struct item *items = arena_array(a, struct item, v->n + 1);

	if (v->n)
		memcpy(items, v->items, v->n * sizeof(*items));
	if (v->state == VALUE_UNSET)
		v->at = w->spec->values[OPT_DISTRO_OPTS].at;
	items[v->n] = (struct item){.key = {path_variable(a, w->name), v->at},
				    .text = {w->workdir, v->at},
				    .path = w->workdir};
	v->items = items;
	v->n++;
	v->state = VALUE_SET;
	for (size_t i = 0; i + 1 < v->n; i++)
		if (items[i].text.s)
			items[i].text.s = expand(a, in, items[i].text.s, v, above);
}
