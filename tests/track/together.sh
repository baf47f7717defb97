#!/bin/sh
# SPDX-License-Identifier: MIT
# Builds at the same time in one directory.
. "${0%/*}/../lib/stub.sh"
shared_dir=1

# Begins anew: nothing is built, and no stage is slow.
clear_build()
{
	rm -rf build
	generate src/family.json
}

settled()
{
	build
	build
	assert_has build.log "$idle"
	same_as_from_scratch
}

# The same for both: what one has made, the other does not make again.
two_builds()
{
	clear_build
	for rule in kconfig kernel firmware rootfs-base; do echo 0.7 >"build/slow-$rule"; done
	tool build >first.log 2>&1 &
	first=$!
	wait_for kconfig
	tool build >second.log 2>&1 || { cat second.log; fail "the second build"; }
	wait "$first" || { cat first.log; fail "the first build"; }
	assert_eq "$(sort build/ran | uniq -d)" '' "stages that ran twice"
	settled
}

# Both begin in the same moment.
races()
{
	for _ in 1 2 3 4 5; do
		clear_build
		tool build >first.log 2>&1 &
		first=$!
		tool build >second.log 2>&1 || { cat second.log; fail "the second build"; }
		wait "$first" || { cat first.log; fail "the first build"; }
		settled
	done
}

edit_between()
{
	clear_build
	echo 1.5 >build/slow-rootfs-base
	echo 1.5 >build/slow-kconfig
	tool build >first.log 2>&1 &
	first=$!
	wait_for rootfs-base
	echo edited >>src/parent/overlay/etc/motd
	echo CONFIG_EDITED=y >>src/parent/one.config
	tool build >second.log 2>&1 || { cat second.log; fail "the second build"; }
	wait "$first" || { cat first.log; fail "the first build"; }
	assert_eq "$(grep -c rootfs-base build/ran)" 2
	settled
}

# A stage that is read is not made anew meanwhile.
read_while_made()
{
	build
	: >build/ran
	echo 1.5 >build/slow-link
	echo '# 1' >>src/parent/mod/Kbuild
	tool build >first.log 2>&1 &
	first=$!
	wait_for link
	echo 'CONFIG_MORE=y' >>src/parent/one.config
	tool build >second.log 2>&1 &
	second=$!
	sleep 0.7
	assert_eq "$(grep -c '^kernel-' build/ran || :)" 0 "kernels made while the link reads one"
	wait "$first" || { cat first.log; fail "the first build"; }
	wait "$second" || { cat second.log; fail "the second build"; }
	assert_eq "$(grep -c '^kernel-' build/ran)" 1 "kernels made"
	rm build/slow-*
	settled
}

jobs_do_not_matter()
{
	for jobs in 1 16; do
		rm -rf "j$jobs"
		"$stub" -G "$generator" -C "j$jobs" src/family.json
		tool "j$jobs" -j"$jobs" >build.log
	done
	diff -r j1/images j16/images
	diff -r -x '*.lock' j1/out/stage j16/out/stage
}

# --- fmgen build

waits_its_turn()
{
	clear_build
	echo 1.5 >build/slow-busybox
	"$stub" build -G "$generator" -C build src/family.json >first.log 2>&1 &
	first=$!
	wait_for busybox
	"$stub" build -G "$generator" -C build src/family.json >second.log 2>&1
	wait "$first"
	assert_has second.log "waiting for process $first ($stub build -G $generator -C build src/family.json), which builds"
	assert_has second.log "$idle"
}

# The build tool does not ask for the directory, and a build by fmgen goes on beside it.
beside_a_tool()
{
	clear_build
	echo 1 >build/slow-busybox
	tool build >first.log 2>&1 &
	first=$!
	wait_for busybox
	"$stub" build -G "$generator" -C build src/family.json >second.log 2>&1 || { cat second.log; fail "fmgen build"; }
	wait "$first" || { cat first.log; fail "$generator"; }
	assert_lacks second.log 'builds in this directory'
	settled
}

inside_itself()
{
	mkdir -p nest/w
	printf 'name: w\nbase: bare\nhost-init: again.sh\nbin: prog\n' >nest/w.yaml
	: >nest/w/prog
	printf '#!/bin/sh\nexec "%s" build -C "%s" "%s"\n' "$fmgen" "$work/nest/b" "$work/nest/w.yaml" \
		>nest/w/again.sh
	chmod +x nest/w/again.sh
	(cd nest && ! timeout 20 "$fmgen" build -C b w.yaml) >nest.log 2>&1
	assert_has nest.log 'builds in this directory, and waits for this one'
}

ends_with_fmgen() # SIGNAL
{
	clear_build
	echo 30 >build/slow-kconfig
	"$stub" build -G "$generator" -C build src/family.json >first.log 2>&1 &
	first=$!
	wait_for kconfig
	kill -"$1" "$first"
	wait "$first" || :
	timeout 10 flock "$(echo build/out/stage/kconfig-*.lock)" true || fail "a stage runs on"
	rm build/slow-kconfig
	"$stub" build -G "$generator" -C build src/family.json >second.log 2>&1 || { cat second.log; fail build; }
	settled
}

test_case "the first build" build_family
test_case "two builds do the work once" two_builds
test_case "two that begin in one moment" races
test_case "an edit between two that overlap" edit_between
test_case "what is read is not made anew meanwhile" read_while_made
test_case "any number of jobs gives the same bytes" jobs_do_not_matter
test_case "fmgen build waits for another one" waits_its_turn
test_case "fmgen build goes on beside a build without it" beside_a_tool
test_case "fmgen build does not wait for itself" inside_itself
test_case "a killed fmgen build ends its stages" ends_with_fmgen KILL
test_case "a terminated one too" ends_with_fmgen TERM
finish
