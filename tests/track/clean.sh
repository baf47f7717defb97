#!/bin/sh
# SPDX-License-Identifier: MIT
# fmgen clean removes what belongs to a workload and its jobs, and nothing that others use, that
# somebody else has written, or that lies elsewhere; what is missing then is built again, the same.
. "${0%/*}/../lib/stub.sh"
shared_dir=1

# The family, built, with `other`, which shares its parent's kernel and has an own image.
fresh()
{
	[ -e inst ] || install_stub
	rm -rf src build fresh elsewhere
	write_family
	echo '{"name": "other", "base": "parent.json", "command": "other"}' >src/other.json
	generate src/family.json src/other.json
	build
	listing before
	rm build/ran
}

# All files and links of the build directory, but for what each call writes.
listing() # FILE
{
	(cd build && find . ! -type d | sed 's|^\./||' |
		grep -v '^out/\(\.ninja\|cache/\|stage/.*\.lock\|log/build\|running\)' | grep -v '^ran$' | sort) >"$1"
}

clean() { "$stub" clean -C build "$@" >clean.log 2>&1 || { cat clean.log; return 1; }; }

# What clean has taken away: stages' kinds, and files of images/.
gone()
{
	listing after
	comm -23 before after >removed
	comm -13 before after | grep -v '^out/keep' >added || :
	[ ! -s added ] || { cat added; fail "clean adds files"; }
	{
		sed -n 's|^out/stage/\([a-z-]*\)-[0-9a-f]*/.*|\1|p' removed
		sed -n 's|^images/||p' removed
	} | sort -u | tr '\n' ' '
}

# are_gone STAGE-OR-FILE...: these and no others
are_gone()
{
	assert_eq "$(gone)" "$(printf '%s\n' "$@" | sort -u | tr '\n' ' ')"
}

# The directory has what a build from nothing has.
same_as_fresh() # SPEC...
{
	rm -rf fresh
	"$stub" -G "$generator" -C fresh "$@"
	tool fresh >fresh.log 2>&1 || { cat fresh.log; return 1; }
	diff -r build/images fresh/images
	for dir in stage args tree; do
		(cd build/out && find "$dir" -mindepth 1 -maxdepth 1 ! -name '*.lock' | sort) >is
		(cd fresh/out && find "$dir" -mindepth 1 -maxdepth 1 ! -name '*.lock' | sort) >wanted
		diff wanted is || fail "out/$dir"
	done
}

# A child with its jobs: one of them has a module less, so a binary of its own.
child_and_jobs()
{
	fresh
	clean family
	are_gone bin initramfs link rootfs family-bin family-bin-dwarf family.img \
		family-same-bin family-same-bin-dwarf family-same.img \
		family-other-bin family-other-bin-dwarf family-other.img
	# Its logs, records and twins go with a stage.
	sed -n 's|^out/stage/\([^/]*\)/.*|\1|p' removed | sort -u >ids
	while IFS= read -r id; do
		find build/out -name "$id*" ! -path 'build/out/args/*' ! -path 'build/out/keep/args/*' \
			! -name '*.lock' >left
		[ ! -s left ] || { cat left; fail "something is left of $id"; }
	done <ids
	assert_lacks removed out/args
	build
	assert_lacks build/ran kernel-
	same_as_fresh src/family.json src/other.json
	listing again
	diff before again
	build
	assert_has build.log "$idle"
}

# What its children are made from stays with a parent.
parent()
{
	fresh
	clean parent
	assert_eq "$(gone)" ''
	build
	assert_missing build/ran
}

# With all of them the stages of their parents go too.
everything()
{
	fresh
	clean family other parent busybox-base
	assert_missing "$(find build/images -type f | head -n 1)"
	find build/out/stage -mindepth 1 -maxdepth 1 -type d >left
	[ ! -s left ] || { cat left; fail "stages are left"; }
	build
	same_as_fresh src/family.json src/other.json
}

by_target()
{
	fresh
	tool build clean-other >tool.log 2>&1 || { cat tool.log; return 1; }
	are_gone other-bin other-bin-dwarf other.img rootfs
	build
	assert_exists build/images/other.img
	# A target of a dry run removes nothing.
	tool build -n clean-other >tool.log 2>&1
	assert_exists build/images/other.img
}

by_spec()
{
	fresh
	clean src/other.json
	are_gone other-bin other-bin-dwarf other.img rootfs
	assert_fails "$stub" clean -C build src/parents.json >clean.log 2>&1
	assert_has clean.log 'src/parents.json is not the spec of a workload of this build'
}

only_tells()
{
	fresh
	clean -n family
	assert_has clean.log images/family.img
	assert_has clean.log 'would remove'
	listing after
	diff before after
	assert_fails "$stub" clean -C build famly >clean.log 2>&1
	assert_has clean.log 'did you mean family?'
	assert_fails "$stub" clean -C build >clean.log 2>&1
	assert_fails "$stub" clean -C src family >clean.log 2>&1
	assert_has clean.log 'is not a build directory'
}

# Disks of launches go too; what a run has left stays, and so does the disk of another.
disks_and_runs()
{
	fresh
	mkdir -p build/state build/runOutput/other-launch-1/other
	for name in other family mine; do echo disk >"build/state/$name.img"; done
	for name in other family; do echo from >"build/state/$name.from"; done
	echo log >build/runOutput/other-launch-1/other/uartlog
	: >build/state/other.lock
	clean other
	assert_missing build/state/other.img build/state/other.from
	assert_exists build/state/family.img build/state/mine.img build/runOutput/other-launch-1/other/uartlog
	clean --stale
	assert_exists build/state/mine.img build/runOutput/other-launch-1/other/uartlog
}

in_use()
{
	fresh
	need flock
	mkdir -p build/state
	echo disk >build/state/other.img
	echo from >build/state/other.from
	flock build/state/other.lock sleep 30 &
	pid=$!
	tries=0
	while flock -n build/state/other.lock true; do
		tries=$((tries + 1))
		[ "$tries" -lt 100 ] || fail "no lock"
		sleep 0.05
	done
	assert_fails "$stub" clean -C build other >clean.log 2>&1
	assert_has clean.log 'other is running, so nothing is removed'
	assert_exists build/state/other.img build/images/other.img
	kill "$pid"
	wait "$pid" 2>/dev/null || :
}

# A link is never followed, and what fmgen did not publish is not its own.
links_and_others()
{
	fresh
	mkdir elsewhere
	mv build/images elsewhere/images
	ln -s ../elsewhere/images build/images
	id=$(cd build/out/stage && echo rootfs-????????????????)
	id=${id%% *}
	echo mine >elsewhere/precious
	clean family other
	assert_exists elsewhere/images/other.img elsewhere/images/family-bin
	rm build/images
	mv elsewhere/images build/images
	echo mine >build/images/notes
	mkdir -p build/out/stage build/state
	ln -s ../../../elsewhere build/out/stage/kernel-0123456789abcdef
	ln -s ../elsewhere build/state/family.img
	echo from >build/state/family.from
	clean family other --stale
	assert_exists elsewhere/precious build/images/notes
	assert_missing build/out/stage/kernel-0123456789abcdef build/state/family.img
}

# What earlier sets and earlier texts of the specs have left.
stale()
{
	fresh
	clean --stale
	assert_has clean.log 'nothing to remove'
	sed -i 's/"command": "other"/"command": "another"/' src/other.json
	printf 'CONFIG_NEW=y\n' >src/parent/new.config
	sed -i 's/"one.config", /"one.config", "new.config", /' src/parent.json
	build
	listing full
	clean -n --stale
	listing after
	diff full after
	assert_has clean.log out/stage/kernel-
	clean --stale
	same_as_fresh src/family.json src/other.json
	rm build/ran
	build
	assert_missing build/ran
	mkdir -p build/out/test/family build/out/test/other build/out/install/firesim
	touch build/out/test/family/passed build/out/test/other/passed build/out/install/firesim/family.json
	generate src/other.json
	clean --stale
	assert_missing build/out/test/family build/out/install/firesim/family.json
	assert_exists build/out/test/other/passed
	find build/images -name 'family*' >left
	[ ! -s left ] || { cat left; fail "the family is still there"; }
	assert_missing build/out/wl/family.ninja build/out/wl/family.mk
	rm -f build/ran
	build
	assert_missing build/ran
	same_as_fresh src/other.json
}

test_case "a workload goes with its jobs, and comes back the same" child_and_jobs
test_case "what children are made from stays" parent
test_case "with the last user all goes" everything
test_case "clean-NAME is the same" by_target
test_case "a spec's file names its workload" by_spec
test_case "-n only tells, and wrong names are told" only_tells
test_case "disks of launches go, outputs of runs stay" disks_and_runs
test_case "nothing is taken from a machine that runs" in_use
test_case "links are not followed, and others' files stay" links_and_others
test_case "--stale removes what no workload uses" stale
finish
