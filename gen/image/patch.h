/* SPDX-License-Identifier: MIT */
/*
 * An image that is its parent's with other bytes in some places. A record tells which places, so
 * that the next image can be made out of this one, where it lies: there the parent's bytes go back,
 * and the parent's image, which may be large, is not copied again. The record holds as long as
 * parent and image are the files that they were, by inode, size and time.
 */
#ifndef FMGEN_IMAGE_PATCH_H
#define FMGEN_IMAGE_PATCH_H

#include "base/buf.h"
#include "image/image.h"
#include "image/output.h"

struct patch {
	struct arena *arena;
	const char *record, *parent;
	struct output *out;
	struct buf places;     /* struct image_range: where the image that was differs */
	struct buf old;	       /* the bytes that it had there */
	struct buf written;    /* as places, of the new image */
	struct timespec mtime; /* of the image that was */
	bool undone;
};

void patch_init(struct patch *p, struct arena *a, const char *record, const char *parent,
		struct output *out);
/* Makes out->temp, with the parent's contents, of the image at out->path, which is gone then. False
 * where that cannot be, or is not worth it: then it is still there. */
bool patch_undo(struct patch *p);
/* Notes what was written through a channel, which was flushed. */
void patch_note(struct patch *p, io_channel channel);
/* As output_end_if_changed; writes the record. */
bool patch_end(struct patch *p, bool ok);

#endif
