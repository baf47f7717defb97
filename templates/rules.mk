# SPDX-License-Identifier: MIT
#
# The rules of fmgen's graph for GNU make 4.3; rules.ninja has the same for Ninja. An edge is
#	out/done/RULE/ID: inputs out/args/ID $(call missing,outputs) | order ; $(RULE)
#	outputs: out/done/RULE/ID ;
# where the first file is the stamp of the command's last success, and has the time when that began.
# Make compares times only: an output that came out equal keeps its old time and cuts what follows
# off, and the stamp remembers that the command has run. $(@F) is the edge's ID (see rules.ninja).
# An output that depends on nothing has no stamp.

MAKEFLAGS += --no-builtin-rules --no-builtin-variables
SHELL = /bin/sh
.SUFFIXES:

scripts = out/share/scripts

# An output that somebody deleted runs its edge again.
missing = $(if $(filter-out $(wildcard $1),$1),MISSING)

FORCE MISSING:
.PHONY: FORCE MISSING

# V=1 shows commands; each edge prints one line otherwise.
say = $(if $(V),,@echo '	$1	$(or $2,$(@F))';)

# The jobs of a command that calls make come out of the outer make's own (`make -j16`). A dry run
# must not: such commands would run in it.
dry := $(strip $(foreach f,n q t,$(findstring $f,$(filter-out --%,$(firstword -$(MAKEFLAGS))))))
lend = $(if $(dry),,+)

# `exec` makes fmgen the child of make itself, whose death it then notices. A pool is a lock: no
# more of its commands run than that at once.
run = exec out/fmgen run $(@F) --stamp=$@
one_kernel = --pool=kernel:1
two_images = --pool=image:2
two_guests = --pool=guest:2
stage = --out=out/stage/$(@F)

# What does not run through `fmgen run` has its stamp from here.
begin = mkdir -p $(@D) && touch $@.new && out/fmgen
end = && exec mv -f $@.new $@

scan = $(call say,SCAN)$(if $(filter out/done/%,$@),$(begin) scan $(@F) $(end),exec out/fmgen scan $(@F))

# A script of the user's, in the user's own environment, without what make adds to it.

own = unset MAKEFLAGS MFLAGS MAKELEVEL MAKE_TERMOUT MAKE_TERMERR; $(run) --keep-environment

host-init = $(call say,HOST-INIT)$(own) -- sh $(scripts)/step $(stage)

# The kernel: configured and compiled once for each tree and configuration.

kconfig = $(lend)$(call say,CONFIG)$(run) -- sh $(scripts)/kconfig $(stage)
kernel = $(lend)$(call say,KERNEL)$(run) $(one_kernel) -- sh $(scripts)/kernel $(stage)
module = $(lend)$(call say,MODULE)$(run) -- sh $(scripts)/module $(stage)
busybox = $(lend)$(call say,BUSYBOX)$(run) $(one_kernel) -- sh $(scripts)/busybox $(stage)

# The boot binary: an initramfs, linked into the kernel's kept objects, behind the firmware.

initramfs = $(call say,CPIO)$(run) -- sh $(scripts)/initramfs $(stage)
link = $(lend)$(call say,LINK)$(run) -- sh $(scripts)/link $(stage)
firmware = $(lend)$(call say,FIRMWARE)$(run) -- sh $(scripts)/firmware $(stage)
bin = $(lend)$(call say,BIN)$(run) -- sh $(scripts)/bin $(stage)
bbl = $(lend)$(call say,BBL)$(run) -- sh $(scripts)/bbl $(stage)

# A binary or an image that the user made.

given = $(call say,GIVEN)$(run) $(two_images) -- sh $(scripts)/given $(stage)

# A script of the user's behind it, in the user's own environment.

post-bin = $(call say,POST-BIN)$(own) -- sh $(scripts)/step $(stage)

# The root file system: the distro's, then layer upon layer.

distro = $(lend)$(call say,DISTRO)$(run) $(two_images) -- sh $(scripts)/distro $(stage)
rootfs-base = $(call say,IMAGE)$(run) $(two_images) -- out/fmgen ext4 $(stage)/rootfs.img
guest-init = $(call say,GUEST)$(run) $(two_guests) -- sh $(scripts)/guest-init $(stage) --limit=out/guest-init-timeout
rootfs = $(call say,IMAGE)$(run) $(two_images) -- sh $(scripts)/rootfs $(stage)

# What the user takes: read-only hard links of binaries, thin copies of images. A link has the time
# of the input, and so has its stamp.

publish-bin = $(call say,PUBLISH,images/$(@F))mkdir -p $(@D) images && \
	out/fmgen publish link $< images/$(@F) && exec touch -r $< $@
publish-img = $(call say,PUBLISH,images/$(@F))mkdir -p images && \
	$(begin) publish copy $< images/$(@F) $(end)

# Boots a workload on this terminal.

launch = $(call say,LAUNCH)exec out/fmgen run $(@F) --console -- out/fmgen boot
