/* SPDX-License-Identifier: MIT */
#ifndef FMGEN_TOOLCHAIN_H
#define FMGEN_TOOLCHAIN_H

#include "base/buf.h"

/*
 * Appends what tells one toolchain from another: the version and the target of PREFIXgcc, the
 * version of PREFIXld, one a line, "absent" for what is not on PATH. Nothing is started while the
 * programs of these names on PATH are those that cache (a file; NULL: none) tells of.
 */
void toolchain_describe(const char *prefix, const char *cache, struct buf *out);

#endif
