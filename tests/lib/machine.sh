# SPDX-License-Identifier: MIT
# shellcheck shell=sh
# shellcheck disable=SC2034,SC2154 # variables of the tests and of harness.sh
# For tests of launches, after harness.sh: a tiny guest, compiled once, and how it is booted.

SILENT=256 PANIC=257 HANG=258 FAIL=259 ECHO=260 NOISY=261 SAY=262 # as in tests/launch/guest.c

compile_guest()
{
	need riscv64-linux-gnu-gcc qemu-system-riscv64
	[ -e "$work/guest" ] || riscv64-linux-gnu-gcc -Os -Wall -Wextra -Werror -ffreestanding \
		-nostdlib -static -fno-pie -no-pie -march=rv64imac -mabi=lp64 -mcmodel=medany \
		-Wl,-n,--no-warn-rwx-segments,--build-id=none,-Ttext=0x80000000,-e,_start \
		-o "$work/guest" "$srcdir/tests/launch/guest.c"
}

# A build directory with a workload `w`; its disk is empty.
build_dir()
{
	compile_guest
	mkdir -p images
	cp "$work/guest" images/w-bin
	truncate -s 32M images/w.img
	chmod a-w images/*
}

# Prints the parameters of a boot, one a line. $order: what the guest does; $img: its disk or nothing.
# As firmware, not as kernel: with a kernel QEMU would start what is in the flash memory.
parameters()
{
	cat <<END
--name=w
--bin=images/w-bin
--cpus=1
--mem=134217728
--program=qemu-system-riscv64
--package=qemu-system-misc
--machine-arg=-M
--machine-arg=virt
--machine-arg=-smp
--machine-arg={cpus}
--machine-arg=-m
--machine-arg={mem}M
--machine-arg=-bios
--machine-arg={bin}
--machine-arg=-display
--machine-arg=none
--machine-arg=-chardev
--machine-arg=stdio,id=console,mux=on,signal=off,logfile={log}
--machine-arg=-serial
--machine-arg=chardev:console
--machine-arg=-mon
--machine-arg=chardev=console
--disk-arg=-drive
--disk-arg=file={img},format=raw,if=pflash,unit=1
--snapshot-arg=-snapshot
--arg=-device
--arg=loader,addr=0x80100000,data=${order:-0},data-len=4
END
	[ -z "${img-}" ] || echo "--img=$img"
}

# boot ORDER [WORD...]: boots w; what it and the guest print is in boot.log; sets $status
boot()
{
	order=$1
	shift
	set +e
	# shellcheck disable=SC2046
	timeout -k 5 60 "$fmgen" boot $(parameters) "$@" >boot.log 2>&1
	status=$?
	set -e
	tr -d '\r' <boot.log >boot.log.new
	mv boot.log.new boot.log
}

# boot_behind ORDER [WORD...]: the same in the background, once the guest runs; sets $pid and $qemu
boot_behind()
{
	order=$1
	shift
	# shellcheck disable=SC2046
	"$fmgen" boot $(parameters) "$@" </dev/null >behind.log 2>&1 &
	pid=$!
	wait_for grep -qs guest behind.log
	qemu=$(cat "/proc/$pid/task/$pid/children")
	qemu=${qemu% }
}

# on_terminal COMMAND...: boots a guest that echoes on a terminal; it gets all keys, Ctrl-C too, and
# the terminal is as it was afterwards
on_terminal()
{
	printf '%s; echo "status $?"; stty -a\n' "$*" >session
	mkfifo keys
	script -qec 'sh session' /dev/null <keys >typescript &
	exec 3>keys
	wait_for grep -qs echo typescript
	printf 'a\003cq' >&3
	wait_for grep -qs 'icanon' typescript
	exec 3>&-
	wait
	assert_has typescript "a$(printf '\003')cq"
	assert_has typescript 'status 0'
	assert_has typescript ' icanon '
}

# The processes QEMU that work in this directory, one a line.
machines()
{
	for dir in /proc/[0-9]*; do
		[ "$(readlink "$dir/cwd")" != "$PWD" ] || case $(readlink "$dir/exe") in
		*/qemu-*) echo "${dir#/proc/}" ;;
		esac
	done
}

wait_for() # COMMAND...: until it is true
{
	tries=0
	until "$@"; do
		tries=$((tries + 1))
		[ "$tries" -lt 200 ] || fail "waited in vain: $*"
		sleep 0.1
	done
}

is_gone() # PID: no such process, or a dead one that nobody has waited for
{
	case $(sed -n 's/^State:[[:space:]]*//p' "/proc/$1/status" 2>/dev/null) in
	'' | Z* | X*) return 0 ;;
	esac
	return 1
}
