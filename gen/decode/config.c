/* SPDX-License-Identifier: MIT */
#include "decode/config.h"
#include "base/path.h"
#include "base/util.h"

#include <ctype.h>
#include <string.h>

#define BELOW_BUILD_DIR "everything stays below the build directory"

/* clang-format off */
const struct config_key config_keys[CONFIG_COUNT] = {
	[CONFIG_WORKLOAD_DIRS] = {.option = {"workload-dirs", TYPE_PATHS, .absent = "none", .help =
		"Directories to search for specs, after the board's base workloads; a later one wins. In the environment they are separated by colons. Each must be there."}},
	[CONFIG_BOARD] = {.option = {"board", TYPE_TEXT, .absent = "`qemu`", .help =
		"The board to build for: a name, or the path of a board's directory (with a slash)."}},
	[CONFIG_BOARD_DIR] = {.option = {"board-dir", TYPE_PATH, .help =
		"The path of a board's directory. Not together with `board`."}},
	[CONFIG_LINUX_DIR] = {.option = {"linux-dir", TYPE_PATH, .absent = "the board's", .help =
		"The source tree of Linux for workloads that set no `linux.source`."}},
	[CONFIG_OPENSBI_DIR] = {.option = {"opensbi-dir", TYPE_PATH, .absent = "the board's", .help =
		"The source tree of OpenSBI for workloads that set no `firmware.opensbi-src`."}},
	[CONFIG_BUSYBOX_DIR] = {.option = {"busybox-dir", TYPE_PATH, .absent = "the board's", .help =
		"The source tree of busybox."}},
	[CONFIG_FIRESIM_DIR] = {.option = {"firesim-dir", TYPE_PATH, .help =
		"The directory of FireSim, which has `deploy/workloads`: where `fmgen install` puts workloads of the board `firechip`."}},
	[CONFIG_JLEVEL] = {.option = {"jlevel", TYPE_COUNT, .absent = "as many as there are processors", .help =
		"How many commands run at a time: those that `fmgen build` and `fmgen launch` let ninja run, and those that make runs in each of them. A ninja that is called by hand has its own `-j`. Nothing is built anew for a change of it."}},
	[CONFIG_ROOTFS_MARGIN] = {.option = {"rootfs-margin", TYPE_SIZE, .absent = "256 MiB", .help =
		"The room that is left in root file systems whose `rootfs-size` is 0 or absent."}},
	[CONFIG_GUEST_INIT_TIMEOUT] = {.option = {"guest-init-timeout", TYPE_SECONDS, .absent = "1800", .help =
		"The seconds that a `guest-init` may take; 0 is for no limit."}},
	[CONFIG_IMAGE_DIR] = {.option = {"image-dir", TYPE_PATH, .help =
		"Where FireMarshal puts images."}, .idle = BELOW_BUILD_DIR},
	[CONFIG_LOG_DIR] = {.option = {"log-dir", TYPE_PATH, .help =
		"Where FireMarshal puts logs."}, .idle = BELOW_BUILD_DIR},
	[CONFIG_RES_DIR] = {.option = {"res-dir", TYPE_PATH, .help =
		"Where FireMarshal puts the outputs of runs."}, .idle = BELOW_BUILD_DIR},
	[CONFIG_MOUNT_DIR] = {.option = {"mount-dir", TYPE_PATH, .help =
		"Where FireMarshal mounts images."}, .idle = "nothing is mounted"},
	[CONFIG_DOIT_OPTS] = {.option = {"doitOpts", TYPE_MAP, .help =
		"Options of the build tool doit."}, .idle = "ninja builds, not doit"},
};
/* clang-format on */

void config_init(struct config *c, struct arena *a)
{
	*c = (struct config){.others = {.arena = a}};
}

const char *config_prefix(enum config_rank rank)
{
	return rank == RANK_MARSHAL ? "MARSHAL_" : "FMGEN_";
}

const char *config_variable(struct arena *a, enum config_rank rank, const char *key)
{
	char *name = arena_printf(a, "%s%s", config_prefix(rank), key);

	for (char *s = name; *s; s++)
		*s = *s == '-' ? '_' : (char)toupper((unsigned char)*s);
	return name;
}

static void join_paths(struct decoder *dc, const struct option *opt, struct value *v,
		       const char *dir)
{
	bool path = opt->type == TYPE_PATH || opt->type == TYPE_PATHS;

	for (size_t i = 0; i < v->n; i++)
		if (path || strchr(v->items[i].text.s, '/'))
			v->items[i].path = path_join(dc->arena, dir, v->items[i].text.s);
}

/* Takes a value over one of lower rank. name: what the user calls the key. */
static void take(struct decoder *dc, struct config *c, enum config_rank rank, enum config_id id,
		 struct str name, const struct doc *doc, const char *dir)
{
	struct option opt = config_keys[id].option;
	struct value v;

	opt.name = name.s;
	opt.nullable = true;
	if (config_keys[id].idle) {
		diag_warn(dc->diag, WARN_NO_EFFECT, name.at, "`%s` has no effect: %s", name.s,
			  config_keys[id].idle);
		return;
	}
	decode_value(dc, &opt, doc, &v);
	if (v.state != VALUE_SET || rank < c->ranks[id])
		return;
	join_paths(dc, &opt, &v, dir);
	c->values[id] = v;
	c->ranks[id] = rank;
}

static void take_other(struct config *c, const char *key, const struct config_other *other)
{
	const struct config_other *known = map_get(&c->others, key);

	if (known && known->rank > other->rank)
		return;
	struct config_other *copy = arena_new(c->others.arena, struct config_other);
	*copy = *other;
	map_put(&c->others, key, copy);
}

static void decode_key(struct decoder *dc, struct config *c, const struct str *key,
		       const struct doc *doc, const char *dir)
{
	for (enum config_id i = 0; i < CONFIG_COUNT; i++)
		if (streq(config_keys[i].option.name, key->s)) {
			take(dc, c, RANK_FILE, i, *key, doc, dir);
			return;
		}
	struct config_other other = {.rank = RANK_FILE, .key = *key, .doc = doc};
	if (doc->kind == DOC_STRING && *doc->text) {
		other.text = (struct str){doc->text, doc->at};
		other.path = (struct str){path_join(dc->arena, dir, doc->text), doc->at};
	}
	take_other(c, key->s, &other);
}

void config_decode(struct decoder *dc, struct config *c, const struct doc *doc, const char *dir)
{
	if (doc->kind != DOC_MAP)
		diag_error(dc->diag, doc->at, "a configuration is a map, not %s",
			   doc_kind_name(doc->kind));
	for (size_t i = 0; doc->kind == DOC_MAP && i < doc->n; i++)
		decode_key(dc, c, &doc->keys[i], doc->items[i], dir);
}

static struct doc *text_doc(struct arena *a, const char *text)
{
	struct doc *doc = arena_new(a, struct doc);

	*doc = (struct doc){.kind = DOC_STRING, .text = text};
	return doc;
}

/* The parts of a text between colons, without empty ones, as a list. */
static struct doc *split_list(struct arena *a, const char *text)
{
	struct doc *list = arena_new(a, struct doc);

	list->kind = DOC_LIST;
	list->items = arena_array(a, struct doc *, strlen(text) + 1);
	while (*text) {
		size_t len = strcspn(text, ":");

		if (len)
			list->items[list->n++] = text_doc(a, arena_dup(a, text, len));
		text += len + (text[len] == ':');
	}
	return list;
}

/* The key that a variable is for, where it is none of the table: "XXX_YYY" gives "xxx-yyy". */
static const char *key_of(struct arena *a, const char *name)
{
	char *key = arena_strdup(a, name);

	for (char *s = key; *s; s++)
		*s = *s == '_' ? '-' : (char)tolower((unsigned char)*s);
	return key;
}

void config_decode_variable(struct decoder *dc, struct config *c, enum config_rank rank,
			    const char *variable, const char *value, const char *dir)
{
	const char *name = after_prefix(variable, config_prefix(rank));
	struct str key = {variable, {0}};

	for (enum config_id i = 0; i < CONFIG_COUNT; i++) {
		const struct option *opt = &config_keys[i].option;

		if (!streq(config_variable(dc->arena, rank, opt->name), variable))
			continue;
		take(dc, c, rank, i, key,
		     opt->type == TYPE_PATHS ? split_list(dc->arena, value)
					     : text_doc(dc->arena, value),
		     dir);
		return;
	}
	struct config_other other = {.rank = rank, .key = key};
	other.text = (struct str){value, {0}};
	other.path = (struct str){path_join(dc->arena, dir, value), {0}};
	take_other(c, key_of(dc->arena, name), &other);
}
