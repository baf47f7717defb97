/* SPDX-License-Identifier: MIT */
#include "base/fs.h"
#include "base/path.h"
#include "base/util.h"
#include "image/output.h"
#include "run/turn.h"
#include "track/was.h"
#include "verb/verb.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

/* A second name of src; where there can be none, a copy. Both can then be read only. */
static bool put_link(const char *src, const char *dst)
{
	struct stat st;

	if (stat(src, &st) < 0 || chmod(src, st.st_mode & 0555) < 0) {
		warn("cannot publish %s:", src);
		return false;
	}
	if (linkat(AT_FDCWD, src, AT_FDCWD, dst, AT_SYMLINK_FOLLOW) == 0)
		return true;
	if (errno == EXDEV || errno == EPERM || errno == EMLINK || errno == EOPNOTSUPP)
		return copy_sparse(src, dst, st.st_mode & 0555);
	warn("cannot publish %s:", src);
	return false;
}

/* Two builds of one directory publish one after the other. Without the lock's directory nobody else
 * is there. */
static void take_turn(struct arena *a, const char *dst)
{
	const char *path = arena_printf(a, "out/stage/publish-%s.lock", path_base(dst));
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0644);

	while (fd >= 0 && flock(fd, LOCK_EX) < 0 && errno == EINTR)
		;
}

static bool put_copy(const char *src, struct output *out)
{
	return same_contents(src, out->path) || output_end(out, copy_sparse(src, out->temp, 0666));
}

static int publish_main(int argc, char **argv)
{
	struct arena a = {0};
	struct output out;
	struct was_run record;

	const char *pool = argc == 5 ? after_prefix(argv[4], "--pool=") : NULL;
	if (argc != (pool ? 5 : 4) || (!streq(argv[1], "link") && !streq(argv[1], "copy")))
		die("usage: fmgen publish link|copy SRC DST [--pool=NAME:DEPTH]");
	take_turn(&a, argv[3]);
	if (pool && !turn_in_pool(&a, pool))
		return 1;
	bool recorded = is_dir("out/stage");
	if (recorded)
		was_begin(&record, &a, arena_printf(&a, "publish-%s", path_base(argv[3])), NULL,
			  (char *[]){argv[3], NULL}, (char *[]){argv[2], NULL});
	bool ok = output_begin(&out, &a, argv[3]);
	if (ok && streq(argv[1], "link"))
		ok = output_end(&out, put_link(argv[2], out.temp));
	else if (ok)
		ok = put_copy(argv[2], &out);
	/* A rename onto another name of the same file does nothing, and leaves both. */
	if (ok) {
		unlink(out.temp);
		if (recorded)
			was_commit(&record);
	}
	arena_free(&a);
	return ok ? 0 : 1;
}

const struct verb verb_publish = {
	.name = "publish", .main = publish_main, .args = "link|copy FROM TO [--pool=NAME:DEPTH]"};
