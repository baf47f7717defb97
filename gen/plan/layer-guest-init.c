/* SPDX-License-Identifier: MIT */
/*
 * The image after one boot, which ran the script of `guest-init`, or for which the distro asks.
 * What the boot is started with (binary, processors, memory, arguments) belongs to the identity.
 */
#include "plan/image.h"
#include "plan/machine.h"

static bool has_guest_init(const struct build *b)
{
	return wl_boots(b->w) && b->bin[DISK];
}

static void add_script(struct step *s, const struct build *b)
{
	const struct value *script = wl_value(b->w, OPT_GUEST_INIT);

	step_option_path(s, "script", value_path(script));
	for (size_t i = 1; i < script->n; i++)
		step_option(s, "script-arg", script->items[i].text.s);
}

static void boot_in(struct planner *p, struct edge *e, const struct build *b, const char *image)
{
	const struct value *program = wl_value(b->w, OPT_QEMU);

	stage_in(p, e, image, "rootfs.img");
	stage_in(p, e, b->bin[DISK], "bin");
	if (b->link[DISK])
		stage_in(p, e, b->bin[DISK], "bin.mem");
	if (value_path(program))
		tree_for(p, e, BY_IMAGE, value_path(program), program->at);
	scripts_in(p, e, "guest-init boot-script lib.sh");
	plumbing_in(p, e, "ext4");
	stage_out(p, e, "rootfs.img");
}

static void script_in(struct planner *p, struct edge *e, const struct build *b)
{
	const struct value *script = wl_value(b->w, OPT_GUEST_INIT),
			   *deps = wl_value(b->w, OPT_DEPS);

	tree_for(p, e, BY_IMAGE, value_path(script), script->at);
	for (size_t i = 0; i < deps->n; i++)
		tree_for(p, e, BY_IMAGE, deps->items[i].path, deps->items[i].text.at);
}

static const char *guest_init_over(struct planner *p, const struct build *b, const char *image)
{
	struct step s = step_start(p, "guest-init", wl_value(b->w, OPT_GUEST_INIT)->at);

	start_image(&s, b, image);
	add_script(&s, b);
	step_option(&s, "bin", stage_file(p, b->bin[DISK], "bin"));
	add_machine(&s, b, DISK);
	add_simulator(&s, b, &simulators[QEMU], true);
	step_identify(&s);
	const char *id = step_id(&s);
	struct edge *e = step_edge(&s, "guest-init", id);
	if (e) {
		boot_in(p, e, b, image);
		script_in(p, e, b);
	}
	return id;
}

/* Who can boot the distro's image first: its other layers, and all that is based on it, start from
 * what that boot leaves. */
static bool is_first_boot(const struct build *b)
{
	if (!b->w->distro->first_boot || !b->bin[DISK] || wl_image_given(b->w))
		return false;
	for (const struct build *above = b->parent; above; above = above->parent)
		if (above->bin[DISK])
			return false;
	return true;
}

/* A small machine: what is to be done there is done in a row, and a larger one only costs time. */
static const char *first_boot_over(struct planner *p, const struct build *b, const char *image)
{
	struct step s = step_start(p, "first-boot", b->w->distro->name.at);

	start_image(&s, b, image);
	step_option(&s, "bin", stage_file(p, b->bin[DISK], "bin"));
	step_option(&s, "cpus", "1");
	step_option(&s, "mem", "1073741824");
	if (b->link[DISK])
		step_option(&s, "min-mem", stage_file(p, b->bin[DISK], "bin.mem"));
	add_simulator(&s, b, &simulators[QEMU], true);
	step_identify(&s);
	const char *id = step_id(&s);
	struct edge *e = step_edge(&s, "guest-init", id);
	if (e)
		boot_in(p, e, b, image);
	return id;
}

const struct layer layer_first_boot = {"first-boot", is_first_boot, first_boot_over};
const struct layer layer_guest_init = {"guest-init", has_guest_init, guest_init_over};
