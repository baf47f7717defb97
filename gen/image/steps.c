/* SPDX-License-Identifier: MIT */
#include "image/steps.h"
#include "base/util.h"
#include "image/image.h"
#include "image/layer.h"
#include "image/tar.h"

#include <errno.h>
#include <stdlib.h>

static const struct step {
	const char *key;
	void (*put)(struct rootfs *fs, const char *path);
} steps[] = {
	{"--layer=", layer_put},
	{"--nodes=", nodes_put},
	{"--image=", image_put},
	{"--tar=", tar_put},
};

static bool put_simple(struct rootfs *fs, const char *word)
{
	for (size_t i = 0; i < LEN(steps); i++) {
		const char *path = after_prefix(word, steps[i].key);

		if (!path)
			continue;
		if (!*path)
			die("%s needs a path", steps[i].key);
		steps[i].put(fs, path);
		return true;
	}
	return false;
}

void steps_put(struct rootfs *fs, char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const char *src = after_prefix(words[i], "--file=");
		const char *dst = src && i + 1 < n ? after_prefix(words[i + 1], "--to=") : NULL;

		if (src && (!dst || !*src))
			die("%s must be followed by --to=DST", words[i]);
		if (src)
			layer_put_file(fs, src, dst), i++;
		else if (!put_simple(fs, words[i]))
			die("unknown argument: %s", words[i]);
	}
}

size_t steps_options(int argc, char **argv, const char *const *keys, const char **values, size_t n)
{
	size_t rest = 0;

	for (int i = 1; i < argc; i++) {
		size_t k = 0;

		while (k < n && !after_prefix(argv[i], keys[k]))
			k++;
		if (k < n)
			values[k] = after_prefix(argv[i], keys[k]);
		else
			argv[1 + rest++] = argv[i];
	}
	return rest;
}

uint64_t steps_bytes(const char *key, const char *text)
{
	char *end;

	errno = 0;
	unsigned long long value = strtoull(text, &end, 10);
	if (*text < '0' || *text > '9' || *end || errno || value > INT64_MAX)
		die("%s%s: not a number of bytes", key, text);
	return value;
}
