/* SPDX-License-Identifier: MIT */
#ifndef FMGEN_EMIT_SCHEMA_H
#define FMGEN_EMIT_SCHEMA_H

#include "base/buf.h"

/* Appends the JSON Schema (draft 2020-12) of a spec, made from the option table. */
void emit_schema(struct buf *b);

#endif
