#!/bin/sh
# SPDX-License-Identifier: MIT
# shellcheck disable=SC2016
# What FireSim's manager is given: the JSON of a workload as it reads it, its paths seen from the
# workload's directory, as it takes them.
. "${0%/*}/../lib/stub.sh"
. "$srcdir/tests/lib/install.sh"
installer=$stub
shared_dir=1
unset FMGEN_FIRESIM_DIR MARSHAL_FIRESIM_DIR
deploy=$work/firesim/deploy

# A FireSim without workloads, and a source directory for the board firechip.
fresh()
{
	need jq
	[ -e inst ] || install_stub
	rm -rf src build firesim
	mkdir -p firesim/deploy/workloads src/w drivers
	printf 'obj-m += x.o\n' >drivers/Kbuild
	cat >fmgen.yaml <<-'END'
		board: firechip
		firesim-dir: firesim
		iceblk-dir: drivers
		icenet-dir: drivers
	END
}

# field NAME FILTER: of the installed JSON
field()
{
	jq -c "$2" "$deploy/workloads/$1.json"
}

# What the manager does with a path of a workload: WORKLOADS/NAME/PATH
takes() # NAME FILTER EXPECTED-FILE
{
	path=$(jq -r "$2" "$deploy/workloads/$1.json")
	case $path in /*) fail "$path is absolute" ;; esac
	assert_same "$deploy/workloads/$1/$path" "$3"
}

one_machine()
{
	fresh
	spec w '{"name": "w", "base": "busybox-base.json", "outputs": ["/root/a", "/var/*.log"],
		"firesim": {"simulation_outputs": ["trace", "uartlog"], "simulation_inputs": ["in"]}}'
	install_it src/w.json
	assert_has install.log 'w is installed in'
	assert_eq "$(field w keys)" \
		'["benchmark_name","common_bootbinary","common_outputs","common_rootfs","common_simulation_inputs","common_simulation_outputs"]'
	assert_eq "$(field w .benchmark_name)" '"w"'
	takes w .common_bootbinary build/images/w-bin
	takes w .common_rootfs build/images/w.img
	assert_eq "$(field w .common_outputs)" '["/root/a","/var/*.log"]'
	assert_eq "$(field w .common_simulation_outputs)" '["uartlog","trace"]'
	assert_eq "$(field w .common_simulation_inputs)" '["in"]'
	assert_has "$deploy/workloads/w.json" '	"benchmark_name"'
	assert_has "$deploy/workloads/w/README" ../src/w.json
	assert_missing "$deploy/workloads/w/dummy.rootfs" "$deploy/workloads/w/post_run_hook"
}

# Jobs take the slots of a simulation in their order; the workload itself takes none.
jobs_in_slots()
{
	fresh
	spec w '{"name": "w", "base": "busybox-base.json", "outputs": ["/a"],
		"firesim": {"simulation_outputs": ["all"]},
		"jobs": [{"name": "z", "outputs": ["/z"], "firesim": {"simulation_outputs": ["of-z"]}},
			{"name": "a"}, {"name": "m", "command": "true"}]}'
	install_it src/w.json
	assert_eq "$(field w '[.workloads[].name]')" '["w-z","w-a","w-m"]'
	assert_eq "$(field w 'has("common_bootbinary") or has("common_rootfs")')" false
	for i in 0 1 2; do
		name=$(jq -r ".workloads[$i].name" "$deploy/workloads/w.json")
		takes w ".workloads[$i].bootbinary" "build/images/$name-bin"
		takes w ".workloads[$i].rootfs" "build/images/$name.img"
	done
	assert_eq "$(field w .workloads[0].outputs)" '["/z"]'
	assert_eq "$(field w .workloads[1].outputs)" '["/a"]'
	assert_eq "$(field w .workloads[0].simulation_outputs)" '["of-z"]'
	assert_eq "$(field w .workloads[1].simulation_outputs)" '[]'
	assert_eq "$(field w .common_simulation_outputs)" '["uartlog","all"]'
	# A job alone
	install_it w-m
	takes w-m .common_bootbinary build/images/w-m-bin
}

without_image()
{
	fresh
	echo elf >src/w/x
	spec w '{"name": "w", "bin": "x"}'
	install_it src/w.json
	takes w .common_bootbinary build/images/w-bin
	assert_eq "$(field w .common_rootfs)" '"dummy.rootfs"'
	[ -s "$deploy/workloads/w/dummy.rootfs" ] || fail "the dummy is empty"
	spec w '{"name": "w", "base": "busybox-base.json"}'
	install_it src/w.json
	takes w .common_rootfs build/images/w.img
	assert_missing "$deploy/workloads/w/dummy.rootfs"
}

# The manager calls: cd workloads/NAME && HOOK RESULTS
hook()
{
	fresh
	mkdir -p "src/odd dir"
	cat >"src/odd dir/hook.sh" <<-'END'
		#!/bin/sh
		pwd -P
		for word; do echo "$word"; done
	END
	chmod +x "src/odd dir/hook.sh"
	spec parent "$(jq -n '{name: "parent", workdir: "odd dir", base: "busybox-base.json",
		post_run_hook: "hook.sh \u0027a b\u0027 \u0027$x\u0027 \"it\u0027s\""}')"
	spec w '{"name": "w", "base": "parent.json"}'
	install_it src/w.json
	hook=$(jq -r .post_run_hook "$deploy/workloads/w.json")
	case $hook in /*) fail "$hook is absolute" ;; esac
	mkdir -p firesim/deploy/results/one
	printf '%s\n' "$work/src/odd dir" 'a b' "\$x" "it's" "$deploy/results/one/" >expected
	(cd firesim/deploy/workloads/w && sh -c "$hook $deploy/results/one/") >called
	assert_same called expected
	# Both directories are moved together.
	mkdir elsewhere
	cp -R firesim src build elsewhere
	(cd elsewhere/firesim/deploy/workloads/w && sh -c "$hook /r") >called
	printf '%s\n' "$work/elsewhere/src/odd dir" 'a b' "\$x" "it's" /r >expected
	assert_same called expected
	rm -rf elsewhere
	spec w '{"name": "w", "base": "busybox-base.json"}'
	install_it src/w.json
	assert_eq "$(field w 'has("post_run_hook")')" false
	assert_missing firesim/deploy/workloads/w/post_run_hook
}

jobs_hook_is_told()
{
	fresh
	printf '#!/bin/sh\n' >src/w/h.sh
	chmod +x src/w/h.sh
	spec w '{"name": "w", "base": "busybox-base.json", "post_run_hook": "h.sh",
		"jobs": [{"name": "a"}, {"name": "b", "post_run_hook": "h.sh b"}]}'
	install_it src/w.json
	assert_has install.log 'that of w-b is left out'
	assert_lacks install.log 'that of w-a'
}

# Equal files are left alone, by whichever way they are installed.
written_if_changed()
{
	fresh
	spec w '{"name": "w", "base": "busybox-base.json"}'
	install_it src/w.json
	find firesim -type f -printf '%p %T@ %i\n' | sort >first
	install_it w
	tool build install-w >tool.log
	find firesim -type f -printf '%p %T@ %i\n' | sort >second
	assert_same second first
	echo changed >>firesim/deploy/workloads/w.json
	install_it w
	jq . firesim/deploy/workloads/w.json >/dev/null || fail "the JSON is still broken"
	rm -r firesim/deploy/workloads/w firesim/deploy/workloads/w.json
	install_it w
	find firesim -type f -printf '%p %s\n' | sort >third
	sed 's/ .*//' first >first.names
	sed 's/ .*//' third | diff - first.names
}

# The target of the graph builds what it needs, and calls no build tool.
target_of_graph()
{
	fresh
	spec w '{"name": "w", "base": "busybox-base.json"}'
	"$stub" -G "$generator" -C build src/w.json
	tool build install-w >tool.log 2>&1 || { cat tool.log; return 1; }
	takes w .common_bootbinary build/images/w-bin
	takes w .common_rootfs build/images/w.img
	tool build install-w >tool.log 2>&1
	assert_has tool.log INSTALL
	assert_lacks tool.log PUBLISH
}

several_and_failing()
{
	fresh
	echo elf >src/a.elf
	spec a '{"name": "a", "workdir": ".", "bin": "a.elf"}'
	spec w '{"name": "w", "base": "busybox-base.json"}'
	mkdir firesim/deploy/workloads/a
	assert_fails "$stub" install -G "$generator" -C build src/a.json src/w.json >install.log 2>&1
	assert_has install.log 'fmgen did not write it'
	assert_exists firesim/deploy/workloads/w.json
	assert_missing firesim/deploy/workloads/a.json firesim/deploy/workloads/a/README
	rmdir firesim/deploy/workloads/a
	install_it a w
	assert_exists firesim/deploy/workloads/a.json
}

# Nobody's file is overwritten.
others_files()
{
	fresh
	spec w '{"name": "w", "base": "busybox-base.json"}'
	echo '{}' >firesim/deploy/workloads/w.json
	refused "fmgen did not write it: move it away" src/w.json
	assert_eq "$(cat firesim/deploy/workloads/w.json)" '{}'
}

refusals()
{
	fresh
	spec w '{"name": "w", "base": "busybox-base.json"}'
	refused 'firesim takes workloads with a disk only' --no-disk src/w.json
	assert_missing build/images
	"$stub" -d -G "$generator" -C build src/w.json
	assert_fails tool build install-w >tool.log 2>&1
	assert_has tool.log 'firesim takes workloads with a disk only'
	assert_missing build/images
	refused 'there is no workload v' v
	refused 'the board firechip has no installer firesym; did you mean firesim?' -t firesym src/w.json
	rmdir firesim/deploy/workloads
	refused 'is ../firesim FireSim?' -t firesim src/w.json
	assert_missing build/images
	sed -i '/firesim-dir/d' fmgen.yaml
	"$stub" doctor >doctor.log 2>&1 || :
	assert_has doctor.log 'fmgen install wants to know firesim-dir'
	refused 'set `firesim-dir` in fmgen.yaml, or FMGEN_FIRESIM_DIR in the environment' src/w.json
	assert_fails tool build install-w >tool.log 2>&1
	assert_has tool.log FMGEN_FIRESIM_DIR
	refused 'the board has no installer' -b qemu src/w.json
	refused 'the board has no installer' -b chipyard src/w.json
}

by_variable()
{
	fresh
	sed -i '/firesim-dir/d' fmgen.yaml
	spec w '{"name": "w", "base": "busybox-base.json"}'
	FMGEN_FIRESIM_DIR=$work/firesim install_it src/w.json
	takes w .common_bootbinary build/images/w-bin
}

# FireSim, and the directories of workloads, may be called as they like.
odd_places()
{
	fresh
	odd="a \$b 'c\""
	mkdir -p "$odd"
	mv firesim src "$odd"
	printf '#!/bin/sh\npwd -P\n' >"$odd/src/w/h.sh"
	chmod +x "$odd/src/w/h.sh"
	echo '{"name": "w", "base": "busybox-base.json", "post_run_hook": "h.sh"}' >"$odd/src/w.json"
	sed -i /firesim-dir/d fmgen.yaml
	FMGEN_FIRESIM_DIR=$odd/firesim "$stub" install -G "$generator" -C build "$odd/src/w.json"
	cd "$odd/firesim/deploy/workloads/w"
	boot=$(jq -r .common_bootbinary ../w.json)
	assert_same "$boot" "$work/build/images/w-bin"
	assert_eq "$(sh -c "$(jq -r .post_run_hook ../w.json) /results")" "$work/$odd/src/w"
	cd "$work"
	rm -rf "$odd"
}

test_case "a workload is installed, with paths relative to its directory" one_machine
test_case "jobs are slots in their order" jobs_in_slots
test_case "a workload without an image has a dummy" without_image
test_case "the hook is called as after a launch" hook
test_case "the hook of a job is left out, aloud" jobs_hook_is_told
test_case "files are written if they changed" written_if_changed
test_case "install-NAME builds and installs" target_of_graph
test_case "a workload that cannot be installed does not stop the next" several_and_failing
test_case "a file of somebody else stays" others_files
test_case "what cannot be is told" refusals
test_case "the variable tells where FireSim is" by_variable
test_case "directories with odd names" odd_places
finish
