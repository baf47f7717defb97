# SPDX-License-Identifier: MIT
# shellcheck shell=sh
# One file of an overlay edited, then the image made again, against mke2fs -d of the same tree: over
# the small base, and over a parent with 60 MB in 2000 files.
. "${srcdir:?}/tests/bench/lib.sh"
many 1
mkdir -p specs/bulk/overlay/data specs/over/overlay/etc
seq 2000 | while read -r i; do
	head -c 30000 /dev/urandom >"specs/bulk/overlay/data/$i"
done
echo '{"name": "bulk", "base": "busybox-base.json", "overlay": "overlay"}' >specs/bulk.json
echo '{"name": "over", "base": "bulk.json", "overlay": "overlay"}' >specs/over.json
echo 1 >specs/over/overlay/etc/number
built ../specs/w1.json ../specs/over.json
PATH=$PATH:/sbin:/usr/sbin
cat >edit <<'END'
date +%s%N >"specs/$1/overlay/etc/number"
exec ninja -C build "images/$1.img"
END
for wl in w1 over; do
	mkdir "tree-$wl"
	debugfs -R "rdump / tree-$wl" "build/images/$wl.img" 2>/dev/null
	size=$(stat -c %s "build/images/$wl.img")
	# shellcheck disable=SC2034
	baseline=
	bench "mke2fs -d, $wl" sh -c "rm -f x.img && mke2fs -q -t ext4 -d tree-$wl x.img $((size / 1024))k"
	bench "edit, ninja, $wl" sh edit "$wl"
done
