#!/bin/sh
# SPDX-License-Identifier: MIT
# The options of `fmgen build`, as those have them who know FireMarshal's.
. "${0%/*}/../lib/stub.sh"
shared_dir=1

fresh()
{
	[ -e inst ] || install_stub
	rm -rf src build
	write_family
}

run_build() # OPTION...: builds the family in build/; says what is published
{
	"$stub" build -G "$generator" -C build "$@" src/family.json >build.log 2>&1 ||
		{ cat build.log; return 1; }
	(cd build && find images -type f 2>/dev/null | sort | tr '\n' ' ') >published
}

one_kind()
{
	fresh
	run_build -B
	assert_lacks published .img
	for name in family family-same family-other; do
		assert_has published "images/$name-bin "
		assert_has published "images/$name-bin-dwarf "
	done
	run_build -I
	for name in family family-same family-other; do assert_has published "images/$name.img "; done
	assert_lacks published nodisk
}

images_alone()
{
	fresh
	run_build -I
	assert_eq "$(cat published)" 'images/family-other.img images/family-same.img images/family.img '
	rm -r build/images
	run_build -IB
	assert_has published images/family-bin
	assert_has published images/family.img
}

without_disk()
{
	fresh
	for word in -i --no-disk; do
		rm -rf build
		run_build -B "$word"
		assert_has published images/family-bin-nodisk
		assert_lacks published .img
		assert_lacks published 'images/family-bin '
	done
	run_build -I -d
	assert_has published images/family.img
}

nothing_of_that_kind()
{
	fresh
	echo x >src/x
	echo '{"name": "bare", "workdir": ".", "bin": "x"}' >src/bare.json
	"$stub" build -G "$generator" -C build -I src/bare.json >build.log 2>&1
	assert_has build.log 'there is no disk image to build'
	assert_missing build/images/bare-bin
	"$stub" build -G "$generator" -C build -Is src/bare.json
	"$stub" build -G "$generator" -C build -Bs src/bare.json
	assert_exists build/images/bare-bin
}

# What a command prints is there before it has ended, and in the log at the end.
shows_output()
{
	fresh
	cat >src/slow.sh <<-'END'
		#!/bin/sh
		echo early; echo 'to stderr' >&2
		until [ -e go ]; do sleep 0.05; done
		printf late
	END
	chmod +x src/slow.sh
	echo x >src/x
	echo '{"name": "w", "workdir": ".", "bin": "x", "host-init": "slow.sh"}' >src/w.json
	"$stub" build -G "$generator" -C build -v src/w.json >build.log 2>&1 &
	pid=$!
	tries=0
	until grep -q 'host-init-[0-9a-f]*: early' build.log; do
		tries=$((tries + 1))
		[ "$tries" -lt 200 ] || { cat build.log; fail "nothing is shown"; }
		sleep 0.05
	done
	touch src/go
	wait "$pid"
	grep -q 'host-init-[0-9a-f]*: to stderr' build.log
	grep -q 'host-init-[0-9a-f]*: late' build.log
	cat build/out/log/host-init-*.log >log
	assert_has log early
	assert_has log late
	rm -rf build
	run_build
	"$stub" build -G "$generator" -C build src/w.json >quiet.log 2>&1
	assert_lacks quiet.log early
}

shows_failures()
{
	fresh
	printf '#!/bin/sh\necho "what is wrong"\nexit 3\n' >src/bad.sh
	chmod +x src/bad.sh
	echo x >src/x
	echo '{"name": "w", "workdir": ".", "bin": "x", "host-init": "bad.sh"}' >src/w.json
	assert_fails "$stub" build -G "$generator" -C build -v src/w.json >build.log 2>&1
	grep -q '^host-init-[0-9a-f]*: what is wrong' build.log
	grep -q '^what is wrong' build.log
}

goes_on()
{
	fresh
	for name in a b; do
		echo x >"src/$name.elf"
		printf '#!/bin/sh\n[ %s = b ]\n' "$name" >"src/$name.sh"
		echo "{\"name\": \"$name\", \"workdir\": \".\", \"bin\": \"$name.elf\", \"host-init\": \"$name.sh\"}" \
			>"src/$name.json"
	done
	chmod +x src/*.sh
	assert_fails "$stub" build -k -G "$generator" -C build src/a.json src/b.json >build.log 2>&1
	assert_exists build/images/b-bin
	assert_missing build/images/a-bin
}

warnings_are_errors()
{
	fresh
	echo '{"name": "w", "base": "busybox-base.json", "commmand": "true"}' >src/w.json
	"$stub" build -G "$generator" -C build src/w.json
	for word in --werr --werror; do
		assert_fails "$stub" build -G "$generator" -C build "$word" src/w.json
	done
}

test_case "-B and -I build one kind of file" one_kind
test_case "-I builds no binary, -IB builds all" images_alone
test_case "-i is -d" without_disk
test_case "what is not there is told, and -s changes nothing" nothing_of_that_kind
test_case "-v shows what a command prints while it runs" shows_output
test_case "-v shows what a failed command printed" shows_failures
test_case "-k goes on after a failure" goes_on
test_case "--werr is --werror" warnings_are_errors
finish
