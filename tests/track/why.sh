#!/bin/sh
# SPDX-License-Identifier: MIT
# fmgen why: what would run, what ran, and the reasons.
# shellcheck disable=SC2016
. "${0%/*}/../lib/stub.sh"
shared_dir=1
PATH=$work/bin:$PATH

# why TARGET...: what is said goes to "told", and with ID for hashes, T for durations to "got"
why()
{
	status=0
	"$stub" why -C build "$@" >told 2>&1 || status=$?
	sed "s/-[0-9a-f]\{16\}/-ID/g; s/20..-..-.. ..:..:../DATE/; s/[0-9.]* m\{0,1\}s\>/T/g
		s,$work/inst/share/fmgen/,," told >got
}

says() # LINE...: just these
{
	printf '%s\n' "$@" >expected
	assert_same got expected
	assert_eq "$status" 0
}

# What the tool would run is what fmgen says, in number.
as_many_as_the_tool()
{
	why
	generate src/family.json
	case $generator in
	ninja)	(cd build && out/fmgen verify && ninja -n -f out/graph.ninja >../dry) ;;
	make)	tool build -n >dry ;;
	esac
	assert_eq "$(sed -n 's/^\([0-9]*\) of .* would run[:;].*/\1/p
		s/^\([0-9]*\) of .* would run, and \([0-9]*\) may follow.*/\1 + \2/p' got | xargs expr)" \
		"$(grep -c "^\\[\|^echo '" dry)"
}

before_all()
{
	install_stub
	mkdir bin
	printf '#!/bin/sh\n[ "$1" = -dumpmachine ] || echo "gcc 1"\n' >bin/riscv64-linux-gnu-gcc
	chmod +x bin/*
	write_family
	assert_fails "$stub" why -C src 2>err
	assert_has err 'src is not a build directory'
	generate src/family.json
	why
	assert_eq "$(grep -c ': first run$' got)" 25
	as_many_as_the_tool
}

after_all()
{
	build
	why family
	assert_has got 'None of 15 steps would run. The last build, DATE, ran 15 of them, in T:'
	why family:kernel
	says 'None of 2 steps would run. The last build, DATE, ran 2 of them, in T:' \
		'kconfig-ID (../src/parent.json:6:24), T: first run' \
		'kernel-ID (../src/parent.json:6:24), T: first run'
}

# Inodes are other ones, times are not.
copied()
{
	cp -a build old
	rm -rf build
	mv old build
	why
	assert_has got 'None of 25 steps would run.'
}

overlay()
{
	chmod 600 src/parent/overlay/etc/motd
	why family
	says '1 of 15 steps would run, and 3 may follow; last time these took T:' \
		'rootfs-base-ID (../src/parent.json:4:14), took T' \
		'    ../src/parent/overlay/etc/motd: mode 644 -> 600' \
		'rootfs-ID (../src/parent.json:10:10), took T' '    if rootfs-base-ID comes out changed' \
		'rootfs-ID (../src/family.json:4:14), took T' '    if rootfs-ID comes out changed' \
		'publish-family.img (../src/family.json:1:1), took T' '    if rootfs-ID comes out changed'
	as_many_as_the_tool
	why images/family-bin
	assert_has got 'None of 9 steps would run.'
}

# Which of several begins what a step may follow.
two_causes()
{
	echo '# x' >>src/parent/run.sh
	why images/family.img
	says '2 of 6 steps would run, and 2 may follow; last time these took T:' \
		'rootfs-base-ID (../src/parent.json:4:14), took T' \
		'    ../src/parent/overlay/etc/motd: mode 644 -> 600' \
		'rootfs-ID (../src/parent.json:10:10), took T' \
		'    ../src/parent/run.sh: contents' \
		'rootfs-ID (../src/family.json:4:14), took T' '    if rootfs-ID comes out changed' \
		'publish-family.img (../src/family.json:1:1), took T' \
		'    if rootfs-ID comes out changed, because of ../src/parent/run.sh'
}

# What is long is told once.
compiler()
{
	sed 's/gcc 1/gcc 2 (built by somebody, somewhere)/' bin/riscv64-linux-gnu-gcc >new
	chmod +x new
	mv bin/riscv64-linux-gnu-gcc old
	mv new bin/riscv64-linux-gnu-gcc
	why family:kconfig family:kernel
	assert_has got '    compiler riscv64-linux-gnu-gcc: gcc 1 -> gcc 2 (built by somebody, somewhere)'
	assert_has got '    compiler riscv64-linux-gnu-gcc, as above'
	mv old bin/riscv64-linux-gnu-gcc
	build
}

cut_off()
{
	echo '# a comment' >>src/parent/one.config
	why family:kernel
	says '1 of 2 steps would run, and 1 may follow; last time these took T:' \
		'kconfig-ID (../src/parent.json:6:24), took T' '    ../src/parent/one.config: contents' \
		'kernel-ID (../src/parent.json:6:24), took T' '    if kconfig-ID comes out changed'
	build
	why family:kernel
	says 'None of 2 steps would run. The last build, DATE, ran 1 of them, in T:' \
		'kconfig-ID (../src/parent.json:6:24), T' '    ../src/parent/one.config: contents' \
		'    its outputs came out equal, so there was no need to run kernel-ID' \
		'kernel-ID (../src/parent.json:6:24), ran DATE, T: first run'
}

spec()
{
	sed -i 's/"command": "true"/"command": "false"/' src/family.json
	why family-other
	says 'The graph would be written anew:' '    ../src/family.json: contents' '' \
		'2 of 15 steps would run; last time these took T:' \
		'rootfs-ID (../src/family.json:7:35), took T' '    in the place of rootfs-ID' \
		'    parameters: --command=true -> --command=false' \
		'publish-family-other.img (../src/family.json:7:5), took T' \
		'    rootfs-ID in the place of rootfs-ID'
	assert_lacks build/out/graph.json --command=false
	build
	why family-other
	assert_has got '    parameters: --command=true -> --command=false'
	why family
	assert_has got 'ran none of them.'
}

reformatted()
{
	echo >>src/family.json
	why family
	assert_has got '../src/family.json: contents'
	assert_has got 'None of 15 steps would run.'
	echo '"' >>src/family.json
	why family
	assert_eq "$status" 1
	assert_has got 'error:'
	sed -i '$d' src/family.json
	build
}

failed()
{
	echo '# x' >>inst/share/fmgen/scripts/bin
	: >build/fail-bin
	! build >/dev/null || fail "bin did not fail"
	rm build/fail-bin
	why family:bin
	assert_eq "$(grep -c 'not end well' got)" 1
	assert_has got "    fmgen's scripts/bin: contents"
	assert_has got '    its last run did not end well: out/log/bin-ID.log'
	build
}

# What hangs on a script that may write an overlay, and may not.
each_time()
{
	mkdir -p src/made/overlay
	printf 'name: made\nbase: parent.json\nhost-init: make.sh\noverlay: overlay\n' >src/made.yaml
	printf '#!/bin/sh\necho 1 >overlay/one\n' >src/made/make.sh
	chmod +x src/made/make.sh
	generate src/made.yaml
	build
	why images/made.img
	says '1 of 7 steps would run, and 2 may follow; last time these took T:' \
		'host-init-ID (../src/made.yaml:3:12), took T' '    it runs each time' \
		'rootfs-base-ID (../src/made.yaml:4:10), took T' \
		'    if host-init-ID changes ../src/made/overlay' \
		'publish-made.img (../src/made.yaml:1:1), took T' \
		'    if rootfs-base-ID comes out changed' '' \
		'The last build, DATE, ran 3 of them, in T:' \
		'host-init-ID (../src/made.yaml:3:12), T: first run' \
		'rootfs-base-ID (../src/made.yaml:4:10), T: first run' \
		'publish-made.img (../src/made.yaml:1:1), T: first run'
}

# What one tool has built is new to the other.
other_tool()
{
	case $generator in
	ninja)	other="make" ;;
	make)	other=ninja ;;
	esac
	"$stub" -G "$other" -C build src/family.json
	why family:kernel
	says '2 of 2 steps would run; last time these took T:' \
		'kconfig-ID (../src/parent.json:6:24), took T' \
		"    $other does not know yet that it ran" \
		'kernel-ID (../src/parent.json:6:24), took T' \
		"    $other does not know yet that it ran"
	generate src/family.json
	why family:kernel
	assert_has got 'None of 2 steps would run.'
}

targets()
{
	for target in images/family.img build/../images/family.img ./images/family.img \
		"$PWD/build/images/family.img" family.img kernel kernel-ea; do
		why "$target"
		assert_eq "$status" 0 "$target"
	done
	why "$(basename "$(echo build/out/args/kernel-*)")"
	assert_eq "$status" 0
	for pair in famly/family family:kernl/family:kernel; do
		why "${pair%/*}"
		assert_eq "$status" 1
		assert_eq "$(cat got)" "fmgen: nothing here is called ${pair%/*}; did you mean ${pair#*/}?"
	done
	why ''
	assert_eq "$status" 1
}

test_case "before the first build" before_all
test_case "after it" after_all
test_case "in a copy of the build directory" copied
test_case "an overlay" overlay
test_case "two causes" two_causes
test_case "an early cut-off" cut_off
test_case "a changed command" spec
test_case "a reformatted spec, and a wrong one" reformatted
test_case "a stage that failed" failed
test_case "a compiler" compiler
test_case "names of targets" targets
test_case "the other build tool" other_tool
test_case "a script that runs each time" each_time
finish
