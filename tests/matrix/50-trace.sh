#!/bin/sh
# SPDX-License-Identifier: MIT
# Each edge reads no file of the specs, of fmgen's data, of the sources or of another stage that it
# does not depend on. Compiles of kernels, busybox and firmware are traced by tests/trace/compiles.
# shellcheck disable=SC2016 # scripts are written in single quotes
. "${0%/*}/../lib/matrix.sh"
. "${srcdir:?}/tests/lib/trace.sh"
. "$srcdir/tests/lib/riscv-pk.sh"

script() # NAME LINE...
{
	file=$1
	shift
	{
		echo '#!/bin/sh -eu'
		printf '%s\n' "$@"
	} >"src/$file"
	chmod 755 "src/$file"
}

# Beside the parent with a guest-init and its child, whose module reads a file outside of its tree:
# scripts of the host as maps and as words, trees that they write, what distros are given, what the user
# made.
write_specs()
{
	mkdir -p src/b src/d/skeleton/etc src/d/image src/t src/w
	sed -i 's/"run":/"guest-init": "init.sh once", &/' src/p.json
	echo '/* for all modules */' >src/shared.h
	ln -s ../../shared.h src/p/module/shared.h
	script p/init.sh 'echo "made by guest-init $*" >/etc/made'

	script t/make.sh 'mkdir -p over' 'cp in.txt over/made'
	script t/after.sh 'test -d "$FIREMARSHAL_LINUX_SRC/include"' \
		'sum "$FIREMARSHAL_LINUX_SRC/init/main.c"' 'sum <"$FIREMARSHAL_LINUX_BIN" >sum' 'cat late.txt >>sum'
	echo in >src/t/in.txt
	echo late >src/t/late.txt
	echo dep >src/t/dep.txt
	cat >src/t.yaml <<-'EOF'
	name: t
	base: p.json
	host-init: {script: make.sh, inputs: [in.txt], outputs: [over]}
	post-bin: {script: after.sh, inputs: [late.txt], outputs: [sum]}
	overlay: over
	files: [[sum, /etc/sum]]
	deps: [dep.txt]
	command: "true"
	EOF

	echo skeleton >src/d/skeleton/etc/skeleton
	cat >src/d.yaml <<-'EOF'
	name: d
	base: busybox
	distro: {name: busybox, opts: {hostname: d, skeleton: [skeleton]}}
	rootfs-size: 64MiB
	EOF

	echo image >src/d/image/file
	src/fmgen/bin/fmgen ext4 --out=src/d/disk.img --layer=src/d/image --margin=1048576
	cat >src/e.yaml <<-'EOF'
	name: e
	workdir: d
	base: fedora
	distro: {name: fedora, opts: {image: disk.img}}
	EOF

	script w/make.sh 'cp source prog'
	echo program >src/w/source
	cp src/d/disk.img src/w
	make_tree src/b/pk
	cat >src/b.yaml <<-'EOF'
	name: b
	base: p.json
	firmware: {use-bbl: yes, bbl-src: pk}
	EOF

	printf 'name: w\nbase: bare\nhost-init: make.sh\npost-bin: make.sh\nbin: prog\nimg: disk.img\n' \
		>src/w.yaml
}

start()
{
	copy_chain
	make_tracer
	write_specs
	generate_in build ../src/c.json ../src/t.yaml ../src/b.yaml ../src/d.yaml \
		../src/e.yaml ../src/w.yaml
	(cd build && out/fmgen verify)
	list_trees
}

# Runs all edges but those that compile for minutes, one at a time where they share a trace.
run_all()
{
	config=$(ls build/out/stage/kconfig-*/config)
	cp -p "$config" config
	rm "$config"
	traced ninja -f out/graph.ninja "${config#build/}"
	mv config "$config"
	cut -f 1,2 build/out/outputs | grep -Ev '^(kconfig|kernel|busybox|firmware)-' | cut -f 2 |
		tr ' ' '\n' | (cd build && xargs rm -f)
	traced ninja -f out/graph.ninja c t d e w images/b-bin t-nodisk
	trace_plumbing
}

# What does not go through `fmgen run`.
trace_plumbing()
{
	while read -r id _; do
		trace_alone "scan-$id" out/fmgen scan "$id"
	done <build/out/trees
	sed -nE 's/.*"rule": "publish-(bin|img)".*"outputs": \["([^"]*)"\], "inputs": \["([^"]*)"\].*/\1 \3 \2/p' \
		build/out/graph.json >published
	while read -r kind from to; do
		how=$([ "$kind" = bin ] && echo link || echo copy)
		[ ! -e "build/$from" ] || trace_alone "publish-${to##*/}" out/fmgen publish "$how" "$from" "$to"
	done <published
	trace_alone verify out/fmgen verify
	trace_alone regen out/fmgen regen
}

reads_its_inputs() # STAGE
{
	: >found
	traced=
	for trace in "$traces/$1" "$traces/$1"-*; do
		[ -e "$trace" ] || continue
		traced=1
		judge "${trace##*/}"
		cat strays >>found
	done
	[ -n "$traced" ] || fail "there is no $1"
	assert_same found /dev/null
}

# Whether the trace sees what an edge reads: without an input, it is stray.
misses() # STAGE OF WITHOUT STRAY
{
	id=$(cd "$traces" && grep -l -e "$2" "$1"-[0-9a-f]* | head -n 1)
	judge "$id" "$3"
	assert_has strays "$4"
}

# Inputs that nothing reads cost builds. Only deps are there to be left alone.
all_are_read()
{
	for trace in "$traces"/*; do
		judge "${trace##*/}"
		grep -v '/src/t/dep\.txt$' idle >>idle.all || :
	done
	assert_same idle.all /dev/null
}

# For tests/trace/compiles: kernel and configuration are the smallest, unless FULL=1.
start_compiles()
{
	copy_chain
	make_tracer
	if [ -z "${FULL-}" ]; then
		: >src/fmgen/share/fmgen/boards/qemu/linux.config
		generate_in build busybox-base.json
	else
		generate_in build ../src/c.json
	fi
	rm -rf build/out/stage/kernel-*/ build/out/stage/kconfig-*/
	list_trees
}

# From nothing, what a binary of the graph needs.
compile() # STAGE
{
	sed -nE "s/^($1-[0-9a-f]{16})	([^	 ]*).*/\1 \2/p" build/out/outputs >made
	while read -r id output; do
		rm -rf "build/out/stage/$id"
		traced ninja -f out/graph.ninja "$output" </dev/null
		judge "$id"
		count_reads "$id" >>counts
		cat idle >>counts
		assert_same strays /dev/null
	done <made
}

count_reads() # ID
{
	for kind in read list link stat absent; do
		printf '%s %s, ' "$(grep -c "^$kind	" "reads.$1")" "$kind"
	done
	echo "below the watched directories: $1; $(wc -l <strays) strays"
}

if [ -n "${STAGES-}" ]; then
	test_case "start from the built chain" start_compiles
	for stage in $STAGES; do
		test_case "$stage reads only its inputs" compile "$stage"
	done
	sed 's/^/# /' counts
	finish
fi

test_case "start from the built chain" start
test_case "run under the trace" run_all
for stage in host-init post-bin kconfig module initramfs link bin bbl given distro rootfs-base \
	guest-init rootfs publish scan verify regen; do
	test_case "$stage reads only its inputs" reads_its_inputs "$stage"
done
test_case "what is an input is read" all_are_read
test_case "an overlay is missed" misses rootfs-base p/overlay p/overlay p/overlay/etc/motd
test_case "a file is missed" misses rootfs-base file.txt file.txt p/file.txt
test_case "a script is missed" misses rootfs boot-script scripts/boot-script scripts/boot-script
test_case "the output of a stage is missed" misses link vmlinux initramfs.cpio initramfs.cpio
test_case "the revision of a verb is missed" misses rootfs-base ext4 revision/ext4 'fmgen ext4'
finish
