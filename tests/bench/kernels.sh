# SPDX-License-Identifier: MIT
# shellcheck shell=sh
# 100 workloads that differ in their overlay, on 4 kernels, from nothing: the kernels alone, then all
# the rest of the same graph. Where one ninja builds all of it the rest overlaps with the kernels, so
# the sum is the most that it can take. And the disk that it takes.
. "${srcdir:?}/tests/bench/lib.sh"

i=0
mkdir -p specs
for option in CONFIG_PRINTK_TIME=y CONFIG_KALLSYMS=y CONFIG_IKCONFIG=y CONFIG_LOG_BUF_SHIFT=16; do
	i=$((i + 1))
	echo "$option" >"specs/k$i.config"
	printf '{"name": "k%s", "base": "busybox-base.json", "workdir": ".", "linux": {"config": "k%s.config"}}\n' \
		"$i" "$i" >"specs/k$i.json"
done
seq 100 | while read -r i; do
	mkdir -p "specs/w$i/overlay/etc"
	echo "number $i" >"specs/w$i/overlay/etc/number"
	printf '{"name": "w%s", "base": "k%s.json", "overlay": "overlay"}\n' "$i" $((i % 4 + 1)) >"specs/w$i.json"
done
mkdir build
# shellcheck disable=SC2046
(cd build && "${fmgen:?}" $(seq -f '../specs/w%g.json' 100))
kernels=$(ninja -C build -t targets all | sed -n 's/^\(out.stage.kernel-.*\): .*/\1/p')

seconds() # COMMAND...: sets $time
{
	time=$(date +%s%N)
	"$@"
	time=$((($(date +%s%N) - time) / 1000))
}

report() # LABEL: $time against that of the kernels
{
	: "${baseline:=$time}"
	awk -v label="$1" -v time="$time" -v base="$baseline" 'BEGIN {
		printf "%-10s %-36s %9.1f s  %7.2f\n", "kernels", label, time / 1e6, time / base
	}'
}

disk() # LABEL PATH...: what they take together; links count once
{
	label=$1
	shift
	du -scm "$@" | awk -v label="$label" 'END {
		printf "%-10s %-36s %9d MB\n", "kernels", label, $1
	}'
}

# shellcheck disable=SC2086
seconds made $kernels
report "4 kernels"
kernels_time=$time
seconds made
report "the rest of 100 workloads"
time=$((time + kernels_time))
report "both: the most that one ninja takes"
disk "disk: all of the build directory" build
disk "disk: its kernels" build/out/stage/kernel-*
disk "disk: its images, with those published" build/out/stage/rootfs* build/images
