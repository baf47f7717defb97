# SPDX-License-Identifier: MIT
#
# The rules of fmgen's graph for GNU make 4.3; rules.ninja has the same for Ninja. An edge is
#	out/done/RULE/ID: inputs out/args/ID $(call missing,outputs) | order ; $(RULE)
#	outputs: out/done/RULE/ID ;
# where the first file is the stamp of the command's last success, and has the time when that began.
# Make compares times only: an output that came out equal keeps its old time and cuts what follows
# off, and the stamp remembers that the command has run. $(@F) is the edge's ID (see rules.ninja).
# An output that depends on nothing has no stamp.
#
# `override` keeps variables out that an outer make was called with (`make bin=/usr/bin`).

MAKEFLAGS += --no-builtin-rules --no-builtin-variables
override SHELL = /bin/sh
.SUFFIXES:

override scripts = out/share/scripts

# An output that somebody deleted runs its edge again. (The Makefile has `fmgen verify` see to it.)
override missing = $(if $(checked),,$(if $(filter-out $(wildcard $1),$1),MISSING))

FORCE MISSING:
.PHONY: FORCE MISSING

# The letters that make was called with. To touch files here would pass for building them.
override flags := $(filter-out --%,$(firstword -$(MAKEFLAGS)))
$(if $(findstring t,$(flags)),$(error make -t is of no use here: it would make empty files))

# V=1 shows commands; else each edge prints a line, and none with -s.
V ?=
override quiet := $(findstring s,$(flags))
override print = $(if $(V:0=),,@$(if $(quiet),,echo '	$1	$2';))
override say = $(call print,$1,$(@F))
override say_file = $(call print,$1,images/$(@F))

# The jobs of a command that calls make come out of the outer make's own (`make -j16`). A dry run
# must not: such commands would run in it.
override dry := $(findstring n,$(flags))$(findstring q,$(flags))
override lend := $(if $(dry),,+)

# `exec` makes fmgen the child of make itself, whose death it then notices. A pool is a lock: no
# more of its commands run than that at once.
override run = exec out/fmgen run $(@F) --stamp=$@
override one_kernel = --pool=kernel:1
override two_images = --pool=image:2
override two_guests = --pool=guest:2
override stage = --out=out/stage/$(@F)

# What does not run through `fmgen run` has its stamp from here. Another make may do the same now.
override new = $(@D)/.tmp-$$$$
override begin = mkdir -p $(@D) && touch $(new) && out/fmgen
override end = && exec mv -f $(new) $@

override scan = $(call say,SCAN)$(if $(filter out/done/%,$@),$(begin) scan $(@F) $(end),exec out/fmgen scan $(@F))

# A script of the user's, in the user's own environment, without what make adds to it.

override plain = unset MAKEFLAGS MFLAGS MAKELEVEL MAKE_TERMOUT MAKE_TERMERR;
override own = $(plain) $(run) --keep-environment

override host-init = $(call say,HOST-INIT)$(own) -- sh $(scripts)/step $(stage)

# The kernel: configured and compiled once for each tree and configuration.

override kconfig = $(lend)$(call say,CONFIG)$(run) -- sh $(scripts)/kconfig $(stage)
override kernel = $(lend)$(call say,KERNEL)$(run) $(one_kernel) -- sh $(scripts)/kernel $(stage)
override module = $(lend)$(call say,MODULE)$(run) -- sh $(scripts)/module $(stage)
override busybox = $(lend)$(call say,BUSYBOX)$(run) $(one_kernel) -- sh $(scripts)/busybox $(stage)

# The boot binary: an initramfs, linked into the kernel's kept objects, behind the firmware.

override initramfs = $(call say,CPIO)$(run) -- sh $(scripts)/initramfs $(stage)
override link = $(lend)$(call say,LINK)$(run) -- sh $(scripts)/link $(stage)
override firmware = $(lend)$(call say,FIRMWARE)$(run) -- sh $(scripts)/firmware $(stage)
override bin = $(lend)$(call say,BIN)$(run) -- sh $(scripts)/bin $(stage)
override bbl = $(lend)$(call say,BBL)$(run) -- sh $(scripts)/bbl $(stage)

# A binary or an image that the user made.

override given = $(call say,GIVEN)$(run) $(two_images) -- sh $(scripts)/given $(stage)

# A script of the user's behind it, in the user's own environment.

override post-bin = $(call say,POST-BIN)$(own) -- sh $(scripts)/step $(stage)

# The root file system: the distro's, then layer upon layer.

override distro = $(lend)$(call say,DISTRO)$(run) $(two_images) -- sh $(scripts)/distro $(stage)
override rootfs-base = $(call say,IMAGE)$(run) $(two_images) -- out/fmgen ext4 $(stage)/rootfs.img --record=out/stage/$(@F)/record
override guest-init = $(call say,GUEST)$(run) $(two_guests) -- sh $(scripts)/guest-init $(stage) --limit=out/guest-init-timeout
override rootfs = $(call say,IMAGE)$(run) $(two_images) -- sh $(scripts)/rootfs $(stage)

# What the user takes: read-only hard links of binaries, thin copies of images. A link has the time
# of the input, and so has its stamp.

override publish-bin = $(call say_file,PUBLISH)mkdir -p $(@D) images && \
	out/fmgen publish link $< images/$(@F) && exec touch -r $< $@
override publish-img = $(call say_file,PUBLISH)mkdir -p images && \
	$(begin) publish copy $< images/$(@F) $(two_images) $(end)

# Hands what was published over to an installer of the board.

override install = $(call say,INSTALL)exec out/fmgen run $(@F) --console -- out/fmgen deliver

# Removes what was built for a workload alone.

override clean = $(call say,CLEAN)exec out/fmgen clean $(patsubst clean-%,%,$(@F))

# Boots a workload on this terminal, or its jobs at once: two of them one after the other, as it is one terminal.

MAKECMDGOALS ?=
ifneq ($(word 2,$(filter launch-%,$(MAKECMDGOALS))),)
.NOTPARALLEL:
endif
override boot = $(call say,LAUNCH)$(plain) exec out/fmgen run $(@F) --console -- out/fmgen
override launch = $(boot) boot
override launch-jobs = $(boot) boot-jobs

# Boots a workload without a terminal, and compares what came out with its reference.

override test = $(call say,TEST)$(own) $(two_guests) -- out/fmgen trial
