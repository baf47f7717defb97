/* SPDX-License-Identifier: MIT */
#include "verb/builddir.h"
#include "base/fs.h"
#include "base/util.h"

#include <unistd.h>

bool enter_build_dir(const char *dir, const char *hint)
{
	if (dir && chdir(dir) != 0) {
		warn("cannot use the build directory %s:", dir);
		return false;
	}
	if (path_exists("out/roots") && is_dir("out/args"))
		return true;
	warn("%s is not a build directory: run `fmgen WORKLOAD.json` there first%s",
	     dir ? dir : "this directory", hint);
	return false;
}
