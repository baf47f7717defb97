/* SPDX-License-Identifier: MIT */
#include "check/check.h"
#include "base/util.h"
#include "check/specs.h"

#include <string.h>

void check_run_command(struct checker *c, const struct workload *w)
{
	const struct value *run = &w->spec->values[OPT_RUN],
			   *command = &w->spec->values[OPT_COMMAND];

	if (run->state != VALUE_SET || command->state != VALUE_SET)
		return;
	struct diag_item *item =
		diag_error(c->diag, command->at, "`run` and `command` cannot be used together");
	diag_also(c->diag, item, run->at, "`run` is set here");
}

struct flag {
	const char *name;
	const char *hint;
};

/* Whether a word is a flag, alone, with "=value", or with its value glued on where that is said. */
static bool is_flag(const char *word, const char *flag, bool glued)
{
	const char *rest = after_prefix(word, flag);

	return rest && (!*rest || *rest == '=' || glued);
}

static void refuse_flags(struct checker *c, const struct value *v, const struct flag *flags,
			 size_t n, bool glued)
{
	for (size_t i = 0; i < v->n; i++)
		for (size_t j = 0; j < n; j++) {
			const struct str *word = &v->items[i].text;
			bool two = word->s[0] == '-' && word->s[1] == '-';

			if (!is_flag(word->s + two, flags[j].name, glued && !two))
				continue;
			struct diag_item *item = diag_error(c->diag, word->at,
							    "`%s` is set by fmgen itself", word->s);
			if (flags[j].hint)
				diag_hint(c->diag, item, "use the option `%s`", flags[j].hint);
		}
}

void check_arguments(struct checker *c, const struct workload *w)
{
	static const struct flag qemu[] = {{"-m", "mem"},      {"-smp", "cpus"},
					   {"-M", NULL},       {"-machine", NULL},
					   {"-kernel", "bin"}, {"-bios", "bin"}};
	static const struct flag spike[] = {{"-m", "mem"}, {"-p", "cpus"}};
	static const struct flag bbl[] = {
		{"-host", NULL}, {"-with-payload", NULL}, {"-srcdir", NULL}};

	refuse_flags(c, &w->spec->values[OPT_QEMU_ARGS], qemu, LEN(qemu), false);
	refuse_flags(c, &w->spec->values[OPT_SPIKE_ARGS], spike, LEN(spike), true);
	refuse_flags(c, &w->spec->values[OPT_BBL_ARGS], bbl, LEN(bbl), false);
}

static void warn_no_effect(struct checker *c, const struct workload *w, const enum option_id *ids,
			   size_t n, const char *why)
{
	for (size_t i = 0; i < n; i++) {
		const struct value *v = &w->spec->values[ids[i]];

		if (v->state == VALUE_SET)
			also_set(c,
				 diag_warn(c->diag, WARN_NO_EFFECT, v->at, "`%s` has no effect: %s",
					   options[ids[i]].name, why),
				 w, ids[i], NULL);
	}
}

/* Whether there is an image that layers could go over. */
static bool has_image(const struct workload *w)
{
	return !w->distro || w->distro->has_rootfs || wl_image_given(w);
}

void check_effect(struct checker *c, const struct workload *w)
{
	static const enum option_id image[] = {OPT_OVERLAY,	OPT_FILES,	OPT_DEPS,
					       OPT_ROOTFS_SIZE, OPT_RUN,	OPT_COMMAND,
					       OPT_GUEST_INIT,	OPT_DISTRO_OPTS};
	static const enum option_id post_bin = OPT_POST_BIN, outputs = OPT_OUTPUTS,
				    strip = OPT_TESTING_STRIP;
	static const enum option_id kernel[] = {
		OPT_LINUX_SOURCE, OPT_LINUX_CONFIG, OPT_LINUX_MODULES, OPT_OPENSBI_SRC,
		OPT_OPENSBI_ARGS, OPT_BBL_SRC,	    OPT_BBL_ARGS,      OPT_USE_BBL};

	if (w->spec->values[OPT_IMG].state == VALUE_SET)
		warn_no_effect(c, w, image, LEN(image), "`img` is used as it is");
	else if (!has_image(w))
		warn_no_effect(c, w, image, LEN(image),
			       arena_printf(c->arena, "the distro `%s` has no root file system",
					    w->distro->name.s));
	else if (wl_image_given(w))
		warn_no_effect(c, w, &image[LEN(image) - 1], 1,
			       "the image of an ancestor is used as it is");
	if (wl_set(w, OPT_POST_BIN) && !has_host_script(w, OPT_POST_BIN))
		warn_no_effect(c, w, &post_bin, 1, "there is no boot binary");
	if (!has_image(w) || c->model->board->no_disk)
		warn_no_effect(c, w, &outputs, 1,
			       "there is no disk to copy them from, and a launch will say so");
	if (wl_true(w, OPT_TESTING_STRIP) && !w->distro->strip_from.s)
		warn_no_effect(c, w, &strip, 1,
			       arena_printf(c->arena, "the distro `%s` does not say what to strip",
					    w->distro->name.s));
	if (w->spec->values[OPT_BIN].state == VALUE_SET)
		warn_no_effect(c, w, kernel, LEN(kernel), "`bin` is used as it is");
}

/* The machine that a guest-init is run in. */
void check_guest_init(struct checker *c, const struct workload *w)
{
	const struct value *script = wl_value(w, OPT_GUEST_INIT), *qemu = wl_value(w, OPT_QEMU);
	struct diag_item *item;

	if (!wl_boots(w) || !has_image(w))
		return;
	if (!w->wants_linux && !wl_set(w, OPT_BIN)) {
		item = diag_error(c->diag, script->at, "guest-init: `%s` has no kernel to boot",
				  w->name);
		diag_hint(c->diag, item, "base it on a workload with a kernel, or give it `linux`");
	} else if (qemu->state == VALUE_NULL) {
		item = diag_error(c->diag, script->at,
				  "guest-init needs QEMU, and `%s` does not support it", w->name);
		diag_also(c->diag, item, qemu->at, "`qemu` is null here");
	} else if (!doc_get(c->model->board->launch, "qemu")) {
		diag_error(c->diag, script->at,
			   "guest-init needs QEMU, and the board `%s` has none",
			   c->model->board->name.s);
	} else if (value_path(qemu) && !made_for(c, w, BY_IMAGE, value_path(qemu))) {
		check_exists(c, "qemu", value_path(qemu), qemu->at);
	}
}

static const struct workload *find_name(const struct checker *c, const char *name, size_t len)
{
	for (size_t i = 0; i < c->model->n; i++) {
		const char *other = c->model->workloads[i]->name;

		if (strlen(other) == len && memcmp(other, name, len) == 0)
			return c->model->workloads[i];
	}
	return NULL;
}

/* launch-jobs-NAME, where there is a workload jobs-NAME. */
static void check_jobs_alias(struct checker *c, const struct workload *w)
{
	const char *name = after_prefix(w->name, "jobs-");
	const struct workload *other = name ? find_name(c, name, strlen(name)) : NULL;

	if (!other || !other->njobs)
		return;
	struct diag_item *item =
		diag_error(c->diag, wl_name_place(w),
			   "the target `launch-%s` would be that of `%s`, and of the jobs of `%s`",
			   w->name, w->name, other->name);
	diag_also(c->diag, item, wl_name_place(other), "`%s` is here", other->name);
}

/* Targets of other workloads, such as test-NAME. */
static void check_prefix(struct checker *c, const struct workload *w, const char *prefix)
{
	static const char *const suffixes[] = {"", "-nodisk", "-spike", "-nodisk-spike"};
	const char *name = after_prefix(w->name, prefix);

	for (size_t i = 0; name && i < LEN(suffixes); i++) {
		const struct workload *other;

		if (!has_suffix(name, suffixes[i]) ||
		    !(other = find_name(c, name, strlen(name) - strlen(suffixes[i]))))
			continue;
		struct diag_item *item =
			diag_error(c->diag, wl_name_place(w), "`%s` is also a target of `%s`",
				   w->name, other->name);
		diag_also(c->diag, item, wl_name_place(other), "`%s` is here", other->name);
		return;
	}
}

/* Names of targets that fmgen makes from the names of workloads. */
static void check_alias(struct checker *c, const struct workload *w)
{
	static const char *const suffixes[] = {"-nodisk", "-bin", "-bin-dwarf", ".img"};
	size_t len = strlen(w->name);

	for (size_t i = 0; i < LEN(suffixes); i++) {
		const struct workload *other;

		if (!has_suffix(w->name, suffixes[i]))
			continue;
		other = find_name(c, w->name, len - strlen(suffixes[i]));
		if (!other)
			continue;
		struct diag_item *item = diag_error(c->diag, wl_name_place(w),
						    "`%s` is also an output or target of `%s`",
						    w->name, other->name);
		diag_also(c->diag, item, wl_name_place(other), "`%s` is here", other->name);
	}
}

bool name_is_reserved(const char *name)
{
	static const char *const reserved[] = {"all",
					       "default",
					       "clean",
					       "help",
					       "images",
					       "runOutput",
					       "state",
					       "out",
					       "FORCE",
					       "build.ninja",
					       "build.ninja.stamp",
					       "Makefile",
					       "MISSING"};

	for (size_t i = 0; i < LEN(reserved); i++)
		if (streq(name, reserved[i]))
			return true;
	return false;
}

void check_names(struct checker *c, const struct workload *w)
{
	static const char *const verbs[] = {"launch-", "launch-jobs-", "test-", "install-",
					    "clean-"};

	if (name_is_reserved(w->name))
		diag_error(c->diag, wl_name_place(w), "the name `%s` is reserved", w->name);
	check_alias(c, w);
	for (size_t i = 0; i < LEN(verbs); i++)
		check_prefix(c, w, verbs[i]);
	check_jobs_alias(c, w);
}
