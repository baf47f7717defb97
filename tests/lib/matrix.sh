# SPDX-License-Identifier: MIT
# shellcheck shell=sh
# shellcheck disable=SC2154 # variables of harness.sh and e2e.sh
# For the tables of tests/matrix: after an edit, exactly the stages that it touches run, and what is
# published has the bytes of a build from nothing. Read in the place of e2e.sh, which it reads itself.
#
#	. "${0%/*}/../lib/matrix.sh"
#	start_chain
#	edit() { echo x >>src/p/overlay/etc/motd; }
#	row "2 edit a file of the overlay" edit p:rootfs-base p:rootfs c:rootfs
#
# All that is edited lies in src/: the specs p.json and c.json of a parent and its child, and a copy
# of fmgen with its data in src/fmgen. A stage is named OWNER:STAGE, where the owner is the first
# workload that needs it. The build tool is tool.sh's. Where there is a function after_EDIT, it looks
# at the result of the edit, too.

. "${0%/*}/../lib/e2e.sh"
# shellcheck source=tests/lib/tool.sh
. "${srcdir:?}/tests/lib/tool.sh"
# shellcheck disable=SC2034 # for harness.sh
shared_dir=1
chain=$test_root/matrix-$generator
first_specs='../src/p.json ../src/c.json'
specs=$first_specs
targets=c
# Images are hashed and copied often: small ones will do.
export FMGEN_ROOTFS_MARGIN=16MiB
# A build from nothing takes these from the chain, unless the edit makes them run.
lent='kconfig kernel busybox firmware'

generate_in() # DIRECTORY [SPEC...]
{
	dir=$1
	shift
	mkdir -p "$dir"
	# shellcheck disable=SC2086
	[ $# -gt 0 ] || set -- $specs
	(cd "$dir" && ../src/fmgen/bin/fmgen -G "$generator" "$@")
}

# build_in DIRECTORY [TARGET...]: what it said is in build.log
build_in()
{
	dir=$1
	shift
	if ! tool "$dir" "$@" >build.log 2>&1; then
		tail -n 60 build.log >&2
		fail "$generator $* in $dir"
	fi
}

has_settled() # DIRECTORY [TARGET...]
{
	build_in "$@"
	assert_has build.log "$idle"
}

# The stages that the last build in a directory ran, as OWNER:STAGE, sorted, each once. Scans,
# regeneration and publishing are left out: they follow any change.
ran_stages() # DIRECTORY
{
	sed -nE 's/^(\[[^]]*\] )?[[:space:]]*[A-Z-]+[[:space:]]+([a-z0-9-]+-[0-9a-f]{16})$/\2/p' build.log |
	while read -r id; do
		owner=$(cd "$1/out/wl" && grep -lE "^  id = $id\$|^out/done/[a-z0-9-]+/$id:" -- * | head -n 1)
		echo "${owner%.*}:${id%-*}"
	done | sort -u
}

words() # WORD...: sorted, one a line
{
	[ $# -eq 0 ] || printf '%s\n' "$@" | sort -u
}

# start_chain: the case that copies the built chain to where the rows work
start_chain()
{
	test_case "start from the built chain" copy_chain
}

copy_chain()
{
	ensure_chain
	cp -a --reflink=auto "$chain/src" "$chain/build" .
	generate_in build # with the fmgen of this src/
	has_settled build
	published build >sums
}

# Gives p a guest-init.
add_guest_init()
{
	cat >src/p/init.sh <<-'END'
	#!/bin/sh
	echo "made by guest-init $*" >/etc/made
	cat /etc/motd >>/etc/made
	END
	chmod 755 src/p/init.sh
	sed -i 's/"run":/"guest-init": "init.sh once", &/' src/p.json
	build_in build
}

# Sums of what is published. Where there is a file as_trees, an image counts by its tree (types, modes,
# owners, contents, links) and not by its bytes.
published() # DIRECTORY
{
	for file in "$1"/images/*; do
		what=$file
		case $file in
		*.img)
			if [ -e as_trees ]; then
				what=tree.cpio
				src/fmgen/bin/fmgen cpio --out="$what" --image="$file"
			fi ;;
		esac
		echo "$(sha256sum <"$what") ${file##*/}"
	done
}

first_again()
{
	published build >sums.now
	assert_same sums.now sums
}

# row TITLE EDIT STAGE...: the edit, a build of $targets, and that those stages ran; then as from
# nothing, and back to the first bytes when the edit is undone
row()
{
	title=$1
	shift
	test_case "$title" run_row "$@"
}

# shellcheck disable=SC2086
run_row()
{
	begin_edit
	"$1"
	after=after_$1
	shift
	runs "$targets" "$@"
	has_settled build $targets
	runs "all $targets"
	fresh_is_equal "$@"
	! command -v "$after" >/dev/null || "$after"
	undo
	first_again
}

# runs TARGETS STAGE...: a build of the targets runs these stages and no other
runs()
{
	runs_in build "$@"
}

runs_in() # DIRECTORY TARGETS STAGE...
{
	in=$1
	what=$2
	shift 2
	# shellcheck disable=SC2086
	build_in "$in" $what
	assert_eq "$(ran_stages "$in")" "$(words "$@")" "stages that $what ran in $in"
}

# From here on, undo takes back what is done to src/ and to $specs.
begin_edit()
{
	undo
	cp -a src saved
}

# Removes stages that the graph does not name: what other specs have left.
drop_stale() # DIRECTORY
{
	for stage in "$1"/out/stage/*-*; do
		name=${stage##*/}
		grep -qF "\"out/stage/${name%.*}/" "$1/out/graph.json" || rm -rf "$stage"
	done
}

# Takes the last edit back, also that of a row that failed.
undo()
{
	[ -d saved ] || return 0
	rm -rf src
	mv saved src
	if [ -e other_specs ]; then
		specs=$first_specs
		generate_in build
		rm -rf other_specs build/images
	fi
	# shellcheck disable=SC2086
	build_in build all $targets
	drop_stale build
}

# add_spec NAME: src/NAME.json becomes one of the specs, until undo
add_spec()
{
	specs="$specs ../src/$1.json"
	: >other_specs
	generate_in build
}

# Builds in fresh/ from nothing, but for what the chain (not the edited one) lends and is not named
# here. A kernel that is named starts from a copy of the objects, which its configuration is older than.
build_fresh() # STAGE...
{
	rm -rf fresh
	mkdir -p fresh/out/stage
	# With twins of outputs (keep) in it, some would come back instead of being made.
	find "$chain/build/out" -mindepth 1 -maxdepth 1 ! -name stage ! -name keep \
		-exec cp -a {} fresh/out \;
	for stage in $lent; do
		case $stage," $* " in
		kernel,*":kernel "*) cp -a "$chain"/build/out/stage/kernel-* fresh/out/stage ;;
		kconfig,*) lend_stage kconfig ;;
		"$stage",*":$stage "*) ;;
		*) lend_stage "$stage" ;;
		esac
	done
	generate_in fresh
	# shellcheck disable=SC2086
	build_in fresh all $targets
	for stage in $(ran_stages fresh); do
		name=${stage#*:}
		case " $lent : $* " in
		*" $name "*:*":$name "*) ;;
		*" $name "*:*)
			rm -f "$chain/key"
			fail "$stage ran in the fresh directory too" ;;
		esac
	done
}

# A kernel's objects, thousands of files, are read through a link.
lend_stage() # STAGE
{
	for stage in "$chain/build/out/stage/$1"-*; do
		to=fresh/out/stage/${stage##*/}
		if [ ! -d "$stage/view" ]; then
			cp -a "$stage" "$to"
			continue
		fi
		mkdir "$to"
		for file in "$stage"/*; do
			case ${file##*/} in
			O | view) ln -s "$file" "$to" ;;
			*) cp -a "$file" "$to" ;;
			esac
		done
		touch -r "$stage" "$to"
	done
}

# What ninja has built from nothing in this row is what make has to build.
fresh_is_equal() # STAGE...
{
	file=${0##*/}
	file=${0%/*}/${file%-make.sh}
	record=$({ cat "$chain/key" "${file%.sh}.sh"; echo "$title"; } | sha256sum)
	record=$test_root/matrix-from-nothing/${record%% *}
	if [ "$generator" = ninja ] || [ ! -e "$record" ]; then
		build_fresh "$@"
		mkdir -p "${record%/*}"
		published fresh >"$record"
		rm -rf fresh
	fi
	published build >sums.now
	assert_same sums.now "$record"
}

# Makes src/fmgen.
copy_program()
{
	mkdir -p src/fmgen/bin src/fmgen/share/fmgen
	cp "$fmgen" src/fmgen/bin
	(cd "$data" && tar -cf - boards initramfs scripts templates) | tar -xf - -C src/fmgen/share/fmgen
	chmod -R u+w src
}

# Builds the chain, if that was not done with this program and these specs.
ensure_chain()
{
	(unset FMGEN_ROOTFS_MARGIN && ensure_base)
	key=$({ cat "$base/key"; echo "$FMGEN_ROOTFS_MARGIN"; find "$srcdir/tests/matrix/chain" -type f \
		-exec sha256sum {} +; } | sha256sum)
	[ "$(cat "$chain/key" 2>/dev/null)" != "$key" ] || return 0
	rm -f "$chain/key"
	wipe "$chain/src"
	mkdir -p "$chain"
	(
		cd "$chain"
		copy_program
		cp -R "$srcdir/tests/matrix/chain/." src
		cp -R "$srcdir/examples/hello/modules/fmgen_hello" src/p/module
		chmod -R u+w src
		# The base's kernel is of the same tree, its busybox is the very one.
		[ -d build ] || cp -a --reflink=auto "$base/build" .
		rm -rf build/images
		generate_in build
		build_in build
		has_settled build
		drop_stale build
	)
	echo "$key" >"$chain/key"
}
