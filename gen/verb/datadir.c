/* SPDX-License-Identifier: MIT */
#include "verb/datadir.h"
#include "base/fs.h"
#include "base/path.h"
#include "base/util.h"

const char *program_path(struct arena *a)
{
	const char *path = path_real(a, "/proc/self/exe");

	if (!path)
		die("cannot tell where the program is: /proc/self/exe:");
	return path;
}

const char *data_dir(struct arena *a)
{
	static const char *const places[] = {"../share/fmgen", "..", "../.."};
	const char *dir = path_dir(a, program_path(a));

	for (size_t i = 0; i < LEN(places); i++) {
		const char *place = path_join(a, dir, places[i]);

		if (path_exists(path_join(a, place, "templates/rules.ninja")))
			return place;
	}
	die("fmgen's data is not beside %s: install it again", dir);
}

const char *fetch_dir(struct arena *a, struct inputs *in)
{
	const char *own = input_env(in, "FMGEN_CACHE"), *cache = input_env(in, "XDG_CACHE_HOME");
	const char *home = input_env(in, "HOME");

	if (own && *own && *own != '/')
		die("FMGEN_CACHE=%s: this must be an absolute path", own);
	if (own && *own)
		return path_join(a, own, ".");
	if (cache && *cache)
		return path_join(a, cache, "fmgen");
	return path_join(a, home && *home ? home : "/nonexistent", ".cache/fmgen");
}
