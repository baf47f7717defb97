/* SPDX-License-Identifier: MIT */
#include "decode/shapes.h"

#define NAME   "^[A-Za-z0-9_+][A-Za-z0-9._+-]*$"
#define TEXT   "{'type': 'string', 'minLength': 1}"
#define TEXTS  "{'type': 'array', 'items': " TEXT "}"
#define SCRIPT "{'type': 'string', 'pattern': '[^ \\\\t\\\\n]'}"
#define BLANKS "[ \\\\t]*"
#define SIZE                                                            \
	"^" BLANKS "([0-9]+" BLANKS "[bB]?|[0-9]+(\\\\.[0-9]+)?" BLANKS \
	"[kKmMgGtT]([iI]?[bB])?)" BLANKS "$"
#define MAX_NAME "200"
#define MAX_INT	 "2147483647"

/* clang-format off */
const struct shape shapes[] = {
	[TYPE_NAME] = {"name",
		"{'type': 'string', 'pattern': '" NAME "', 'maxLength': " MAX_NAME "}"},
	[TYPE_BASE] = {"file or distro", TEXT},
	[TYPE_TEXT] = {"text", TEXT},
	[TYPE_PATH] = {"path", TEXT},
	[TYPE_PATHS] = {"path or list of paths", "{'anyOf': [" TEXT ", " TEXTS "]}"},
	[TYPE_PROGRAM] = {"program", TEXT},
	[TYPE_STRINGS] = {"list of texts", TEXTS},
	[TYPE_GUEST] = {"list of guest paths",
		"{'type': 'array', 'items': {'type': 'string', 'pattern': '^/'}}"},
	[TYPE_WORDS] = {"words",
		"{'anyOf': [{'type': 'string'}, {'type': 'array', 'items': {'type': ['string', 'number']}}]}"},
	[TYPE_SCRIPT] = {"script and arguments", SCRIPT},
	[TYPE_STEP] = {"script and arguments, or map",
		"{'anyOf': [" SCRIPT ", {'type': 'object', 'required': ['script'], 'properties': "
		"{'script': " SCRIPT ", 'inputs': " TEXTS ", 'outputs': " TEXTS "}}]}"},
	[TYPE_FILES] = {"list of pairs",
		"{'type': 'array', 'items': {'type': 'array', 'minItems': 2, 'maxItems': 2, 'items': " TEXT "}}"},
	[TYPE_MODULES] = {"map of directories",
		"{'type': 'object', 'propertyNames': {'pattern': '" NAME "', 'maxLength': " MAX_NAME "}, "
		"'additionalProperties': {'anyOf': [" TEXT ", {'type': 'null'}]}}"},
	[TYPE_TEXTS] = {"map of texts",
		"{'type': 'object', 'additionalProperties': {'type': ['string', 'number', 'boolean', 'null']}}"},
	[TYPE_SIZE] = {"size",
		"{'anyOf': [{'type': 'integer', 'minimum': 0}, {'type': 'string', 'pattern': '" SIZE "'}]}"},
	[TYPE_MEM] = {"size",
		"{'anyOf': [{'type': 'integer', 'minimum': 1}, {'type': 'string', 'pattern': '" SIZE "'}]}"},
	[TYPE_COUNT] = {"positive integer",
		"{'anyOf': [{'type': 'integer', 'minimum': 1, 'maximum': " MAX_INT "}, "
		"{'type': 'string', 'pattern': '^0*[1-9][0-9]*$'}]}"},
	[TYPE_SECONDS] = {"seconds",
		"{'anyOf': [{'type': 'integer', 'minimum': 0, 'maximum': " MAX_INT "}, "
		"{'type': 'string', 'pattern': '^[0-9]+$'}]}"},
	[TYPE_BOOL] = {"boolean", "{'type': 'boolean'}"},
	[TYPE_MAP] = {"map", "{'type': 'object'}"},
	[TYPE_JOBS] = {"list of maps", "{'type': 'array', 'items': {'$ref': '#/$defs/job'}}"},
};
/* clang-format on */

const char *const inherit_words[] = {
	[INHERIT_OWN] = "Not inherited",
	[INHERIT_FILL] = "Inherited",
	[INHERIT_APPEND] = "Added to the ancestors'",
	[INHERIT_MERGE] = "Merged with the ancestors'",
};
