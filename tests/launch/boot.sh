#!/bin/sh
# SPDX-License-Identifier: MIT
# fmgen boot on a real QEMU: status, log, memory, and that nothing survives.
. "${0%/*}/../lib/harness.sh"
. "$srcdir/tests/lib/machine.sh"
img=

gives_status() # ORDER STATUS TEXT
{
	build_dir
	boot "$1"
	assert_eq "$status" "$2" status
	assert_has boot.log "$3"
	assert_has boot.log guest
}

console_is_logged()
{
	build_dir
	boot 0
	dir=$(readlink runOutput/w-latest)
	case $dir in
	w-launch-????-??-??--??-??-??-????????) ;;
	*) fail "the link goes to $dir" ;;
	esac
	printf 'guest\r\ndisk: 0\r\nfmgen: exit 0\r\n' >expected
	assert_same "runOutput/$dir/w/uartlog" expected
	assert_has "runOutput/$dir/w/command" virt
	boot 1
	[ "$dir" != "$(readlink runOutput/w-latest)" ] || fail "the link was not turned"
	assert_exists "runOutput/$dir/w/uartlog"
}

elsewhere_with_commas()
{
	build_dir
	boot 0 '--log-dir=a,b c'
	assert_eq "$status" 0 status
	assert_has 'a,b c/uartlog' guest
	assert_missing runOutput
}

panic_ends()
{
	gives_status "$PANIC" 1 'fmgen: w: the kernel panicked'
}

time_ends()
{
	build_dir
	boot "$HANG" --timeout=1
	assert_eq "$status" 124 status
	assert_has boot.log 'ended after 1 s'
}

restart_ends()
{
	build_dir
	printf '#!/bin/sh\nfor i in 1 2; do echo "fmgen: start"; sleep 1; done; exec sleep 1000\n' >simulator
	chmod +x simulator
	once() { timeout 60 "$fmgen" boot --name=w --bin=images/w-bin --program=./simulator "$@" >boot.log 2>&1; }
	once --must-end || status=$?
	assert_eq "$status" 1 status
	assert_has boot.log 'the guest was started again before its script had ended'
	once --timeout=3 || status=$?
	assert_eq "$status" 124 status
}

# QEMU waits for room; it shall not do so for ever.
full_disk_ends() # DIRECTORY IMAGE DISK WORD...: which of them is small, and is told
{
	small=$1 image=$2 disk=$3
	shift 3
	unshare -rm true 2>/dev/null || skip_optional "no namespaces for users here"
	build_dir
	mkdir "$small"
	printf '#!/bin/sh\nyes >%s/fill 2>/dev/null\nexec sleep 1000\n' "$small" >simulator
	chmod +x simulator
	cat >inside <<-END
		mount -t tmpfs -o size=1m none $small
		[ -e $image ] || : >$image
		exec "\$@" --program=./simulator --img=$image $*
	END
	order=0
	# shellcheck disable=SC2046
	timeout 60 unshare -rm sh inside "$fmgen" boot $(parameters) >boot.log 2>&1 || status=$?
	assert_eq "$status" 1 status
	assert_has boot.log "there is no room left on the disk that holds $disk"
}

closed_streams()
{
	build_dir
	set +e
	# shellcheck disable=SC2046
	(order=9; "$fmgen" boot $(parameters) <&- >&- 2>&-)
	status=$?
	set -e
	assert_eq "$status" 9 status
	assert_has runOutput/w-latest/w/uartlog guest
}

on_a_terminal()
{
	need script
	build_dir
	order=$ECHO
	parameters >args
	on_terminal "xargs -d '\\n' -a args -o '$fmgen' boot"
}

# Two machines have two ports, and both lead to them.
ports_are_told()
{
	build_dir
	forward='--arg=user,id=n,hostfwd=tcp:127.0.0.1:0-:22'
	boot_behind "$HANG" --timeout=60 --arg=-netdev "$forward"
	first=$pid
	wait_for grep -q 'w: listening on 127.0.0.1:' behind.log
	assert_eq "w: listening on $(cat runOutput/w-latest/w/ports)" \
		"$(sed -n 's/.*\(w: listening.*\)/\1/p' behind.log)" port
	one=$(cat runOutput/w-latest/w/ports)
	rm behind.log runOutput/w-latest
	boot_behind "$HANG" --timeout=60 --arg=-netdev "$forward"
	wait_for test -s runOutput/w-latest/w/ports
	[ "$one" != "$(cat runOutput/w-latest/w/ports)" ] || fail "both have $one"
	kill "$first" "$pid"
	wait "$first" "$pid" || :
}

# A hook is ended with the launch, however that ends.
kill_ends_hooks()
{
	build_dir
	printf '#!/bin/sh\nsleep 1000 &\necho $! >%s/sleeper\nwait\n' "$PWD" >hook
	chmod +x hook
	printf '#!/bin/sh\ntouch %s/second\n' "$PWD" >second.sh
	chmod +x second.sh
	order=0
	# shellcheck disable=SC2046
	"$fmgen" boot $(parameters) --job-hook=hook --hook=second.sh </dev/null >behind.log 2>&1 &
	pid=$!
	wait_for test -s sleeper
	kill -"$1" "$pid"
	status=0
	wait "$pid" || status=$?
	assert_eq "$status" "$2" status
	wait_for is_gone "$(cat sleeper)"
	assert_missing second
}

signal_ends() # SIGNAL NUMBER
{
	build_dir
	# A shell starts what runs behind it deaf to SIGINT.
	boot_behind "$HANG"
	kill -s "$1" "$pid"
	set +e
	wait "$pid"
	status=$?
	set -e
	assert_eq "$status" $((128 + $2)) status
	is_gone "$qemu" || fail "QEMU is still there"
	assert_has behind.log 'ended by a signal'
}

kill_leaves_nothing()
{
	build_dir
	boot_behind "$HANG"
	kill -9 "$pid"
	wait_for is_gone "$qemu"
}

simulator_fails()
{
	build_dir
	boot "$FAIL"
	assert_eq "$status" 7 status
	assert_has boot.log 'qemu-system-riscv64 failed with status 7'
	boot 0 --arg=-nonsense
	assert_eq "$status" 1 status
	assert_has boot.log 'invalid option'
}

no_simulator()
{
	build_dir
	boot 0 --program=no-such-qemu
	assert_eq "$status" 1 status
	assert_has boot.log 'no-such-qemu is not on PATH: install it (Debian package qemu-system-misc)'
	boot 0 --unsupported=qemu
	assert_eq "$status" 1 status
	assert_has boot.log 'w does not support qemu'
}

memory()
{
	build_dir
	boot 0 --mem=1125899906842624
	assert_eq "$status" 0 status
	assert_has boot.log 'MiB of memory instead of 1073741824: this host has no more'
	given=$(sed -n '/^-m$/{n;s/M$//p}' runOutput/w-latest/w/command)
	has=$(awk '/^MemTotal/ { print int($2 / 1024) }' /proc/meminfo)
	[ "$given" -le "$has" ] || fail "the guest got $given MiB, the host has $has"
	[ $((given % 2)) -eq 0 ] || fail "$given MiB do not end at a large page"
	echo 34603008 >bin.mem
	boot 0 --min-mem=bin.mem --mem=33554432
	assert_eq "$status" 1 status
	assert_has boot.log '32 MiB of memory is too little: firmware, kernel and device tree need 33'
	boot 0 --min-mem=bin.mem --mem=34603008
	assert_eq "$status" 0 status
}

wrong_words()
{
	build_dir
	for word in --what --mem=1x --mem --name=../w '--machine-arg={what}' --bin=images/none; do
		boot 0 "$word"
		[ "$status" -ne 0 ] || fail "succeeded: $word"
		assert_has boot.log fmgen:
		assert_lacks boot.log guest
	done
}

# A simulator that prints to its standard output and writes no log.
copied_output()
{
	build_dir
	printf '#!/bin/sh\necho "$@"\necho "fmgen: exit 4"\n' >simulator
	chmod +x simulator
	set +e
	"$fmgen" boot --name=w --bin=images/w-bin --cpus=2 --mem=67108864 --program=./simulator \
		'--machine-arg=-p{cpus}' '--machine-arg={args}' '--machine-arg={bin}' \
		'--arg=a {bin}' >boot.log
	status=$?
	set -e
	assert_eq "$status" 4 status
	printf -- '-p2 a {bin} images/w-bin\nfmgen: exit 4\n' >expected
	assert_same boot.log expected
	assert_same runOutput/w-latest/w/uartlog expected
}

test_case "success is status 0" gives_status 0 0 'fmgen: exit 0'
test_case "the guest's status is carried out" gives_status 3 3 "the guest's workload ended with status 3"
test_case "the last status counts, amid a kernel's messages" gives_status "$NOISY" 42 'status 42'
test_case "no status is success, with a note" gives_status "$SILENT" 0 'the guest reported no status'
test_case "a panic is a failure, and ends the machine" panic_ends
test_case "the console is shown and logged" console_is_logged
test_case "the log may be elsewhere" elsewhere_with_commas
test_case "a timeout ends the machine" time_ends
test_case "a restart ends a guest that must end" restart_ends
test_case "a full disk ends a guest that fills it" full_disk_ends state images/w.img state/w.img
test_case "also one that is built" full_disk_ends small small/img small/img --in-place --must-end
test_case "closed standard streams do no harm" closed_streams
test_case "on a terminal keys go to the guest" on_a_terminal
test_case "SIGTERM ends the machine" signal_ends TERM 15
test_case "SIGHUP ends the machine" signal_ends HUP 1
test_case "kill -9 leaves no QEMU" kill_leaves_nothing
test_case "ports are free ones, told and kept" ports_are_told
test_case "kill -9 leaves nothing of a hook" kill_ends_hooks 9 137
test_case "nor does SIGTERM" kill_ends_hooks TERM 143
test_case "a failure of the simulator is told" simulator_fails
test_case "a missing simulator is named with its package" no_simulator
test_case "memory is clamped, and checked" memory
test_case "wrong words are errors" wrong_words
test_case "a simulator's output is copied to the log" copied_output
finish
