# SPDX-License-Identifier: MIT
# shellcheck shell=sh
# One file of an overlay edited, then the image made again: by the number of files in the overlay
# (FILES), and by the size of the parent's image (SIZES, MB). The baseline is mke2fs -d of the whole
# tree; beside it stands a sparse copy of the parent's image.
. "${srcdir:?}/tests/bench/lib.sh"
PATH=$PATH:/sbin:/usr/sbin
files=${FILES:-10 1000 100000}
sizes=${SIZES:-60 1000 4000}
mkdir -p specs

# overlay NAME PARENT: a spec with an overlay of one file
overlay()
{
	mkdir -p "specs/$1/overlay/etc"
	echo 1 >"specs/$1/overlay/etc/number"
	printf '{"name": "%s", "base": "%s.json", "overlay": "overlay"}\n' "$1" "$2" >"specs/$1.json"
}

# few N: overlay fN of N files, 500 in a directory
few()
{
	overlay "f$1" busybox-base
	seq -f "specs/f$1/overlay/d%g" 0 $(($1 / 500)) | xargs mkdir
	seq "$1" | awk -v dir="specs/f$1/overlay/d" '{
		file = dir int($1 / 500) "/" $1
		print "file", $1 >file
		close(file)
	}'
}

# bulk MB: overlay sMB over a parent bulkMB of so many megabytes, in files of 32 kB, large ones in files of 1 MB
bulk()
{
	overlay "bulk$1" busybox-base
	overlay "s$1" "bulk$1"
	piece=$(($1 > 60 ? 1000 : 32))
	mkdir "specs/bulk$1/overlay/data"
	seq $(($1 * 1000 / piece)) | while read -r i; do
		head -c "${piece}000" /dev/urandom >"specs/bulk$1/overlay/data/$i"
	done
}

cat >edit <<'END'
date +%s%N >"specs/$1/overlay/etc/number"
exec ninja -C build "images/$1.img"
END

# measure NAME WHAT OVERLAY...
measure()
{
	name_of=$1
	what=$2
	shift 2
	# Only what this one needs is looked at.
	(cd build && "${fmgen:?}" "../specs/$name_of.json")
	made "images/$name_of.img"
	image=$(ninja -C build -t query "images/$name_of.img" | sed -n 's|^ *out/stage/\(.*\)/rootfs.img|\1|p')
	parent=$(sed -n 's/^--from=//p' "build/out/args/$image")
	base=$(sed -n 's/^--from=//p' "build/out/args/$(basename "$(dirname "$parent")")")
	mkdir tree
	debugfs -R 'rdump / tree' "build/${base:-$parent}" >/dev/null 2>&1
	for dir; do
		cp -Rlf "specs/$dir/overlay/." tree
	done
	size=$(stat -c %s "build/images/$name_of.img")
	# shellcheck disable=SC2034
	baseline=
	bench "mke2fs -d, $what" sh -c "rm -f x.img &&
		mke2fs -q -t ext4 -N $(($(find tree | wc -l) + 1000)) -d tree x.img $((size / 1024))k"
	rm -rf tree x.img
	bench "sparse copy of the parent, $what" sh -c \
		"rm -f x.img && cp --sparse=auto 'build/$parent' x.img"
	rm -f x.img
	bench "edit, ninja, $what" sh edit "$name_of"
	bench "ninja, $what" ninja -C build "images/$name_of.img"
}

generated
for n in $files; do
	few "$n"
	measure "f$n" "$n files" "f$n"
done
for mb in $sizes; do
	# shellcheck disable=SC2034
	[ "$mb" -le 60 ] || runs=${RUNS:-1}
	bulk "$mb"
	measure "s$mb" "$mb MB" "bulk$mb" "s$mb"
	rm -rf specs build/images build/out/stage/rootfs-base-*
done
