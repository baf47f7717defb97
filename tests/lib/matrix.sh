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
# workload that needs it. The build tool is tool.sh's.

. "${0%/*}/../lib/e2e.sh"
# shellcheck source=tests/lib/tool.sh
. "${srcdir:?}/tests/lib/tool.sh"
# shellcheck disable=SC2034 # for harness.sh
shared_dir=1
chain=$test_root/matrix-$generator
specs='../src/p.json ../src/c.json'
costly='kconfig kernel busybox firmware' # and left alone by most rows

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
		owner=$(cd "$1/out/wl" && grep -lE "^  id = $id\$|^out/done/[a-z0-9-]+/$id:" -- *)
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

# row TITLE EDIT STAGE...: the edit, a build of c, and that those stages ran; then as from nothing,
# and back to the first bytes when the edit is undone
row()
{
	title=$1
	shift
	test_case "$title" run_row "$@"
}

run_row()
{
	undo
	cp -a src saved
	"$1"
	shift
	build_in build c
	assert_eq "$(ran_stages build)" "$(words "$@")" "stages that ran"
	has_settled build c
	build_in build
	assert_eq "$(ran_stages build)" '' "stages that all runs after c"
	fresh_is_equal "$@"
	undo
	first_again
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
	build_in build
	drop_stale build
}

# Builds in fresh/ from nothing, but for what is costly in the chain (not the edited one) and is not
# named here. A kernel that is named starts from a copy of the objects.
build_fresh() # STAGE...
{
	rm -rf fresh
	mkdir -p fresh/out/stage
	find "$chain/build/out" -mindepth 1 -maxdepth 1 ! -name stage -exec cp -a {} fresh/out \;
	for stage in $costly; do
		case $stage," $* " in
		kernel,*":kernel "*) cp -a "$chain"/build/out/stage/kernel-* fresh/out/stage ;;
		busybox,*":busybox "* | firmware,*":firmware "*) ;;
		*) lend_stage "$stage" ;;
		esac
	done
	generate_in fresh
	build_in fresh
	for stage in $(ran_stages fresh); do
		name=${stage#*:}
		case " $costly : $* " in
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

fresh_is_equal() # STAGE...
{
	build_fresh "$@"
	published fresh >sums.fresh
	published build >sums.now
	assert_same sums.now sums.fresh
	rm -rf fresh
}

# Builds the chain, if that was not done with this program and these specs.
ensure_chain()
{
	ensure_base
	key=$({ cat "$base/key"; find "$srcdir/tests/matrix/chain" -type f \
		-exec sha256sum {} +; } | sha256sum)
	[ "$(cat "$chain/key" 2>/dev/null)" != "$key" ] || return 0
	rm -f "$chain/key"
	wipe "$chain/src"
	mkdir -p "$chain/src/fmgen/bin" "$chain/src/fmgen/share/fmgen"
	(
		cd "$chain"
		cp -R "$srcdir/tests/matrix/chain/." src
		cp -R "$srcdir/examples/hello/modules/fmgen_hello" src/p/module
		cp "$fmgen" src/fmgen/bin
		(cd "$data" && cp -R boards initramfs scripts templates "$chain/src/fmgen/share/fmgen")
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
