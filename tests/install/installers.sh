#!/bin/sh
# SPDX-License-Identifier: MIT
# shellcheck disable=SC2016
# Installers are data of boards: flat binaries for prototypes, and one that a user's board adds.
. "${0%/*}/../lib/harness.sh"
. "$srcdir/tests/lib/tool.sh"
. "$srcdir/tests/lib/machine.sh"
. "$srcdir/tests/lib/install.sh"
installer=$fmgen
FMGEN_CACHE=$work/cache
export FMGEN_CACHE NO_COLOR=1
unset CROSS_COMPILE

# An ELF file to be loaded to the start of the memory, whose bytes are known.
elf() # NAME TEXT
{
	need jq riscv64-linux-gnu-gcc riscv64-linux-gnu-objcopy
	mkdir -p src
	printf '.globl _start\n_start: .ascii "%s"\n' "$2" >"src/$1.s"
	riscv64-linux-gnu-gcc -nostdlib -static -Wl,--build-id=none,-Ttext=0x80000000,-n \
		-o "src/$1.elf" "src/$1.s"
}

flat()
{
	elf w hello
	spec w '{"name": "w", "workdir": ".", "bin": "w.elf"}'
	install_it -b prototype src/w.json
	assert_eq "$(head -c 5 build/images/w-bin-flat)" hello
	stat -c '%i %Y' build/images/w-bin-flat >first
	tool build install-w >tool.log
	assert_has tool.log 'images/w-bin-flat is made'
	stat -c '%i %Y' build/images/w-bin-flat | cmp - first
	elf w other
	tool build install-w >tool.log
	assert_eq "$(head -c 5 build/images/w-bin-flat)" other
	# What an installer made here is cleaned; the paths of its list that lead elsewhere are not.
	echo mine >outside
	printf '../outside\n%s\n' "$PWD/outside" >>build/out/install/prototype/w.made
	"$fmgen" clean -C build w
	assert_missing build/images/w-bin-flat build/images/w-bin build/out/install/prototype/w.json
	assert_exists outside
}

# A machine that loads it to the start of its memory boots it.
flat_boots()
{
	compile_guest
	mkdir src
	cp "$work/guest" src/w.elf
	spec w '{"name": "w", "workdir": ".", "bin": "w.elf"}'
	install_it -b prototype src/w.json
	timeout -k 5 60 qemu-system-riscv64 -M virt -m 128 -bios build/images/w-bin-flat -display none \
		-serial stdio </dev/null >console 2>&1
	assert_has console guest
}

flat_jobs()
{
	elf a aaaaa
	elf b bbbbb
	spec w '{"name": "w", "workdir": ".", "bin": "a.elf",
		"jobs": [{"name": "a", "bin": "a.elf"}, {"name": "b", "bin": "b.elf"}]}'
	install_it -b prototype src/w.json
	assert_eq "$(head -c 5 build/images/w-a-bin-flat)" aaaaa
	assert_eq "$(head -c 5 build/images/w-b-bin-flat)" bbbbb
	assert_missing build/images/w-bin-flat
}

# With a disk the binary alone would not boot.
flat_with_disk()
{
	elf w hello
	truncate -s 1M src/disk
	spec w '{"name": "w", "workdir": ".", "bin": "w.elf", "img": "disk"}'
	refused 'has no binary that boots without a disk' -b prototype src/w.json
	cp -R "$data/boards/prototype" mine
	sed -i 's/^name: .*/name: mine/; s/^base: .*/base: qemu/; /linux/,$d' mine/board.yaml
	refused 'takes workloads without a disk only: add --no-disk' -b ./mine src/w.json
	spec w '{"name": "w", "workdir": ".", "bin": "w.elf"}'
	install_it -b ./mine -d src/w.json
	assert_exists build/images/w-bin-flat
}

# A board of the user's, that starts from another one and has two installers more.
own_board()
{
	mkdir -p mine/installers/copy mine/installers/tell dest
	cat >mine/board.yaml <<-'END'
		name: mine
		base: prototype
		no-disk: no
		installer: copy
	END
	cat >mine/installers/copy/installer.yaml <<-'END'
		name: copy
		script: run.sh
		destination: copy-dir
	END
	cat >mine/installers/copy/run.sh <<-'END'
		set -eu
		for word; do
			case $word in
			--workload=*) workload=${word#*=} ;;
			--destination=*) to=${word#*=} ;;
			--check) exit 0 ;;
			esac
		done
		cp "$workload" "$to/description"
		cp "$(jq -r .bin "$workload")" "$to/copied"
	END
	printf 'name: tell\nscript: run.sh\ntakes: both\n' >mine/installers/tell/installer.yaml
	echo 'echo "told: $*"' >mine/installers/tell/run.sh
	echo "copy-dir: dest" >fmgen.yaml
}

users_installer()
{
	elf w hello
	own_board
	spec w '{"name": "w", "workdir": ".", "bin": "w.elf", "outputs": ["/x"]}'
	install_it -b ./mine src/w.json
	assert_same dest/copied src/w.elf
	assert_eq "$(jq -c '[.name, .bin, .img, .outputs, .jobs, .no_disk, .post_run_hook, .board, .spec]' dest/description)" \
		'["w","images/w-bin",null,["/x"],[],false,null,"mine","../src/w.json"]'
	install_it -t tell w
	assert_has install.log "told: --workload=out/install/tell/w.json"
	refused 'takes workloads without a disk only' -t prototype w
	install_it -t prototype -d w
	assert_exists build/images/w-bin-flat
	refused 'has no installer firesim' -t firesim w
	# One that belongs to another board only is a key of the configuration all the same.
	"$fmgen" -C other -b qemu src/w.json 2>warnings
	assert_has warnings 'is no key of the configuration'
	rm fmgen.yaml
	refused 'set `copy-dir` in fmgen.yaml, or FMGEN_COPY_DIR in the environment' -b ./mine src/w.json
}

several_without_default()
{
	elf w hello
	own_board
	sed -i /installer:/d mine/board.yaml
	spec w '{"name": "w", "workdir": ".", "bin": "w.elf"}'
	refused 'has several installers: choose one with --target' -b ./mine src/w.json
	assert_has install.log 'there is copy'
	install_it -b ./mine -t copy src/w.json
	# A change of an installer generates anew.
	sed -i 's|^script.*|script: none|' mine/installers/copy/installer.yaml
	refused 'there is no file' -b ./mine src/w.json
}

mistakes()
{
	elf w hello
	own_board
	spec w '{"name": "w", "workdir": ".", "bin": "w.elf"}'
	sed -i 's/^installer:.*/installer: cpoy/' mine/board.yaml
	refused 'board.yaml:4:12: error: the board has no installer `cpoy`' -b ./mine src/w.json
	sed -i '/installer:/d' mine/board.yaml
	echo 'takes: disks' >>mine/installers/copy/installer.yaml
	refused '`takes` must be disk, no-disk or both, not `disks`' -b ./mine src/w.json
	sed -i '/takes/d; s/name: copy/name: other/' mine/installers/copy/installer.yaml
	refused 'the installer of the directory `copy` must have its name' -b ./mine src/w.json
	missing_name
}

missing_name()
{
	sed -i '/name/d' mine/installers/copy/installer.yaml
	refused installer.yaml -b ./mine src/w.json
}

test_case "a binary for a prototype is flat" flat
test_case "it boots from the start of the memory" flat_boots
test_case "so are those of jobs" flat_jobs
test_case "and it has no disk" flat_with_disk
test_case "a board adds installers without a change of the program" users_installer
test_case "several installers want a choice" several_without_default
test_case "mistakes in installers have places" mistakes
finish
