/* SPDX-License-Identifier: MIT */
#include "run/quiet.h"
#include "base/fs.h"
#include "base/supervise.h"
#include "base/util.h"

#include <signal.h>
#include <stdio.h>

void show_file(const char *path)
{
	struct buf text = {0};

	if (read_file(path, &text) && text.len)
		fprintf(stderr, "%s%s", buf_str(&text),
			text.data[text.len - 1] == '\n' ? "" : "\n");
	buf_free(&text);
}

bool run_quiet(const struct args *words, int ok)
{
	FILE *said = tmpfile();
	struct job job = {.argv = (char *const *)words->v};
	struct buf path = {0};

	if (!said) {
		warn("cannot make a temporary file:");
		return false;
	}
	job.out = fileno(said);
	int status = supervise(&job);
	buf_printf(&path, "/proc/self/fd/%d", job.out);
	if (status > ok)
		show_file(buf_str(&path));
	buf_free(&path);
	fclose(said);
	if (job.stopped_by)
		raise(job.stopped_by);
	return status <= ok && !job.stopped_by;
}
