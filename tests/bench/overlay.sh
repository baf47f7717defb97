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

set --
for n in $files; do
	overlay "f$n" busybox-base
	# 500 files a directory
	seq -f "specs/f$n/overlay/d%g" 0 $((n / 500)) | xargs mkdir
	seq "$n" | awk -v dir="specs/f$n/overlay/d" '{
		file = dir int($1 / 500) "/" $1
		print "file", $1 >file
		close(file)
	}'
	set -- "$@" "f$n"
done
for mb in $sizes; do
	overlay "bulk$mb" busybox-base
	overlay "s$mb" "bulk$mb"
	# 32 files a megabyte up to 60 MB; larger trees have larger files
	piece=$((mb > 60 ? 1000 : 32))
	mkdir "specs/bulk$mb/overlay/data"
	seq $((mb * 1000 / piece)) | while read -r i; do
		head -c "${piece}000" /dev/urandom >"specs/bulk$mb/overlay/data/$i"
	done
	set -- "$@" "s$mb"
done
# shellcheck disable=SC2046
generated $(printf '../specs/%s.json ' "$@")
# shellcheck disable=SC2046
made $(printf 'images/%s.img ' "$@")

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
}

for n in $files; do
	measure "f$n" "$n files" "f$n"
done
for mb in $sizes; do
	# shellcheck disable=SC2034
	[ "$mb" -le 60 ] || runs=${RUNS:-1}
	measure "s$mb" "$mb MB" "bulk$mb" "s$mb"
done
