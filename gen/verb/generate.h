/* SPDX-License-Identifier: MIT */
/* Generation: the whole pipeline behind `fmgen WORKLOAD…`. */
#ifndef FMGEN_GENERATE_H
#define FMGEN_GENERATE_H

#include "base/arena.h"
#include "emit/emit.h"
#include "load/source.h"
#include "resolve/workload.h"
#include "verb/options.h"

#include <stdbool.h>

/* What the command line says; kept in out/command so that the build tool can say it again. */
struct request {
	const char *builddir;	 /* NULL: the current directory */
	const char *called_from; /* the directory, as seen from the build directory; NULL: there */
	const char *board, *workdir, *config, *generator, *dump, *diagnostics;
	bool no_disk, werror, strict;
	struct option_list warnings; /* what was given to -W and -E */
	char **targets;
	size_t ntargets;
	struct buf *json; /* not NULL: gets the graph as JSON, and nothing is written */
};

/* The options that make a request, for the tables of verbs that generate; their struct begins with
 * the request. */
#define REQUEST_OPTIONS                                                                           \
	REQUEST_OPTION("builddir", 'C', VALUE, "DIR",                                             \
		       "write the build files there (default: here)", builddir),                  \
		REQUEST_OPTION("board", 'b', VALUE, "NAME",                                       \
			       "the board: a name, or the path of a board directory (qemu)",      \
			       board),                                                            \
		REQUEST_OPTION("generator", 'G', VALUE, "ninja|make",                             \
			       "the build tool to write for (ninja)", generator),                 \
		REQUEST_OPTION("workdir", 0, VALUE, "DIR", "also look for workloads in DIR",      \
			       workdir),                                                          \
		REQUEST_OPTION("config", 0, VALUE, "FILE", "the configuration (fmgen.yaml here)", \
			       config),                                                           \
		REQUEST_OPTION("no-disk", 'd', FLAG, NULL,                                        \
			       "build binaries that hold the root file system", no_disk),         \
		REQUEST_OPTION("initramfs", 'i', FLAG, NULL, "the same as -d", no_disk),          \
		DIAGNOSTIC_OPTIONS

/* Those of them that say what becomes of messages. */
#define DIAGNOSTIC_OPTIONS                                                                       \
	REQUEST_OPTION("warning", 'W', LIST, "[no-]NAME", "show, or hide, a kind of warning",    \
		       warnings),                                                                \
		REQUEST_OPTION("error", 'E', LIST, "NAME",                                       \
			       "treat that kind of warning as an error", warnings),              \
		REQUEST_OPTION("werror", 0, FLAG, NULL, "treat all warnings as errors", werror), \
		REQUEST_OPTION("werr", 0, FLAG, NULL, "the same as --werror", werror),           \
		REQUEST_OPTION("strict", 0, FLAG, NULL,                                          \
			       "refuse .json files that are not valid JSON (-E json)", strict),  \
		REQUEST_OPTION("diagnostics", 0, VALUE, "text|json",                             \
			       "print messages as text or as json", diagnostics)

#define REQUEST_OPTION(name, letter, takes, arg, help, member)                   \
	{                                                                        \
		name, letter, takes, arg, help, offsetof(struct request, member) \
	}

/* Sets the targets (at least one, or it ends the program), moves into the build directory (made if
 * need be) and names the targets, the board and the workdir from there. */
void request_enter(struct arena *a, struct request *r, char **targets, size_t n);
/* Adds the targets of the build directory's last generation, before r's own; of what belongs to the
 * directory (board, build tool, ...) and is not said anew, all is as it was. */
void request_join(struct arena *a, struct request *r);
/* The lines of out/command, and back. false where they cannot be read. */
void request_write(const struct request *r, struct buf *b);
bool request_read(struct arena *a, struct request *r);
/* What it writes for; a wrong name ends the program with 2. */
const struct emitter *request_emitter(const struct request *r);
/* What resolution is told, by the request and the configuration. */
struct setup make_setup(struct arena *a, struct inputs *in, const struct request *r,
			struct diag *d);
void request_free(struct request *r);
/* Sets how diagnostics are shown; a wrong word of the command line ends the program with 2. */
void request_diagnostics(const struct request *r, struct diag *d);
/* Runs the pipeline in the current directory; returns the exit status. */
int generate(struct arena *a, const struct request *r);

#endif
