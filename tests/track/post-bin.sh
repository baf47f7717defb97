#!/bin/sh
# SPDX-License-Identifier: MIT
# post-bin in a build: when it runs, and that images see what it makes. Binary and image are the user's.
# shellcheck disable=SC2016 # scripts are written in single quotes
. "${0%/*}/../lib/harness.sh"
. "$srcdir/tests/lib/tool.sh"
export FMGEN_CACHE="$work/cache"
export PATH="$PATH:/sbin:/usr/sbin"

script() # DIR NAME COMMANDS: it adds NAME to the file "ran", then runs the commands
{
	mkdir -p "$1"
	printf '#!/bin/sh -eu\necho %s >>"%s/ran"\n%s\n' "$2" "$PWD" "$3" >"$1/$2"
	chmod +x "$1/$2"
}

# The workload NAME: its post-bin copies its binary into its overlay.
workload() # NAME BASE POST-BIN
{
	script "$1" "$1.sh" 'mkdir -p over; cp prog over/file'
	echo 1 >"$1/prog"
	printf 'name: %s\nbase: %s\nbin: prog\noverlay: over\npost-bin: %s\n' "$1" "$2" "$3" >"$1.yaml"
}

setup()
{
	need debugfs
	mkdir -p disk/root
	"$fmgen" ext4 --out=disk/disk.img --layer=disk/root --margin=4194304
	printf 'name: disk\nbase: bare\nimg: disk.img\n' >disk.yaml
}

# builds TARGET SCRIPTS: the build runs just these scripts of the user's
builds()
{
	: >ran
	tool b "$1" >log 2>&1 || { cat log; fail "$generator $1"; }
	assert_eq "$(sort ran | tr '\n' ' ')" "${2:+$2 }" "scripts that ran"
}

in_image() { debugfs -R "cat $2" "b/images/$1.img" 2>/dev/null; } # NAME PATH

runs_each_time()
{
	setup
	workload w disk.yaml w.sh
	"$fmgen" -G "$generator" --builddir=b ./w.yaml
	builds w w.sh
	assert_eq "$(in_image w /file)" 1
	builds w w.sh
	assert_lacks log IMAGE
	builds images/w.img w.sh
	builds images/w-bin w.sh
	echo 2 >w/prog
	builds w w.sh
	assert_eq "$(in_image w /file)" 2
	script w w.sh 'exit 4'
	assert_fails tool b >log 2>&1
	assert_has log 'failed with status 4'
}

as_a_map()
{
	setup
	workload w disk.yaml '{script: w.sh, inputs: [input], outputs: [over]}'
	echo 1 >w/input
	"$fmgen" -G "$generator" --builddir=b ./w.yaml
	builds w w.sh
	builds w ''
	assert_has log "$idle"
	echo 2 >w/prog
	builds w w.sh
	assert_eq "$(in_image w /file)" 2
	echo 2 >w/input
	builds w w.sh
	rm -r w/over
	builds w w.sh
	builds w ''
}

of_a_parent()
{
	setup
	workload p disk.yaml p.sh
	workload c p.yaml c.sh
	"$fmgen" -G "$generator" --builddir=b ./c.yaml
	builds c 'c.sh p.sh'
	builds c c.sh
	echo 2 >p/prog
	builds c 'c.sh p.sh'
}

behind_host_init()
{
	setup
	workload w disk.yaml w.sh
	echo 'host-init: init.sh' >>w.yaml
	script w init.sh 'echo made >prog'
	rm w/prog
	"$fmgen" -G "$generator" --builddir=b ./w.yaml
	builds w 'init.sh w.sh'
	assert_eq "$(cat ran)" 'init.sh
w.sh'
	assert_eq "$(in_image w /file)" made
}

changes_the_binary()
{
	setup
	workload w disk.yaml w.sh
	script w w.sh 'mkdir -p over; echo x >>prog'
	"$fmgen" --builddir=b ./w.yaml
	(cd b && assert_fails ninja) >log 2>&1
	assert_has log 'w.yaml:5:11: post-bin-'
	assert_has log 'post-bin changed what had been read'
	assert_has log 'w/prog: contents'
	assert_has log 'let a host-init write'
}

refuses()
{
	setup
	workload w disk.yaml '{script: w.sh, inputs: [none], outputs: [prog]}'
	rm w/prog
	assert_fails "$fmgen" -G "$generator" --builddir=b ./w.yaml 2>err
	assert_has err 'post-bin.inputs: there is no'
	assert_has err 'bin: there is no'
	printf 'name: v\nbase: disk.yaml\npost-bin: w/w.sh\nworkdir: .\n' >v.yaml
	"$fmgen" -G "$generator" --builddir=b ./v.yaml 2>err
	assert_has err '`post-bin` has no effect: there is no boot binary'
}

test_case "it runs on each build, and the image sees what it makes" runs_each_time
test_case "a map of inputs and outputs is precise" as_a_map
test_case "a parent's runs once, and behind another binary" of_a_parent
test_case "it runs behind host-init" behind_host_init
test_case "it must leave alone what the binary is made from" changes_the_binary
test_case "what cannot be there is refused" refuses
finish
