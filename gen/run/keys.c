/* SPDX-License-Identifier: MIT */
#include "run/keys.h"
#include "base/util.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

void args_add(struct arena *a, struct args *w, const char *word)
{
	if (w->n + 1 >= w->room) {
		size_t room = w->room ? 2 * w->room : 16;
		const char **v = arena_array(a, const char *, room);

		if (w->n)
			memcpy(v, w->v, w->n * sizeof(*v));
		w->v = v;
		w->room = room;
	}
	w->v[w->n++] = word;
	w->v[w->n] = NULL;
}

void args_add_all(struct arena *a, struct args *w, const struct args *more)
{
	for (size_t i = 0; i < more->n; i++)
		args_add(a, w, more->v[i]);
}

/* The key of the word --KEY or --KEY=VALUE; *value is NULL in the former. */
static const struct key *find_key(const struct key *keys, size_t n, const char *word,
				  const char **value)
{
	const char *name = after_prefix(word, "--");
	size_t len = name ? strcspn(name, "=") : 0;

	for (size_t i = 0; name && i < n; i++) {
		if (strlen(keys[i].name) != len || memcmp(keys[i].name, name, len) != 0)
			continue;
		*value = name[len] ? name + len + 1 : NULL;
		return (*value != NULL) == (keys[i].kind != KEY_YES) ? &keys[i] : NULL;
	}
	return NULL;
}

static bool read_number(const char *verb, const struct key *k, const char *text, long long *to)
{
	char *end;

	errno = 0;
	*to = strtoll(text, &end, 10);
	if (*text && !*end && !errno && *to >= 0)
		return true;
	warn("%s: --%s=%s is not a number", verb, k->name, text);
	return false;
}

static bool take(struct arena *a, const char *verb, const struct key *k, const char *value,
		 void *to)
{
	switch (k->kind) {
	case KEY_TEXT:
		*(const char **)to = value;
		break;
	case KEY_NUMBER:
		return read_number(verb, k, value, to);
	case KEY_LIST:
		args_add(a, to, value);
		break;
	case KEY_YES:
		*(bool *)to = true;
		break;
	}
	return true;
}

bool keys_read(struct arena *a, const struct key *keys, size_t n, void *to, int argc,
	       char *const *argv)
{
	for (int i = 1; i < argc; i++) {
		const char *value;
		const struct key *k = find_key(keys, n, argv[i], &value);

		if (!k) {
			warn("%s: %s is not an option", argv[0], argv[i]);
			return false;
		}
		if (!take(a, argv[0], k, value, (char *)to + k->at))
			return false;
	}
	return true;
}

bool key_given(const char *verb, const char *key, const char *value)
{
	if (value && *value)
		return true;
	warn("%s: --%s= is missing", verb, key);
	return false;
}
