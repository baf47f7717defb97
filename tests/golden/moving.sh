#!/bin/sh
# SPDX-License-Identifier: MIT
# What docs/from-firemarshal.md promises to those who move over: its example of a configuration, and
# the differences in how specs are read.
# shellcheck disable=SC2016
. "${0%/*}/../lib/golden.sh"
FMGEN_CACHE=$PWD/cache
export FMGEN_CACHE
unset CROSS_COMPILE
for variable in $(env | sed -n 's/^\(\(FMGEN\|MARSHAL\)_[A-Z_]*\)=.*/\1/p'); do
	[ "$variable" = FMGEN_CACHE ] || unset "$variable"
done
doc=$srcdir/docs/from-firemarshal.md

for tree in linux busybox opensbi; do
	mkdir -p "$FMGEN_CACHE/$tree-1"
	echo "package: $tree" >"$FMGEN_CACHE/$tree-1.origin"
	ln -sfn "$tree-1" "$FMGEN_CACHE/$tree"
done

# The indented lines of the chapter that begin with its `board:`.
example() { sed -n '/^       board: /,/^$/s/^       //p' "$doc"; }

# A checkout of FireMarshal's, as far as fmgen looks at it.
checkout()
{
	mkdir -p my-workloads firesim/deploy/workloads here
	example | sed -n 's|.*\(\.\./firemarshal/[^ ]*\).*|\1|p' >trees
	[ "$(wc -l <trees)" -ge 5 ] || fail "the example names too few trees"
	while IFS= read -r tree; do mkdir -p "here/$tree"; done <trees
	: >firemarshal/boards/firechip/linux/Kconfig
	: >firemarshal/boards/firechip/linux/Makefile
	example >here/fmgen.yaml
}

configuration()
{
	checkout
	cd here
	echo '{"name": "w", "base": "br-base.json", "command": "true"}' >w.json
	"$fmgen" --werror ./w.json >said 2>&1 || { cat said; fail "the example is not understood"; }
	[ ! -s said ] || { cat said; fail "it is not silent"; }
	assert_has out/trees iceblk-driver
	assert_has out/args/install-w ../firesim
	touch ../firemarshal/boards/firechip/linux/.config
	mkdir -p ../firemarshal/boards/firechip/linux/include/config
	assert_fails "$fmgen" ./w.json >said 2>&1
	assert_has said 'make mrproper'
}

# shown NAME LINE: `fmgen show` of NAME.json has that line, but for its comment
shown()
{
	"$fmgen" show "./$1.json" >shown 2>said || { cat said; fail "$1 is not read"; }
	sed 's/ *#.*//' shown | grep -qxF -e "$2" || { cat shown; fail "no $2"; }
}

refused() # NAME TEXT
{
	assert_fails "$fmgen" -C build "./$1.json" >said 2>&1
	assert_has said "$2"
}

inherited()
{
	echo '{"name": "p", "base": "busybox-base.json", "mem": 2048, "cpus": 2, "rootfs-size": "1GiB",
		"qemu-args": "-a \"b c\"", "files": [["x", "/x"]]}' >p.json
	echo '{"name": "c", "base": "./p.json", "qemu-args": "-d"}' >c.json
	mkdir p
	: >p/x
	shown c 'mem: 2048'
	shown c 'cpus: 2'
	shown c 'rootfs-size: 1GiB'
	"$fmgen" show --json ./c.json >c.shown
	assert_has c.shown '"b c"'
	assert_lacks shown /x
	"$fmgen" -C build ./c.json
	assert_has build/out/args/launch-c --mem=2147483648
}

# The nearest directory wins, over the board's too.
search_path()
{
	mkdir one two
	for dir in one two; do
		echo "{\"name\": \"$dir\", \"base\": \"busybox\", \"cpus\": 1}" >"$dir/br-base.json"
	done
	echo '{"name": "w", "base": "br-base.json"}' >w.json
	echo 'workload-dirs: [one, two]' >fmgen.yaml
	shown w 'cpus: 1'
	assert_has shown two/br-base.json
	cp one/br-base.json .
	shown w 'cpus: 1'
	assert_lacks shown two/
}

by_words()
{
	mkdir w
	: >w/qemu
	echo '{"name": "w", "base": "bare", "bin": "qemu", "qemu": "my-qemu"}' >w.json
	"$fmgen" -C build ./w.json
	assert_has build/out/args/launch-w --program=my-qemu
	sed -i 's|my-qemu|./qemu|' w.json
	"$fmgen" -C build ./w.json
	assert_has build/out/args/launch-w --program=@spec/w/qemu
	printf '{"name":\t"w", "base": "bare", "bin": "qemu",}\n' >w.json
	"$fmgen" -C build ./w.json 2>said
	assert_has said warning
}

errors()
{
	mkdir w
	printf '#!/bin/sh\n' >w/s
	chmod +x w/s
	echo '{"name": "w", "base": "busybox-base.json", "run": "s", "command": "true"}' >w.json
	refused w 'cannot be used together'
	echo '{"name": "w", "base": "busybox-base.json", "overlay": "nowhere"}' >w.json
	refused w nowhere
	echo '{"name": "w", "base": "busybox-base.json", "qemu-args": "-smp 3"}' >w.json
	refused w 'is set by fmgen itself'
	echo '{"name": "w", "base": "busybox-base.json", "linux-config": "a", "linux": {"config": "b"}}' >w.json
	refused w linux-config
	echo '{"name": "w", "base": "busybox-base.json", "opts": {}, "nodisk": true}' >w.json
	"$fmgen" -C build ./w.json 2>said
	assert_has said '`opts` is no option'
	assert_has said '`nodisk` is no option'
	assert_fails "$fmgen" --werr -C build ./w.json 2>said
}

variables()
{
	echo '{"name": "w", "base": "busybox-base.json"}' >w.json
	mkdir a b
	MARSHAL_NOBODY=1 MARSHAL_IMAGE_DIR=x FMGEN_WORKLOAD_DIRS=a:b FMGEN_NOBODY=1 "$fmgen" -C build ./w.json 2>said
	assert_has said FMGEN_NOBODY
	assert_lacks said MARSHAL_NOBODY
	assert_has said 'MARSHAL_IMAGE_DIR` has no effect'
	echo 'jlevel: 3' >marshal-config.yaml
	"$fmgen" -C build ./w.json
	assert_eq "$(cat build/out/jobs)" 3
	echo 'jlevel: 4' >fmgen.yaml
	"$fmgen" -C build ./w.json
	assert_eq "$(cat build/out/jobs)" 4
}

test_case "the example of a configuration is understood" configuration
test_case "children inherit, and append" inherited
test_case "the last directory of the search path wins" search_path
test_case "programs are names, and paths" by_words
test_case "what went unseen is told" errors
test_case "variables and configurations" variables
finish
