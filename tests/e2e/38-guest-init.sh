#!/bin/sh
# SPDX-License-Identifier: MIT
# guest-init: the workload boots once while it is built, and its image keeps what the guest did.
# shellcheck disable=SC2016 # scripts are written in single quotes
. "${0%/*}/../lib/e2e.sh"
shared_dir=1

# The workload p with a guest-init, and its child c.
start()
{
	need debugfs e2fsck qemu-system-riscv64 cpio
	from_base
	mkdir -p hello/p/over/etc
	echo 1 >hello/p/over/etc/input
	cat >hello/p.json <<-'END'
	{
	  "name": "p", "base": "parent.json", "overlay": "over", "cpus": 1, "mem": "256MiB",
	  "guest-init": "init.sh 'one word' two", "run": "run.sh first"
	}
	END
	echo '{"name": "c", "base": "p.json", "command": "cat /etc/installed; id -u"}' >hello/c.json
	guest_init 'cat /etc/input >/etc/installed; echo "$#: $1" >>/etc/installed
		echo "cpus: $(nproc)" >>/etc/installed; chown 12:34 /etc/installed
		ln -s installed /etc/link; mkdir -m 700 /opt/new; read -r x || echo no input >>/etc/installed'
	printf '#!/bin/sh\necho "run $1"\npoweroff -f\n' >hello/p/run.sh
	chmod +x hello/p/run.sh
	generate ../hello/p.json ../hello/c.json
}

guest_init() # COMMANDS
{
	printf '#!/bin/sh\n%s\n' "$1" >hello/p/init.sh
	chmod +x hello/p/init.sh
}

sound() # NAME
{
	PATH=$PATH:/sbin:/usr/sbin e2fsck -fn "build/images/$1.img" >e2fsck.log 2>&1 ||
		{ cat e2fsck.log; fail e2fsck; }
}

runs_in_the_guest()
{
	build
	ran guest-init
	image_file p /etc/installed >installed
	printf '1\n2: one word\ncpus: 1\nno input\n' >expected
	assert_same installed expected
	sound p
	sound c
	settled
	image_file p /etc/fmgen/run >run
	assert_same run hello/p/run.sh
}

child_boots()
{
	boots c '2: one word' '0'
	launch p
	assert_has launch.log 'run first'
	settled
}

change_spec() # SED-SCRIPT
{
	cp hello/p.json saved
	sed -i "$1" hello/p.json
	build
}

machine_belongs_to_it()
{
	change_spec 's/"cpus": 1/"cpus": 2/'
	ran guest-init rootfs
	image_file p /etc/installed >installed
	assert_has installed 'cpus: 2'
	cp saved hello/p.json
	build
	ran_nothing
	sed -i 's/"name"/"mem": "300MiB", "cpus": 3, "name"/' hello/c.json
	build
	ran_nothing
}

run_script_does_not()
{
	echo '# edited' >>hello/p/run.sh
	build
	ran_only rootfs
	change_spec 's/run.sh first/run.sh second/'
	ran_only rootfs
	settled
}

edits_run_it()
{
	echo 2 >hello/p/over/etc/input
	build
	ran guest-init
	image_file c /etc/installed >installed
	assert_has installed 2
	guest_init 'echo other >/etc/installed'
	build
	ran_only guest-init rootfs
	image_file c /etc/installed >installed
	assert_eq "$(cat installed)" other
	guest_init 'echo other >/etc/installed # an image of equal bytes may come out'
	build
	ran guest-init
	settled
}

fails() # COMMANDS TEXT
{
	guest_init "$1"
	sum=$(cksum <build/images/p.img)
	build_fails p
	assert_has build.log "$2"
	assert_has build.log 'hello/p.json:3:17: guest-init-'
	for left in build/out/stage/guest-init-*/disk.img build/out/stage/guest-init-*/layer; do
		assert_missing "$left"
	done
	assert_eq "$(cksum <build/images/p.img)" "$sum" 'the published image'
}

fails_with_status()
{
	fails 'echo this went wrong; exit 3' 'failed with status 3'
	assert_has build.log 'this went wrong'
}

# Killed in the middle of the boot: the machine is gone, and the next build boots anew.
is_killed()
{
	need pgrep setsid
	guest_init 'echo killed; exec sleep 1000'
	(cd build && exec setsid ninja p) >begin.log 2>&1 &
	tries=0
	until grep -qs '^killed' build/out/stage/guest-init-*/uartlog; do
		tries=$((tries + 1))
		[ "$tries" -lt 600 ] || fail "the script does not begin"
		sleep 0.1
	done
	kill -KILL $!
	tries=0
	while pgrep -u "$(id -u)" -f "disk.img,format=raw.*" >/dev/null; do
		tries=$((tries + 1))
		[ "$tries" -lt 100 ] || fail "a machine runs on"
		sleep 0.1
	done
}

hangs()
{
	echo 'guest-init-timeout: 15' >build/fmgen.yaml
	fails 'echo now it hangs; exec sleep 1000' 'ended after 15 s, the time that it had'
	assert_has build.log 'now it hangs'
}

limit_is_no_input()
{
	rm build/fmgen.yaml
	guest_init 'echo last >/etc/installed'
	build
	ran guest-init
	echo 'guest-init-timeout: 900' >build/fmgen.yaml
	build
	ran_nothing
	rm build/fmgen.yaml
}

# With other options of the distro the boot is made over the other image, too.
another_distro()
{
	printf 'name: d\nbase: p.json\ndistro: {name: busybox, opts: {hostname: other}}\n' >hello/d.yaml
	guest_init 'hostname >/etc/installed'
	generate ../hello/p.json ../hello/c.json ../hello/d.yaml
	build
	ran guest-init distro
	image_file c /etc/installed >installed
	assert_eq "$(cat installed)" fmgen
	image_file d /etc/installed >installed
	assert_eq "$(cat installed)" other
	settled
}

# The parent's run script is there for a child whose guest-init has run.
keeps_the_boot_script()
{
	mkdir -p hello/e
	printf '#!/bin/sh\necho e >/etc/e\n' >hello/e/e.sh
	chmod +x hello/e/e.sh
	printf 'name: e\nbase: p.json\nguest-init: e.sh\n' >hello/e.yaml
	generate ../hello/p.json ../hello/e.yaml
	build e
	image_file e /etc/fmgen/run >run
	assert_same run hello/p/run.sh
	image_file e /etc/e >written
	assert_eq "$(cat written)" e
}

# A job boots over its parent's image, which is not made again, and its binary may hold the image.
in_a_job()
{
	mkdir -p hello/f
	printf '#!/bin/sh\ncat /etc/installed >/etc/job\n' >hello/f/j.sh
	chmod +x hello/f/j.sh
	printf 'name: f\nbase: p.json\njobs:\n  - {name: j, guest-init: j.sh}\n' >hello/f.yaml
	generate ../hello/p.json ../hello/f.yaml
	build f f-j-nodisk
	assert_eq "$(grep -c GUEST build.log)" 1 "machines that were booted"
	build f-j
	ran_nothing
	image_file f-j /etc/job >job
	image_file p /etc/installed >installed
	assert_same job installed
	image_file f /etc/job >job
	assert_same job /dev/null
	cpio=$(cd build && ninja -t inputs f-j-nodisk | grep -o 'out/stage/initramfs-[^/]*/initramfs.cpio')
	for initramfs in $cpio; do cpio -t <"build/$initramfs"; done >names 2>/dev/null
	assert_has names etc/job
}

# What post-bin makes of the kernel is in the image of the same build.
post_bin()
{
	mkdir -p hello/b
	printf '#!/bin/sh -eu\nmkdir -p made\ncp "$FIREMARSHAL_LINUX_SRC/.config" made/config\n%s\n' \
		'test -f "$FIREMARSHAL_LINUX_SRC/Makefile"; readelf -h "$FIREMARSHAL_LINUX_BIN" >made/elf' >hello/b/pb.sh
	chmod +x hello/b/pb.sh
	printf 'name: b\nbase: hello.json\noverlay: made\npost-bin: pb.sh\n' >hello/b.yaml
	generate ../hello/b.yaml
	build b-nodisk
	assert_exists hello/b/made/config
	build b
	image_file b /config >config
	assert_has config CONFIG_VIRTIO
	image_file b /elf >elf
	assert_has elf RISC-V
	build b
	ran_nothing
	assert_has build.log POST-BIN
}

test_case "start from the built base" start
test_case "the script runs in the guest, and its effects are in the images" runs_in_the_guest
test_case "the images boot, and nothing is built again" child_boots
test_case "the machine that it runs in belongs to it, not that of a child" machine_belongs_to_it
test_case "another run script does not run it again" run_script_does_not
test_case "another input or script does" edits_run_it
test_case "a status fails the build" fails_with_status
test_case "a panic is told" fails 'echo 1 >/proc/sys/kernel/sysrq; echo c >/proc/sysrq-trigger || echo "Kernel panic - not syncing: test"; sleep 100' 'the kernel panicked'
test_case "a guest that starts again is ended" fails 'reboot -f' 'was started again before its script had ended'
test_case "a build that is killed leaves no machine" is_killed
test_case "a guest that powers off has not ended" fails 'poweroff -f' 'was powered off before its script had ended'
test_case "a guest that hangs is ended" hangs
test_case "the time it has runs nothing again" limit_is_no_input
test_case "another distro's image is booted, too" another_distro
test_case "a parent's run script comes back" keeps_the_boot_script
test_case "a job's boot, and a binary that holds its image" in_a_job
test_case "post-bin sees the kernel, and the image what it makes" post_bin
finish
