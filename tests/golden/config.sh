#!/bin/sh
# SPDX-License-Identifier: MIT
# The configuration: fmgen.yaml, the environment, and which of them wins.
. "${0%/*}/../lib/golden.sh"

spec()
{
	mkdir -p mine/linux mine/opensbi/firmware mine/busybox/applets
	touch mine/linux/Kconfig mine/linux/Makefile mine/opensbi/firmware/fw_payload.S mine/busybox/Makefile
	echo '{"name": "w", "base": "busybox-base.json"}' >w.json
}

# Generates in build/; what is said goes to err.
generate() # [ARGUMENT...]
{
	"$fmgen" -C build "$@" ./w.json 2>err || { cat err; fail "fmgen $*"; }
}

refused() # [ARGUMENT...]
{
	assert_fails "$fmgen" -C build "$@" ./w.json 2>err
	assert_missing build/build.ninja
}

quiet() { [ ! -s err ] || { cat err; fail "something was said"; }; }

# Some stage has that line among its parameters.
planned() # LINE
{
	grep -rqxF -e "$1" build/out/args || { cat err; fail "no stage has $1"; }
}

trees()
{
	spec
	cat >fmgen.yaml <<-'END'
		linux-dir: mine/linux
		opensbi-dir: mine/opensbi
		busybox-dir: mine/busybox
		rootfs-margin: 3MiB
		firesim-dir: null
		guest-init-timeout: 0
	END
	generate
	quiet
	planned --source=@spec/mine/linux
	planned --source=@spec/mine/opensbi
	planned --source=@spec/mine/busybox
	planned --margin=3145728
	# A spec's own tree wins.
	mkdir w
	cp -R mine/linux w/own
	echo '{"name": "w", "base": "busybox-base.json", "linux": {"source": "own"}}' >w.json
	generate
	planned --source=@spec/w/own
}

margin_is() # BYTES [ARGUMENT...]
{
	bytes=$1
	shift
	generate "$@"
	quiet
	planned "--margin=$bytes"
}

# file < MARSHAL_* < FMGEN_*, then the command line
ranks()
{
	spec
	margin_is 268435456
	echo 'rootfs-margin: 1M' >marshal-config.yaml
	margin_is 1048576
	echo 'rootfs-margin: 2M' >fmgen.yaml
	margin_is 2097152
	echo 'rootfs-margin: 3M' >other.yaml
	margin_is 3145728 --config=other.yaml
	export MARSHAL_ROOTFS_MARGIN=4M
	margin_is 4194304 --config=other.yaml
	export FMGEN_ROOTFS_MARGIN=5M
	margin_is 5242880 --config=other.yaml
	export FMGEN_ROOTFS_MARGIN=
	margin_is 4194304
}

board_is() # NAME [ARGUMENT...]
{
	board=$1
	shift
	generate "$@"
	quiet
	(cd build && "$fmgen" show --json) >shown
	grep -q "\"board\":[[:space:]]*\"$board\"" shown || { grep board shown; fail "the board is not $board"; }
}

boards()
{
	spec
	for name in one two three four; do
		mkdir -p "boards/$name"
		printf 'name: the-board-%s\nbase: qemu\n' "$name" >"boards/$name/board.yaml"
	done
	mkdir etc
	echo 'board: ../boards/one' >etc/c.yaml
	board_is the-board-one --config=etc/c.yaml
	MARSHAL_BOARD_DIR=boards/two board_is the-board-two --config=etc/c.yaml
	export FMGEN_BOARD=./boards/three MARSHAL_BOARD_DIR=boards/two
	board_is the-board-three --config=etc/c.yaml
	board_is the-board-four --config=etc/c.yaml --board=boards/four
	unset FMGEN_BOARD MARSHAL_BOARD_DIR
	# A directory without a slash is no name.
	cp -R boards/one qemu
	echo 'board-dir: qemu' >fmgen.yaml
	board_is the-board-one
	rm -r build
	echo 'board: firechipp' >fmgen.yaml
	refused
	assert_has err '../fmgen.yaml:1:8: error: board '
	assert_has err 'did you mean'
	printf 'board: qemu\nboard-dir: boards/one\n' >fmgen.yaml
	refused
	assert_has err 'are both set'
	(cd boards && FMGEN_BOARD=./two "$fmgen" doctor >/dev/null 2>err) || :
	assert_lacks boards/err 'board.yaml'
}

# The last directory wins, also over the board's base workloads and before --workdir.
directories()
{
	mkdir -p a b c sub
	for dir in a b c; do
		echo "{\"name\": \"base-of-$dir\", \"base\": \"busybox\", \"linux\": {}}" >"$dir/busybox-base.json"
	done
	echo '{"name": "only", "base": "busybox"}' >a/only.json
	echo '{"name": "w", "base": "busybox-base.json", "jobs": [{"name": "j", "base": "only.json"}]}' >sub/w.json
	echo 'workload-dirs: [a, b]' >fmgen.yaml
	base_is base-of-b ./sub/w.json
	base_is base-of-c --workdir=c ./sub/w.json
	FMGEN_WORKLOAD_DIRS=b::a base_is base-of-a ./sub/w.json
	echo 'workload-dirs: a' >fmgen.yaml
	base_is base-of-a ./sub/w.json
	# A target without a slash is looked for there too.
	"$fmgen" -C build only.json
	echo 'workload-dirs: [a, bb]' >fmgen.yaml
	assert_fails "$fmgen" -C other ./sub/w.json 2>err
	assert_has err '../fmgen.yaml:1:20: error: '
}

base_is() # NAME ARGUMENT...
{
	want=$1
	shift
	"$fmgen" show "$@" >shown
	assert_has shown "$want"
}

# Paths are relative to the file, and regeneration and show look at the same one.
called_from_elsewhere()
{
	spec
	mkdir -p deep/er
	echo 'linux-dir: ../../mine/linux' >deep/er/fmgen.yaml
	(cd deep/er && "$fmgen" -C ../../build ../../w.json)
	planned --source=@spec/mine/linux
	(cd build && "$fmgen" show >shown && "$fmgen" regen)
	planned --source=@spec/mine/linux
	cd deep
	FMGEN_LINUX_DIR=../mine/linux "$fmgen" -C ../build ../w.json
	cd ..
	planned --source=@spec/mine/linux
	mv deep/er/fmgen.yaml deep/er/other.yaml
	"$fmgen" -C build --config deep/er/other.yaml ./w.json
	(cd build && "$fmgen" regen)
	planned --source=@spec/mine/linux
}

# What a board asks for is a key too.
board_keys()
{
	spec
	mkdir -p drivers/iceblk drivers/icenet
	touch drivers/iceblk/Makefile drivers/icenet/Makefile
	echo 'iceblk-dir: drivers/iceblk' >fmgen.yaml
	FMGEN_ICENET_DIR=drivers/icenet generate --board firechip
	quiet
	planned --tree=@spec/drivers/iceblk
	planned --tree=@spec/drivers/icenet
	# Of another board: known, unused.
	generate
	quiet
	# Of a distro
	: >disk.img
	echo '{"name": "w", "base": "br"}' >w.json
	echo 'br-image: disk.img' >fmgen.yaml
	generate
	quiet
	planned --image=@spec/disk.img
	FMGEN_BR_IMAGE=$PWD/none.img assert_fails "$fmgen" -C build ./w.json 2>err
	assert_has err none.img
	echo 'br-image: [x]' >fmgen.yaml
	assert_fails "$fmgen" -C build ./w.json 2>err
	assert_has err 'must be a string, not a list'
}

said() # NAME: what is said is kept
{
	spec
	cat >fmgen.yaml
	status=0
	"$fmgen" -C build ./w.json 2>err || status=$?
	neutral <err >err.neutral
	keep_or_compare err.neutral "$golden/config/$1.expected"
}

wrong()
{
	export FMGEN_JLEVEL=x FMGEN_GUEST_INIT_TIMEOUT=-1 FMGEN_WORKLOAD_DIRS=none
	said wrong <<-'END'
		workload-dirs: {a: b}
		jlevel: 0
		linux-dir: 7
		opensbi-dir: no-such-tree
		busybox-dir: ""
		rootfs-margin: 12 parsecs
		guest-init-timeout: later
		icenet-dir: {a: b}
		board: [qemu]
	END
	assert_eq "$status" 1
	assert_missing build/build.ninja
}

unknown()
{
	export FMGEN_JLEVLE=2 MARSHAL_OTHER=1 FMGEN_LAUNCHER=nice
	said unknown <<-'END'
		linxu-dir: x
		zzz: {any: thing}
		iceblk-dri: x
		image-dir: images
		log-dir: logs
		res-dir: runOutput
		mount-dir: disk-mount
		doitOpts: {verbosity: 2, dep_file: ''}
	END
	assert_eq "$status" 0
	assert_fails "$fmgen" -C build -E unknown-option ./w.json
	"$fmgen" -C build -W no-unknown-option -W no-no-effect ./w.json 2>err
	quiet
}

not_a_map()
{
	spec
	echo '[jlevel]' >fmgen.yaml
	refused
	assert_has err '../fmgen.yaml:1:1: error: a configuration is a map, not a list'
	printf 'jlevel: 1\njlevel: 2\n' >fmgen.yaml
	refused
	assert_has err '../fmgen.yaml:2:1: error'
	echo 'linux-dir: w.json' >fmgen.yaml
	refused
	assert_has err '../w.json is no directory'
	refused --config=none.yaml
	assert_has err 'there is no file ../none.yaml'
	rm fmgen.yaml
	mkdir fmgen.yaml
	refused
	assert_has err 'cannot read ../fmgen.yaml'
	rmdir fmgen.yaml
	echo '# nothing yet' >fmgen.yaml
	generate
}

# show tells where a tree came from, and obeys the choice of warnings.
shows()
{
	spec
	echo 'frob: 1' >fmgen.yaml
	"$fmgen" show ./w.json >/dev/null 2>err
	assert_has err 'frob'
	"$fmgen" show -W no-unknown-option ./w.json >/dev/null 2>err
	quiet
	assert_fails "$fmgen" show --werror ./w.json 2>err
	generate -W no-unknown-option
	cd build
	"$fmgen" show 2>../err >/dev/null
	cd ..
	quiet
	cd build
	"$fmgen" show -W unknown-option 2>../err >/dev/null
	cd ..
	assert_has err frob
}

fetch_obeys()
{
	mkdir board
	printf 'name: empty\nbase: qemu\n' >board/board.yaml
	echo 'board: ./board' >fmgen.yaml
	assert_fails "$fmgen" fetch --offline nothing 2>err
	assert_has err 'the board empty has no source'
}

test_case "trees and sizes" trees
test_case "a file, MARSHAL_*, FMGEN_*, and the last wins" ranks
test_case "the board, up to the command line" boards
test_case "directories of workloads" directories
test_case "files are found again from the build directory" called_from_elsewhere
test_case "boards and distros ask for keys" board_keys
test_case "wrong values are told, all at once" wrong
test_case "unknown keys, and keys without effect" unknown
test_case "a file that is no configuration" not_a_map
test_case "show" shows
test_case "fetch" fetch_obeys
finish
