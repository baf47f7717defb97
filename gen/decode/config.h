/* SPDX-License-Identifier: MIT */
/* The user's configuration: values by rank, from a file and from the environment. The table of keys
 * is what both are read by and what the manual lists. */
#ifndef FMGEN_CONFIG_H
#define FMGEN_CONFIG_H

#include "base/map.h"
#include "decode/types.h"

/* clang-format off */
enum config_id {
	CONFIG_WORKLOAD_DIRS, CONFIG_BOARD, CONFIG_BOARD_DIR,
	CONFIG_LINUX_DIR, CONFIG_OPENSBI_DIR, CONFIG_BUSYBOX_DIR, CONFIG_FIRESIM_DIR,
	CONFIG_JLEVEL, CONFIG_ROOTFS_MARGIN, CONFIG_GUEST_INIT_TIMEOUT,
	CONFIG_IMAGE_DIR, CONFIG_LOG_DIR, CONFIG_RES_DIR, CONFIG_MOUNT_DIR, CONFIG_DOIT_OPTS,
	CONFIG_COUNT
};
/* clang-format on */

struct config_key {
	struct option option;
	const char *idle; /* why it has no effect, or NULL */
};

extern const struct config_key config_keys[CONFIG_COUNT];

/* Who says it; a later one wins. */
enum config_rank { RANK_NONE, RANK_FILE, RANK_MARSHAL, RANK_FMGEN };

/* A key that is not of the table: it may be one that a board or a distro asks for. */
struct config_other {
	enum config_rank rank;
	struct str key;	       /* as it is written; of a variable: its name, without a place */
	struct str text, path; /* s NULL: it is not a text; path: as one from the build directory */
	const struct doc *doc; /* what it is; NULL for a variable */
};

struct config {
	struct value values[CONFIG_COUNT]; /* null as if unset; paths from the build directory */
	enum config_rank ranks[CONFIG_COUNT];
	struct map others; /* key -> struct config_other * */
};

void config_init(struct config *c, struct arena *a);
/* Reads the map of a file in the directory dir. */
void config_decode(struct decoder *dc, struct config *c, const struct doc *doc, const char *dir);
/* Reads the variable PREFIX_XXX_YYY for the key xxx-yyy; paths are relative to dir. */
void config_decode_variable(struct decoder *dc, struct config *c, enum config_rank rank,
			    const char *variable, const char *value, const char *dir);

/* What stands before the key in variables of that rank: "FMGEN_". */
const char *config_prefix(enum config_rank rank);
/* The variable that sets a key: "FMGEN_XXX_YYY". */
const char *config_variable(struct arena *a, enum config_rank rank, const char *key);

#endif
