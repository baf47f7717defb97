/* SPDX-License-Identifier: MIT */
#include "decode/spec.h"
#include "decode/types.h"
#include "base/path.h"
#include "base/util.h"

#include <string.h>

/* The names that may stand where an unknown one was found: those of a group, or the top ones with
 * the groups. */
static size_t list_names(struct arena *a, const char *group, const char **names)
{
	size_t n = 0, len = strlen(group);

	for (size_t i = 0; i < OPT_COUNT; i++) {
		const char *name = options[i].name, *dot = strchr(name, '.');

		if (len && strncmp(name, group, len) == 0 && name[len] == '.')
			names[n++] = name + len + 1;
		else if (!len)
			names[n++] = dot ? arena_dup(a, name, (size_t)(dot - name)) : name;
	}
	return n;
}

/* The full name of the option that another group, or the top, has under that short name. */
static const char *find_elsewhere(const char *key)
{
	for (size_t i = 0; i < OPT_COUNT; i++) {
		const char *dot = strchr(options[i].name, '.');

		if (streq(options[i].name, key) || (dot && streq(dot + 1, key)))
			return options[i].name;
	}
	return NULL;
}

/* The option that a word at the top stands for where its author did not look it up, or NULL. */
static const char *find_synonym(const char *key)
{
	static const char *const synonyms[][2] = {
		{"memory", "mem"},    {"ram", "mem"},	       {"cores", "cpus"},
		{"smp", "cpus"},      {"kernel", "linux"},     {"parent", "base"},
		{"extends", "base"},  {"inherits", "base"},    {"from", "base"},
		{"script", "run"},    {"cmd", "command"},      {"size", "rootfs-size"},
		{"image", "img"},     {"binary", "bin"},       {"test", "testing"},
		{"tests", "testing"}, {"opensbi", "firmware"}, {"workloads", "jobs"},
	};

	for (size_t i = 0; i < LEN(synonyms); i++)
		if (streq(synonyms[i][0], key))
			return synonyms[i][1];
	return NULL;
}

static void unknown_option(struct decoder *dc, const char *group, const struct str *key)
{
	const char *names[OPT_COUNT], *elsewhere = find_elsewhere(key->s);
	size_t n = list_names(dc->arena, group, names);
	const char *near = nearest_name(key->s, names, n);
	struct diag_item *item =
		diag_warn(dc->diag, WARN_UNKNOWN_OPTION, key->at, "`%s%s%s` is no option", group,
			  *group ? "." : "", key->s);

	if (elsewhere && strchr(elsewhere, '.'))
		diag_hint(dc->diag, item, "`%s` belongs to the group `%.*s`",
			  strchr(elsewhere, '.') + 1, (int)strcspn(elsewhere, "."), elsewhere);
	else if (elsewhere)
		diag_hint(dc->diag, item, "`%s` stands outside of the group `%s`", elsewhere,
			  group);
	else if (near || (!*group && (near = find_synonym(key->s))))
		diag_hint(dc->diag, item, "did you mean `%s`?", near);
}

static void decode_group(struct decoder *dc, struct spec *spec, const struct str *group,
			 const struct doc *doc)
{
	if (streq(group->s, "linux"))
		spec->has_linux = true;
	else if (streq(group->s, "firmware"))
		spec->has_firmware = true;
	if (doc->kind != DOC_MAP) {
		struct diag_item *item = wrong_type(dc, group->s, doc, "a map");
		if (doc->kind == DOC_NULL)
			diag_hint(dc->diag, item, "an empty group is written {}");
		return;
	}
	for (size_t i = 0; i < doc->n; i++) {
		const char *key = doc->keys[i].s;
		const struct option *opt = NULL;

		if (strlen(key) < 100)
			opt = option_find(arena_printf(dc->arena, "%s.%s", group->s, key));
		if (opt)
			decode_value(dc, opt, doc->items[i], &spec->values[opt - options]);
		else
			unknown_option(dc, group->s, &doc->keys[i]);
	}
}

static void decode_entries(struct decoder *dc, struct spec *spec, const struct doc *doc)
{
	for (size_t i = 0; i < doc->n; i++) {
		const struct str *key = &doc->keys[i];
		const struct option *opt = strchr(key->s, '.') ? NULL : option_find(key->s);

		if (option_is_group(key->s))
			decode_group(dc, spec, key, doc->items[i]);
		else if (opt)
			decode_value(dc, opt, doc->items[i], &spec->values[opt - options]);
		else
			unknown_option(dc, "", key);
	}
}

/* The place of an option's key in the document, or of its value. */
static struct span key_place(const struct doc *doc, const char *key, struct span otherwise)
{
	for (size_t i = 0; i < doc->n; i++)
		if (streq(doc->keys[i].s, key))
			return doc->keys[i].at;
	return otherwise;
}

/* Moves the value of a deprecated option to the one that took its place. */
static void translate(struct decoder *dc, struct spec *spec, const struct doc *doc,
		      const struct option *old)
{
	struct value *v = &spec->values[old - options];
	const struct option *opt = option_find(old->replaced_by);
	const char *group = arena_dup(dc->arena, opt->name, strcspn(opt->name, "."));
	struct span at = key_place(doc, old->name, v->at);

	if (v->state == VALUE_UNSET)
		return;
	if (doc_get(doc, group)) {
		struct diag_item *item =
			diag_error(dc->diag, at, "`%s` cannot be used together with the group `%s`",
				   old->name, group);
		diag_also(dc->diag, item, key_place(doc, group, v->at), "the group is here");
		diag_hint(dc->diag, item, "write `%s` in the group `%s`",
			  strchr(opt->name, '.') + 1, group);
	} else {
		struct diag_item *item = diag_note(dc->diag, at, "`%s` is an old name of `%s`",
						   old->name, opt->name);
		diag_hint(dc->diag, item, "write `%s` in the group `%s`",
			  strchr(opt->name, '.') + 1, group);
		if (spec->values[opt - options].state == VALUE_UNSET)
			spec->values[opt - options] = *v;
		spec->has_linux |= streq(group, "linux");
		spec->has_firmware |= streq(group, "firmware");
	}
	*v = (struct value){0};
}

static bool lacks(const struct doc *map, const char *key)
{
	return map->kind == DOC_MAP && !doc_get(map, key);
}

/* Reports the required options that a spec, or one of its groups, does not have. */
static void check_required(struct decoder *dc, const struct doc *doc)
{
	for (size_t i = 0; i < OPT_COUNT; i++) {
		const char *name = options[i].name, *dot = strchr(name, '.');
		struct span at = doc->at;

		if (!options[i].required)
			continue;
		if (dot) {
			const char *group = arena_dup(dc->arena, name, (size_t)(dot - name));
			const struct doc *map = doc_get(doc, group);

			at = key_place(doc, group, at);
			if (!map || !lacks(map, dot + 1))
				continue;
		} else if (!lacks(doc, name)) {
			continue;
		}
		diag_error(dc->diag, at, "`%s` is missing", name);
	}
}

static struct spec *decode_map(struct decoder *dc, const struct doc *doc, const char *file)
{
	struct spec *spec = arena_new(dc->arena, struct spec);

	spec->file = file;
	spec->dir = path_dir(dc->arena, file);
	spec->at = doc->at;
	decode_entries(dc, spec, doc);
	for (size_t i = 0; i < OPT_COUNT; i++)
		if (options[i].replaced_by)
			translate(dc, spec, doc, &options[i]);
	check_required(dc, doc);
	return spec;
}

static void decode_jobs(struct decoder *dc, struct spec *spec)
{
	const struct value *v = &spec->values[OPT_JOBS];

	if (v->state != VALUE_SET)
		return;
	spec->jobs = arena_array(dc->arena, struct spec *, v->doc->n);
	for (size_t i = 0; i < v->doc->n; i++) {
		const struct doc *doc = v->doc->items[i];

		if (doc->kind != DOC_MAP) {
			diag_error(dc->diag, doc->at, "each of `jobs` must be a map, not %s",
				   doc_kind_name(doc->kind));
			continue;
		}
		struct spec *job = decode_map(dc, doc, spec->file);
		if (job->values[OPT_JOBS].state != VALUE_UNSET)
			diag_error(dc->diag, job->values[OPT_JOBS].at, "a job cannot have jobs");
		spec->jobs[spec->njobs++] = job;
	}
}

struct spec *decode_spec(struct arena *a, const struct doc *doc, const char *file, struct diag *d)
{
	struct decoder dc = {a, d};

	if (doc->kind != DOC_MAP) {
		struct diag_item *item = diag_error(
			d, doc->at, "a spec is a map of options, not %s", doc_kind_name(doc->kind));
		if (doc->kind == DOC_STRING)
			diag_hint(d, item, "an option is written `name: value`, with a blank");
		return NULL;
	}
	struct spec *spec = decode_map(&dc, doc, file);
	decode_jobs(&dc, spec);
	return spec;
}
