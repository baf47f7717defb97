/* SPDX-License-Identifier: MIT */
#include "decode/options.h"
#include "base/util.h"

#include <string.h>

/* clang-format off */
#define OWN    .inherit = INHERIT_OWN
#define FILL   .inherit = INHERIT_FILL
#define APPEND .inherit = INHERIT_APPEND
#define MERGE  .inherit = INHERIT_MERGE
#define W      .base = BASE_WORKDIR
#define C      .base = BASE_SPECDIR

const struct option options[OPT_COUNT] = {
	[OPT_NAME] = {"name", TYPE_NAME, OWN, .required = true, .since = "0.1", .help =
		"The workload's name, unique among all that are loaded. Outputs are called after it: images/NAME-bin, images/NAME.img."},
	[OPT_BASE] = {"base", TYPE_BASE, OWN, .since = "0.1", .absent = "the distro `bare`, which has no root file system", .help =
		"What the workload starts from: the name of a distro; the file name of another spec, found by the search path; or the path of one (with a slash), relative to this spec's directory. A job without it is based on its workload."},
	[OPT_WORKDIR] = {"workdir", TYPE_PATH, OWN, C, .since = "0.1", .absent = "the directory beside the spec that is called like the file without its extension", .help =
		"The directory that the workload's own files are relative to. A job has the directory of its workload."},
	[OPT_OVERLAY] = {"overlay", TYPE_PATH, OWN, W, .since = "0.1", .help =
		"A directory whose contents are laid over the root of the file system. Everything in it belongs to root in the image; modes are kept."},
	[OPT_FILES] = {"files", TYPE_FILES, OWN, W, .since = "0.1", .help =
		"Pairs [source, destination] of single files, directories or links to put into the image. A source that is a link is put there as a link. A destination is absolute, without a part `..`; one that ends in a slash or is a directory means: into it. Missing directories are made. They come after the overlay."},
	[OPT_DEPS] = {"deps", TYPE_PATHS, OWN, W, .since = "0.1", .help =
		"Further files or directories that the image depends on: it is made anew when one of them changed. Nothing of them is copied. This option is fmgen's own."},
	[OPT_OUTPUTS] = {"outputs", TYPE_GUEST, FILL, .since = "0.1", .help =
		"Paths in the guest that are copied off its disk after a launch, into the machine's part of the run's directory: files under their own names, directories with all in them. They are absolute and may hold the wildcards `* ? [ ]`. One that names nothing is an error, and so are two of one name. A machine without a disk (--no-disk) is then not started."},
	[OPT_ROOTFS_SIZE] = {"rootfs-size", TYPE_SIZE, FILL, .since = "0.1", .absent = "as large as its contents plus a margin of 256 MiB", .help =
		"The size of the root file system; 0 is as if it were absent. An image is never made smaller than its parent's. Contents that do not fit are an error of the build."},
	[OPT_RUN] = {"run", TYPE_SCRIPT, OWN, W, .since = "0.1", .help =
		"A script, with arguments, that the guest runs once it has booted. It is put into the image as `/etc/fmgen/run`, and starts with a line that names its interpreter. When it returns there is a shell; it may power off the machine. Descendants without run and command of their own run it too."},
	[OPT_COMMAND] = {"command", TYPE_TEXT, OWN, .since = "0.1", .help =
		"Shell text that the guest runs once it has booted; then it powers off. Its status becomes that of `fmgen launch`. Not together with run."},
	[OPT_HOST_INIT] = {"host-init", TYPE_STEP, OWN, W, .since = "0.1", .help =
		"A script, with arguments, that runs on the host in the workdir before anything else of the workload is built. Its environment is the caller's. It runs on every build of a workload that was named to `fmgen` (a job's is, with its workload); a workload that is only a parent's runs once, and again when the script or its arguments changed. Parents' come first. What it writes in the workdir is seen in the same build, and need not be there before; what comes out equal rebuilds nothing. As a map of script, inputs and outputs (two lists of paths) it runs when the script or an input changed or an output is missing, and writes nothing but its outputs. Where it changes something else that the workload is built from, it has failed."},
	[OPT_POST_BIN] = {"post-bin", TYPE_STEP, OWN, W, .since = "0.1", .help =
		"A script, with arguments, that runs on the host behind the workload's boot binary: the one with a disk, even where only the other is built. Directory, environment, and when it runs are as with host-init; it also runs again when the binary changed. FIREMARSHAL_LINUX_SRC is a directory that looks like the kernel's source tree with the kernel built in it, not to be written to; FIREMARSHAL_LINUX_BIN is the linked kernel, an ELF file with symbols (published as images/NAME-bin-dwarf). Without a kernel they are not set. What it writes in the workdir is there for the image (overlay, files, scripts) in the same build, and need not be there before; kernel and binary do not see it. As a map of script, inputs and outputs it runs when the script, an input or the binary changed or an output is missing, and writes nothing but its outputs. Where it changes something else that the workload is built from, as its binary is, it has failed."},
	[OPT_GUEST_INIT] = {"guest-init", TYPE_SCRIPT, OWN, W, .since = "0.1", .help =
		"A script, with arguments, that runs once in the guest while the image is built, for instance to install packages. The workload is booted in QEMU with its disk binary, cpus, mem, qemu and qemu-args, on a copy of the image that has the overlay and the files, but not yet run or command. The script has no input; when it returns the guest is powered off, and what it wrote stays in the image. It runs again when one of these changed. A status other than 0, a panic, a guest that powers off or starts again by itself, and one that takes longer than guest-init-timeout (1800 seconds) are errors of the build. Descendants start from the image and do not run it again, unless they change options of the distro."},
	[OPT_POST_RUN_HOOK] = {"post_run_hook", TYPE_SCRIPT, FILL, W, .since = "0.1", .help =
		"A script, with arguments, that runs on the host behind a launch, once all machines have ended by themselves, however they fared. It runs in the workdir of the workload that set it; its last argument is the directory of the run (runOutput/NAME-launch-TIME-RANDOM), absolute, in which NAME/status has the status of each machine. A job that sets another one than its workload has both: its own runs with the job's part of that directory. What it prints is kept in hook.log there. A status other than 0 is a failure of the launch."},
	[OPT_LINUX_SOURCE] = {"linux.source", TYPE_PATH, FILL, W, .since = "0.1", .absent = "the board's", .help =
		"The kernel's source tree. It is never written to, and must not have been built in place (with a .config or include/config). Its path, with all links followed, may hold letters, digits and the characters . / _ + @ , -."},
	[OPT_LINUX_CONFIG] = {"linux.config", TYPE_PATHS, APPEND, W, .since = "0.1", .help =
		"One or more fragments of kernel configuration. They come after those of the board and of the ancestors; the last one that sets an option wins. fmgen's own fragment comes last: each kernel takes an initramfs. An option that does not take effect is reported by the build, with the line of the fragment; -E kconfig makes that an error."},
	[OPT_LINUX_MODULES] = {"linux.modules", TYPE_MODULES, MERGE, W, .since = "0.1", .help =
		"Kernel modules outside of the kernel's tree: a map from the name of the module (NAME.ko) to the directory that builds it. null takes an ancestor's module away. The directory has a Kbuild or Makefile with obj-m, or a Makefile that calls the kernel's own in $(LINUXSRC). It is built in a copy, and makes NAME.ko at its top. The initramfs loads the modules, each after those it needs."},
	[OPT_OPENSBI_SRC] = {"firmware.opensbi-src", TYPE_PATH, FILL, W, .since = "0.1", .absent = "the board's", .help =
		"The source tree of OpenSBI."},
	[OPT_OPENSBI_ARGS] = {"firmware.opensbi-build-args", TYPE_WORDS, APPEND, .since = "0.1", .help =
		"Further arguments for the make of OpenSBI, VARIABLE=VALUE: a list, or a string that is split as a shell would."},
	[OPT_BBL_SRC] = {"firmware.bbl-src", TYPE_PATH, FILL, W, .since = "0.1", .help =
		"The source tree of the Berkeley boot loader (riscv-pk). It is never written to, and must not have been configured in place."},
	[OPT_BBL_ARGS] = {"firmware.bbl-build-args", TYPE_WORDS, APPEND, .since = "0.1", .help =
		"Further arguments for the configure script of the Berkeley boot loader: a list, or a string that is split as a shell would. What fmgen sets itself (--host, --with-payload, --srcdir) is refused."},
	[OPT_USE_BBL] = {"firmware.use-bbl", TYPE_BOOL, FILL, .since = "0.1", .absent = "no", .help =
		"Boots by the Berkeley boot loader in place of OpenSBI; its source tree must be named."},
	[OPT_DISTRO_NAME] = {"distro.name", TYPE_NAME, FILL, .since = "0.1", .help =
		"The distro whose options are set. It must be the one that the workload is based on."},
	[OPT_DISTRO_OPTS] = {"distro.opts", TYPE_MAP, MERGE, .since = "0.1", .help =
		"Options of the distro, which says which it has and how each is merged; see fmgen-board(5). A workload that changes them starts from another image of the distro, with the layers of all its ancestors over it; so do its descendants. Others keep theirs."},
	[OPT_QEMU] = {"qemu", TYPE_PROGRAM, FILL, W, .nullable = true, .since = "0.1", .absent = "the board's", .help =
		"The QEMU to launch with: a path (with a slash), or a program name that is looked up on PATH. null: the workload does not run on QEMU."},
	[OPT_SPIKE] = {"spike", TYPE_PROGRAM, FILL, W, .nullable = true, .since = "0.1", .absent = "the board's", .help =
		"The Spike to launch with: a path (with a slash), or a program name that is looked up on PATH. null: the workload does not run on Spike. Spike runs binaries without a disk only, but on the board firechip."},
	[OPT_QEMU_ARGS] = {"qemu-args", TYPE_WORDS, APPEND, .since = "0.1", .help =
		"Further arguments for QEMU: a list, or a string that is split as a shell would. What fmgen sets itself (-m, -smp, -M, -machine, -kernel, -bios) is refused."},
	[OPT_SPIKE_ARGS] = {"spike-args", TYPE_WORDS, APPEND, .since = "0.1", .help =
		"Further arguments for Spike: a list, or a string that is split as a shell would. What fmgen sets itself (-m, -p) is refused."},
	[OPT_CPUS] = {"cpus", TYPE_COUNT, FILL, .since = "0.1", .absent = "4", .help =
		"The number of processors of the simulated machine."},
	[OPT_MEM] = {"mem", TYPE_MEM, FILL, .since = "0.1", .absent = "16 GiB", .help =
		"The memory of the simulated machine: a number of MiB, or a text with a unit such as \"2GiB\". Where the host has less, a launch takes what it has. An odd number of MiB makes Linux start many times slower."},
	[OPT_LAUNCH] = {"launch", TYPE_BOOL, FILL, .since = "0.1", .absent = "yes", .help =
		"Whether the workload is launched at all; a launch of one that is not says so, and is a success. With --all such a job is left out."},
	[OPT_BIN] = {"bin", TYPE_PATH, OWN, W, .since = "0.1", .help =
		"A boot binary to use as it is: no kernel and no firmware is built. The file stays yours: a copy of it is published, and published anew when it changed. It must be there, unless a host-init makes it. Where the workload is based on nothing (no kernel, no image), it is launched on Spike, and on QEMU only where `qemu` is set."},
	[OPT_IMG] = {"img", TYPE_PATH, OWN, W, .since = "0.1", .help =
		"A disk image to use as it is: nothing is laid over it, and options that would change it have no effect. A copy of it is published. Children start from it; for them it must be a clean ext4 file system without a partition table. It must be there, unless a host-init makes it."},
	[OPT_JOBS] = {"jobs", TYPE_JOBS, OWN, .since = "0.1", .help =
		"Workloads that belong together, for instance the nodes of a simulated network. Each takes the same options, but jobs; its name becomes NAME-JOB, and its base is the enclosing workload unless it sets another. Each is built as a workload of its own, together with the enclosing one. `fmgen launch --all` boots them at once, `--job` some of them."},
	[OPT_TESTING_REFDIR] = {"testing.refDir", TYPE_PATH, OWN, W, .required = true, .since = "0.1", .help =
		"What `fmgen test` compares the run with: a directory that looks as that of a run, with a directory for the workload, or for each of its jobs (NAME-JOB). Each of its files must be in the run, equal; of one called uartlog the lines must be in the console's log as one block."},
	[OPT_TESTING_BUILD_TIMEOUT] = {"testing.buildTimeout", TYPE_COUNT, OWN, .since = "0.1", .absent = "no limit", .help =
		"The seconds that `fmgen test` lets the build take."},
	[OPT_TESTING_RUN_TIMEOUT] = {"testing.runTimeout", TYPE_COUNT, OWN, .since = "0.1", .absent = "no limit", .help =
		"The seconds that each machine may run in a test. A run script that does not power off the machine needs it."},
	[OPT_TESTING_STRIP] = {"testing.strip", TYPE_BOOL, OWN, .since = "0.1", .absent = "no", .help =
		"Compares only what the workload itself printed, without the messages of the boot: what stands between two lines that the distro knows."},
	[OPT_FIRESIM_OUTPUTS] = {"firesim.simulation_outputs", TYPE_STRINGS, OWN, .since = "0.1", .help =
		"Further files of the simulation that FireSim brings back, besides `uartlog`; for `fmgen install`."},
	[OPT_FIRESIM_INPUTS] = {"firesim.simulation_inputs", TYPE_STRINGS, OWN, .since = "0.1", .help =
		"Further files that FireSim gives the simulation, by their names in the directory `deploy/workloads/NAME` of FireSim, where they have to be put; for `fmgen install`."},
	[OPT_LINUX_CONFIG_OLD] = {"linux-config", TYPE_PATHS, OWN, W, .replaced_by = "linux.config", .since = "0.1", .help =
		"The old name of linux.config."},
	[OPT_LINUX_SRC_OLD] = {"linux-src", TYPE_PATH, OWN, W, .replaced_by = "linux.source", .since = "0.1", .help =
		"The old name of linux.source."},
	[OPT_PK_SRC_OLD] = {"pk-src", TYPE_PATH, OWN, W, .replaced_by = "firmware.bbl-src", .since = "0.1", .help =
		"The old name of firmware.bbl-src."},
};
/* clang-format on */

const struct option *option_find(const char *name)
{
	for (size_t i = 0; i < OPT_COUNT; i++)
		if (streq(options[i].name, name))
			return &options[i];
	return NULL;
}

bool option_is_group(const char *group)
{
	size_t len = strlen(group);

	for (size_t i = 0; i < OPT_COUNT; i++)
		if (strncmp(options[i].name, group, len) == 0 && options[i].name[len] == '.')
			return len > 0;
	return false;
}
