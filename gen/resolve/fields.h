/* SPDX-License-Identifier: MIT */
/* Reading of maps of data files (boards, distros), whose keys are few and fixed. */
#ifndef FMGEN_FIELDS_H
#define FMGEN_FIELDS_H

#include "load/doc.h"
#include "load/source.h"

/* Reads and parses a data file whose top is a map; NULL after errors. NULL without a message, errno
 * set, where it cannot be opened. */
const struct doc *data_load(struct arena *a, struct inputs *in, const char *path, struct diag *d);
/* Warns about keys that are not among names (ends in NULL). what: the map, for messages. */
void fields_known(const struct doc *map, const char *what, const char *const *names,
		  struct diag *d);
/* The map, or NULL where it is absent; another kind is an error. */
const struct doc *field_map(const struct doc *map, const char *key, struct diag *d);
/* The string; s is NULL where it is absent. Another kind is an error; so is absence where required.
 */
struct str field_string(const struct doc *map, const char *key, bool required, struct diag *d);
/* The boolean; otherwise where it is absent. Another kind is an error. */
bool field_bool(const struct doc *map, const char *key, bool otherwise, struct diag *d);
/* The strings of a list, or one string; *n counts them. split: a single string is split into words
 * as a shell would. */
struct str *field_strings(struct arena *a, const struct doc *map, const char *key, bool split,
			  size_t *n, struct diag *d);

#endif
