#!/bin/sh
# SPDX-License-Identifier: MIT
# What make has of its own: regeneration as it does it, dry runs, kills. The tests NAME-make.sh are
# those that hold for ninja too; make-calls.sh is for options, jobs and outer makes.
# shellcheck disable=SC2016
generator='make'
. "${0%/*}/../lib/stub.sh"
shared_dir=1

start()
{
	build_family
	assert_exists build/images/family.img build/images/family-other-bin
	assert_missing build/build.ninja
	settled
}

# Nothing is left to be done, in whatever way make is asked.
settled()
{
	build
	assert_has build.log "$idle"
	tool build -q all || fail "make -q finds something to do"
	tool build -n >dry
	assert_eq "$(cat dry)" "make: Nothing to be done for 'all'."
	tool build -n family images/family.img >dry
	assert_eq "$(grep -vc 'Nothing to be done\|is up to date' dry)" 0 "$(cat dry)"
}

# ran STAGES: those that the last build ran, but for scans
ran() { assert_eq "$(stages build.log | grep -v SCAN | tr '\n' ' ')" "${1:+$1 }" "stages that ran"; }

cut_off()
{
	echo '# a comment' >>src/parent/one.config
	assert_fails tool build -q all
	tool build -n >dry
	assert_has dry kconfig
	build
	ran CONFIG
	settled
	echo CONFIG_X=y >>src/parent/one.config
	build
	assert_has build.log KERNEL
	settled
}

regenerates()
{
	echo >>src/family.json
	build
	assert_has build.log "$idle"
	sed -i 's/"command": "true"/"command": "no"/' src/family.json
	assert_fails tool build -q
	build
	ran 'IMAGE PUBLISH'
	settled
	echo '"' >>src/family.json
	cp build/out/graph.mk before
	assert_fails tool build >build.log 2>&1
	ran ''
	assert_has build.log 'error:'
	assert_eq "$(grep -c '^make' build.log)" 1 "$(cat build.log)"
	assert_same build/out/graph.mk before
	sed -i '$d' src/family.json
	build
	settled
}

deleted_files()
{
	for file in out/graph.mk out/wl/parent.mk out/trees.mk out/regen.mk out/edges; do
		rm "build/$file"
		build
		assert_has build.log "$idle"
		assert_exists "build/$file"
	done
	rm build/out/*.mk build/out/wl/*.mk
	settled
	rm -r build/out/done/kconfig
	build
	ran CONFIG
	settled
	rm build/out/stage/link-*/Image
	settled
	assert_exists build/out/stage/link-*/Image
	rm build/images/family.img
	build
	ran PUBLISH
	settled
}

aliases()
{
	echo x >>src/parent/overlay/etc/motd
	build images/family-other.img
	ran 'IMAGE PUBLISH'
	build family
	ran PUBLISH
	build family-nodisk
	assert_exists build/images/family-bin-nodisk
	build all
	settled
	build -f out/graph.mk family
	assert_has build.log 'Nothing to be done'
	assert_fails tool build nothing >build.log 2>&1
	assert_has build.log "No rule to make target 'nothing'"
}

fails()
{
	echo x >>src/parent/overlay/etc/motd
	: >build/fail-rootfs-base
	assert_fails tool build >build.log 2>&1
	assert_has build.log ' failed with status 3:'
	assert_has build.log 'made to fail'
	assert_has build.log 'log: out/log/rootfs-base-'
	assert_lacks build.log PUBLISH
	rm build/fail-rootfs-base
	build
	ran 'IMAGE PUBLISH'
	settled
}

# The stages of this kind wait for the file "go", once.
slow()
{
	cat >build/out/share/scripts/stub.slow <<-END
		case \$1 in
		$1-*)	echo \$\$ >waiting.new && mv waiting.new waiting
			for i in \$(seq 200); do [ ! -e go ] || break; sleep 0.05; done ;;
		esac
	END
	cat build/out/share/scripts/stub >stub.saved
	sed -i '2i . out/share/scripts/stub.slow' build/out/share/scripts/stub
}

fast()
{
	cp stub.saved build/out/share/scripts/stub
	rm -f build/go build/waiting
}

wait_file() # FILE
{
	tries=0
	while [ ! -e "$1" ]; do
		tries=$((tries + 1))
		[ "$tries" -lt 200 ] || fail "$1 does not come"
		sleep 0.05
	done
}

killed() # SIGNAL
{
	echo x >>src/parent/overlay/etc/motd
	slow rootfs-base
	(cd build && exec env --default-signal=INT make -j2) >build.log 2>&1 &
	wait_file build/waiting
	kill "-$1" $!
	status=0
	wait $! || status=$?
	[ "$status" -ne 0 ] || fail "make has not seen SIG$1"
	ends "$(cat build/waiting)" "a command has outlived make"
	fast
	build
	ran 'IMAGE PUBLISH'
	settled
}

# While something runs, another make leaves the times alone, and both end well.
two_at_once()
{
	echo x >>src/parent/overlay/etc/motd
	slow rootfs-base
	tool build family >one.log 2>&1 &
	wait_file build/waiting
	tool build family-other >two.log 2>&1 &
	sleep 0.3
	: >build/go
	wait
	assert_lacks one.log 'Error'
	assert_lacks two.log 'Error'
	fast
	build
	settled
}

sees_promises()
{
	mkdir -p src/h
	printf '#!/bin/sh -eu\necho ran >>../../ran\necho >out\n' >src/h/h.sh
	chmod +x src/h/h.sh
	echo '{"name": "h", "base": "bare", "bin": "out", "host-init": {"script": "h.sh", "outputs": ["out"]}}' >src/h.json
	"$fmgen" -G make -C h src/h.json
	tool h >build.log
	assert_eq "$(cat ran)" ran
	tool h >build.log
	rm src/h/out
	tool h >build.log
	assert_exists src/h/out
	assert_eq "$(wc -l <ran)" 2
}

same_bytes()
{
	for jobs in 1 2 16; do
		"$stub" -G make -C "jobs$jobs" src/family.json
		(cd "jobs$jobs" && make "-j$jobs") >build.log 2>&1 || { cat build.log; fail "-j$jobs"; }
		(cd "jobs$jobs" && cat out/stage/*/* images/* | sha256sum) >"sum$jobs"
	done
	assert_same sum2 sum1
	assert_same sum16 sum1
}

other_makefiles()
{
	mkdir o
	echo 'all:' >o/Makefile
	"$stub" -C o src/family.json
	assert_eq "$(cat o/Makefile)" all:
	assert_fails "$stub" -G make -C o src/family.json 2>err
	assert_has err 'Makefile is there and fmgen did not write it: choose another directory'
	assert_fails "$stub" -G mk -C o src/family.json 2>err
	assert_eq "$(cat err)" 'fmgen: --generator=mk: not one of ninja, make'
}

# Both stand in one directory, and each is right whoever has generated last.
both_tools()
{
	need ninja
	"$stub" -C build src/family.json
	(cd build && ninja) >ninja.log 2>&1 || { cat ninja.log; fail ninja; }
	(cd build && ninja) >ninja.log
	assert_has ninja.log 'no work to do'
	sed -i 's/"command": "no"/"command": "perhaps"/' src/family.json
	build
	assert_has build.log PUBLISH
	(cd build && ninja) >ninja.log
	(cd build && ninja) >ninja.log
	assert_has ninja.log 'no work to do'
	build
	settled
	echo >>src/family.json
	(cd build && ninja) >ninja.log
	sed -i 's/"command": "perhaps"/"command": "yes"/' src/family.json
	(cd build && ninja) >ninja.log
	build
	settled
	grep -qx -e --command=yes build/out/args/rootfs-* || fail "the new command is nowhere"
}

# What was built for the first bytes is older by then than what is published.
undone()
{
	rm -rf first
	cp -R build/images first
	cp src/parent.json saved
	sed -i "s/FW_OPTIONS=0/FW_OPTIONS=1/; s/two words/three words/" src/parent.json
	build
	! cmp -s build/images/family.img first/family.img || fail "the edit changes no image"
	! cmp -s build/images/family-bin first/family-bin || fail "the edit changes no binary"
	cp saved src/parent.json
	build
	ran PUBLISH
	diff -r build/images first
	settled
}

test_case "first build" start
test_case "an early cut-off" cut_off
test_case "specs" regenerates
test_case "an edit that is undone" undone
test_case "deleted files" deleted_files
test_case "targets" aliases
test_case "a command that fails" fails
test_case "SIGINT" killed INT
test_case "SIGTERM" killed TERM
test_case "SIGKILL" killed KILL
test_case "two builds at once" two_at_once
test_case "a promise that is broken" sees_promises
test_case "any number of jobs makes the same bytes" same_bytes
test_case "makefiles of others" other_makefiles
test_case "ninja and make in one directory" both_tools
finish
