#!/bin/sh
# SPDX-License-Identifier: MIT
# Inputs of each kind that a host-init makes: none is there before the first build, and an edit of
# what one is made from runs, in the same build, what the same edit by hand would run.
. "${0%/*}/../lib/stub.sh"
shared_dir=1

spec=src/w.yaml
made='kernel mod fw frag over file tool'

start()
{
	install_stub
	mkdir -p src/w src/in
	cat >src/w.yaml <<-'END'
		name: w
		base: busybox-base.json
		host-init: make.sh
		overlay: over
		files: [[file, /file]]
		deps: [tool]
		linux: {source: kernel, config: frag, modules: {m: mod}}
		firmware: {opensbi-src: fw}
		command: "true"
	END
	cat >src/w/make.sh <<-'END'
		#!/bin/sh -eu
		for made in kernel mod fw frag over file tool; do
			rm -rf "$made"
			cp -R "../in/$made" .
		done
	END
	chmod +x src/w/make.sh
	mkdir -p src/in/kernel/init src/in/mod src/in/fw/firmware src/in/over/etc
	echo 'config A' >src/in/kernel/Kconfig
	: >src/in/kernel/Makefile
	echo 'int main;' >src/in/kernel/init/main.c
	echo 'obj-m = m.o' >src/in/mod/Kbuild
	: >src/in/fw/firmware/fw_payload.S
	echo CONFIG_A=y >src/in/frag
	echo hello >src/in/over/etc/motd
	echo file >src/in/file
	echo tool >src/in/tool
	generate src/w.yaml
	build
	build
	assert_eq "$(ran)" host-init "stages that ran again"
	same_as_from_scratch
}

# The stages that the last build ran, by name.
ran()
{
	sed -nE 's/^\[[^]]*\] [[:space:]]*([A-Z-]+)[[:space:]]+([a-z-]+)-[0-9a-f]{16}$/\2/p' build.log |
		sort -u | tr '\n' ' ' | sed 's/ $//'
}

edit() # COMMAND STAGES: behind the command, a build runs these beside host-init
{
	(cd src/in && eval "$1")
	build
	assert_eq "$(ran)" "$2" "stages that ran"
	build
	assert_eq "$(ran)" host-init "stages that ran again"
	same_as_from_scratch
}

edits() # TITLE COMMAND STAGES
{
	test_case "$1" edit "$2" "$3"
}

# A script that was stopped leaves half a tree, which is no reason to refuse it.
half_made()
{
	rm src/w/kernel/Kconfig src/w/fw/firmware/fw_payload.S
	rm -r src/w/over
	echo '# again' >>src/w.yaml
	build
	assert_eq "$(ran)" host-init
	same_as_from_scratch
	for tree in $made; do
		rm -r "src/w/$tree"
	done
	echo '# and again' >>src/w.yaml
	build
	assert_eq "$(ran)" host-init
}


test_case "all of them are made" start
edits "an overlay" 'echo more >>over/etc/motd; ln -s motd over/etc/link' 'host-init rootfs rootfs-base'
edits "a file" 'chmod 700 file' 'host-init rootfs rootfs-base'
edits "a dependency" 'echo more >>tool' 'host-init rootfs rootfs-base'
edits "a fragment" 'echo CONFIG_B=y >>frag' "bin host-init initramfs kconfig kernel link module"
edits "a comment in a fragment" 'echo "# B" >>frag' 'host-init kconfig'
edits "a module" 'echo "# m" >>mod/Kbuild' 'bin host-init initramfs link module'
edits "a source of the kernel" 'echo "int x;" >>kernel/init/main.c' 'bin host-init initramfs kernel link module'
edits "what configures the kernel" 'echo "config B" >>kernel/Kconfig' 'bin host-init initramfs kconfig kernel link module'
edits "the firmware" 'echo "nop" >>fw/firmware/fw_payload.S' 'bin firmware host-init'
edits "nothing" 'touch kernel/Kconfig over/etc/motd frag' 'host-init'
test_case "half of what it makes, and nothing" half_made
finish
