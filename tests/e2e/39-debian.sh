#!/bin/sh
# SPDX-License-Identifier: MIT
# Debian, of its packages: systemd starts what a workload runs, and a shell behind it. This compiles
# a kernel, and boots four times under emulation.
# shellcheck disable=SC2016 # scripts are written in single quotes
# shellcheck disable=SC2034 # read in e2e.sh
fetch_specs=debian-base.json
: "${LAUNCH_LIMIT:=600}"
. "${0%/*}/../lib/e2e.sh"
shared_dir=1

# What the console shows between the two lines of fmgen's.
own_output()
{
	sed -n '/^fmgen: start$/,/^fmgen: exit /p' launch.log | sed '1d; $d'
}

start()
{
	from_base
	mkdir -p hello/deb/over/etc hello/shell
	echo 'of the overlay' >hello/deb/over/etc/motd
	cat >hello/deb/over/packages <<-'END'
	dpkg --audit
	dpkg --verify
	dpkg-query -W -f '${Status}\n' | sort -u
	END
	cat >hello/deb.json <<-'END'
	{
	  "name": "deb", "base": "debian-base.json", "cpus": 1, "overlay": "over",
	  "command": "cat /proc/1/comm /etc/motd /etc/hostname; tty; systemctl is-system-running; sh /packages; exit 3"
	}
	END
	echo '{"name": "shell", "base": "deb.json", "cpus": 1, "run": "run.sh one"}' >hello/shell.json
	printf '#!/bin/sh\nsleep 1000 &\necho "run $1"\n' >hello/shell/run.sh
	chmod +x hello/shell/run.sh
	generate ../hello/deb.json ../hello/shell.json
	build images/deb-bin
	ran kernel
	[ ! -s "$(ls build/out/stage/kconfig-*/warnings)" ] || fail "$(cat build/out/stage/kconfig-*/warnings)"
}

is_made_once()
{
	build
	ran_only distro first-boot rootfs-base rootfs
	assert_eq "$(grep -c GUEST build.log)" 1 "boots while it was built"
	settled
}

# Nothing is left of the boot that configured it.
image_is_clean()
{
	PATH=$PATH:/sbin:/usr/sbin e2fsck -fn build/images/deb.img >e2fsck.log 2>&1 ||
		{ cat e2fsck.log; fail e2fsck; }
	"$fmgen" extract --from=build/images/deb.img --to=extracted /etc/machine-id /var/lib/dpkg/status \
		/usr/sbin/unix_chkpwd
	assert_eq "$(wc -c <extracted/machine-id)" 0 "bytes of the machine-id"
	grep '^Status:' extracted/status | sort -u >states
	assert_eq "$(cat states)" 'Status: install ok installed'
	! "$fmgen" extract --from=build/images/deb.img --to=extracted /var/cache/fmgen 2>err ||
		fail "the packages are still there"
	PATH=$PATH:/sbin:/usr/sbin debugfs -R 'stat /usr/sbin/unix_chkpwd' build/images/deb.img >stat 2>/dev/null
	assert_has stat 'Mode:  02755'
	grep -q 'Group: *42 ' stat || fail "unix_chkpwd belongs to the wrong group"
}

runs_a_command()
{
	launch deb
	assert_eq "$status" 3 "status"
	own_output >own
	printf '%s\n' systemd 'of the overlay' debian /dev/console running 'install ok installed' >expected
	assert_same own expected
	assert_has launch.log 'Welcome to'
}

says() # TEXT: waits until the console shows it
{
	i=0
	while ! grep -aqF "$1" shell.log; do
		[ $((i += 1)) -lt 6000 ] || fail "no $1 on the console"
		sleep 0.1
	done
}

# Behind the script a root shell; what the script has left running goes on; the machine is ended well.
has_a_shell()
{
	: >shell.log
	mkfifo keys
	(cd build && exec timeout -k 10 "$launch_limit" "$fmgen" launch shell) <keys >shell.log 2>&1 &
	pid=$!
	exec 8>keys
	says 'fmgen: exit 0'
	says 'root@debian:~#'
	echo 'echo "=$((6 * 7)) $(pgrep -c sleep) $(id -un)="' >&8
	says '=42 1 root='
	echo 'poweroff' >&8
	wait "$pid" || fail "the launch gave status $?"
	exec 8>&-
	says 'reboot: Power down'
}

# Its root as the partition of a disk that somebody offers: the way of ubuntu and fedora.
is_taken_as_ubuntu()
{
	need sfdisk qemu-img curl
	PATH=$PATH:/sbin:/usr/sbin
	root=$(echo build/out/stage/first-boot-*/rootfs.img)
	truncate -s $(($(stat -c %s "$root") + 80000000)) disk.img
	printf 'label: gpt\n,8M,U\n,32M,L\n,,L\n' | sfdisk -q disk.img
	mke2fs -q -t ext4 boot.img 32M
	dd if=boot.img of=disk.img bs=1M seek=9 conv=notrunc,sparse status=none
	dd if="$root" of=disk.img bs=1M seek=41 conv=notrunc,sparse status=none
	qemu-img convert -c -O qcow2 disk.img disk.qcow2
	rm disk.img
	cat >hello/other.json <<-END
		{"name": "other", "base": "ubuntu-base.json", "cpus": 1,
		"distro": {"opts": {"url": "file://$PWD/disk.qcow2", "sha256": "$(sha256sum <disk.qcow2 | cut -c 1-64)"}},
		"command": "cat /proc/1/comm; systemctl is-system-running; exit 4"}
	END
	# A cache that this user may write to, with all that is in the other one.
	mkdir cache
	for entry in "$FMGEN_CACHE"/*; do
		if [ -L "$entry" ]; then cp -P "$entry" cache/; else ln -s "$entry" cache/; fi
	done
	export FMGEN_CACHE="$PWD/cache"
	! generate ../hello/other.json 2>err || fail "it was not fetched"
	assert_has err 'run `fmgen fetch'
	(cd build && "$fmgen" fetch ../hello/other.json)
	rm disk.qcow2
	generate ../hello/other.json
	build
	ran_only distro rootfs
	launch other
	assert_eq "$status" 4 "status"
	own_output >own
	printf '%s\n' systemd running >expected
	assert_same own expected
	settled
}

test_case "its kernel has all that systemd wants" start
test_case "it is made by one boot, for a family" is_made_once
test_case "its packages are installed, and nothing else is left" image_is_clean
test_case "systemd runs a command, and its status is told" runs_a_command
test_case "behind a script there is a shell" has_a_shell
test_case "in a disk that is fetched it is another distro" is_taken_as_ubuntu
finish
