/* SPDX-License-Identifier: MIT */
/*
 * Fuzzing of all that reads a spec: text, document, spec, workloads, checks. With clang, in the top
 * directory:
 *
 *	mkdir -p build/corpus
 *	clang -g -O1 -std=c11 -D_GNU_SOURCE -fsanitize=fuzzer,address,undefined -Igen \
 *		tests/fuzz/spec.c gen/check/[^g]*.c gen/emit/dump.c \
 *		$(ls gen/base/?*.c gen/load/?*.c gen/decode/?*.c gen/resolve/?*.c) \
 *		-lyaml -lcjson -lmd -o build/fuzz
 *	build/fuzz build/corpus tests/golden/errors tests/golden/warnings
 */
#include "check/specs.h"
#include "decode/spec.h"
#include "emit/dump.h"
#include "load/json.h"
#include "resolve/workload.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What the parts do, one by one: each must stand any input. */
static void fuzz_parts(struct arena *a, const struct source *src, struct diag *d, FILE *null)
{
	const struct doc *doc = doc_parse(a, src, d);

	json_check(src, d);
	if (doc) {
		dump_doc(doc, null);
		decode_spec(a, doc, src->path, d);
	}
	diag_print(d, null);
}

/* The same as a spec of the board. */
static void fuzz_resolve(struct arena *a, struct source *src, struct diag *d, FILE *null)
{
	static char exists[] = "exists";
	const char *targets[] = {src->path};
	struct setup s = {.data_dir = ".",
			  .boards_dir = "boards",
			  .board = "qemu",
			  .fetch_dir = "/nonexistent",
			  .targets = targets,
			  .ntargets = 1};
	struct inputs in;

	inputs_init(&in, a);
	map_put(&in.files, src->path, src);
	map_put(&in.probes, src->path, exists);
	struct model *m = resolve(a, &in, &s, d);
	if (m) {
		check_specs(a, &in, m, d);
		dump_specs(m, null);
	}
	diag_print(d, null);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = {0};
	struct diag d;
	FILE *null = fopen("/dev/null", "w");
	struct source src = {"/nonexistent/fuzz.json", arena_dup(&a, data, size), size};

	if (!null)
		return 0;
	diag_init(&d, &a);
	fuzz_parts(&a, &src, &d, null);
	fuzz_resolve(&a, &src, &d, null);
	fclose(null);
	arena_free(&a);
	return 0;
}
