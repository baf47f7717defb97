/* SPDX-License-Identifier: MIT */
/* A hash of a disk image's contents, of which holes are not read. */
#ifndef FMGEN_RUN_CONTENTS_H
#define FMGEN_RUN_CONTENTS_H

#include "base/hash.h"

#include <stdbool.h>

/* A hole and zeros that were written are the same. false with errno set. */
bool image_hash(int fd, char hex[HASH_HEX]);

#endif
