/* SPDX-License-Identifier: MIT */
#include "run/disk.h"
#include "base/util.h"
#include "image/output.h"
#include "run/state.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

/* A new file in this directory that no path leads to; children have it too. */
static int nameless(void)
{
	char name[] = ".fmgen-XXXXXX";
	int fd = open(".", O_TMPFILE | O_RDWR, 0600);

	if (fd < 0) {
		fd = mkstemp(name);
		if (fd >= 0)
			unlink(name);
	}
	if (fd < 0)
		warn("cannot make a file here:");
	return fd;
}

bool disk_copy(struct arena *a, const char *from, struct disk *d)
{
	*d = (struct disk){.fd = nameless(), .grows = "."};
	d->path = arena_printf(a, "/proc/self/fd/%d", d->fd);
	if (d->fd >= 0 && copy_sparse_to(from, d->fd))
		return true;
	disk_close(d);
	return false;
}

/* Where QEMU puts what -snapshot keeps for itself. */
static const char *temporary(void)
{
	const char *dir = getenv("TMPDIR");

	return dir && *dir ? dir : "/var/tmp";
}

bool disk_open(struct arena *a, const struct machine *m, struct disk *d)
{
	*d = (struct disk){.path = m->img, .fd = -1};
	if (!m->img)
		return true;
	/* Else the simulator, which does it at no cost, would take the outputs with it. */
	if (m->snapshot && (m->outputs.n || !m->snapshot_args.n))
		return disk_copy(a, m->img, d);
	if (m->snapshot) {
		d->throw_away = true;
		d->grows = temporary();
		return true;
	}
	if (!m->in_place)
		d->path = state_disk(a, m->name, m->img);
	d->grows = d->path;
	return d->path;
}

void disk_close(struct disk *d)
{
	if (d->fd >= 0)
		close(d->fd);
	d->fd = -1;
}
