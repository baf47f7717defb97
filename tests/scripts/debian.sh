#!/bin/sh
# SPDX-License-Identifier: MIT
# The scripts of the distro debian: what is fetched, behind a stand-in for apt, and an image of small
# packages, in which its dpkg will find them as they were.
# shellcheck disable=SC2016 # scripts are written in single quotes
. "${0%/*}/../lib/harness.sh"
distro=$srcdir/boards/distros/debian

# pack NAME CONTROL-LINE...: makes archive/NAME_1_riscv64.deb of the directory tree/NAME
pack()
{
	name=$1
	shift
	mkdir -p "tree/$name/DEBIAN" archive
	{
		printf '%s\n' "Package: $name" 'Version: 1' 'Architecture: riscv64' \
			'Maintainer: x <x@y>' "$@"
		echo 'Description: a package'
	} >"tree/$name/DEBIAN/control"
	SOURCE_DATE_EPOCH=1000000000 dpkg-deb --root-owner-group -b "tree/$name" "archive/${name}_1_riscv64.deb" >log
}

script() # NAME SCRIPT
{
	mkdir -p "tree/$1/DEBIAN"
	printf '#!/bin/sh\n' >"tree/$1/DEBIAN/$2"
	chmod 755 "tree/$1/DEBIAN/$2"
}

make_packages()
{
	need dpkg-deb mke2fs debugfs
	mkdir -p tree/lib/etc/lib.d tree/lib/usr/lib tree/lib/DEBIAN tree/base-passwd/usr/bin
	echo 'a = b' >'tree/lib/etc/lib.d/two words.conf'
	echo 'c = d' >tree/lib/etc/lib.conf
	ln -s lib.so.1 tree/lib/usr/lib/lib.so
	printf '/etc/lib.conf\n/etc/lib.d/two words.conf\nremove-on-upgrade /etc/old\n' >tree/lib/DEBIAN/conffiles
	printf '# none\ninterest-noawait /usr/share/x\ninterest  lib-changed\nactivate ldconfig\n' \
		>tree/lib/DEBIAN/triggers
	script lib preinst
	script lib postinst
	script base-passwd preinst
	pack lib 'Multi-Arch: same'
	pack base-passwd 'Depends: lib'
	for name in lib base-passwd; do
		(cd archive && sha256sum "${name}_1_riscv64.deb")
	done >archive/list
}

build() # OUT WORD...
{
	out=$1
	shift
	FMGEN=$fmgen sh "$distro/build" --out="$out" --fetched=archive --margin=1048576 "$@" >log 2>&1 ||
		{ cat log; fail "status $?"; }
}

image() # COMMAND PATH
{
	PATH=$PATH:/sbin:/usr/sbin debugfs -R "$1 $2" out/rootfs.img 2>/dev/null
}

unpacks()
{
	make_packages
	build out --hostname=there
	assert_eq "$(ls out)" rootfs.img
	assert_eq "$(image cat /etc/lib.conf)" 'c = d'
	image stat /usr/lib/lib.so >got
	assert_has got '"lib.so.1"'
	assert_eq "$(image cat /etc/hostname)" there
	image stat /usr/sbin/init >got
	assert_has got 'Mode:  0755'
	image cat /usr/sbin/init >init
	assert_has init 'SOURCE_DATE_EPOCH=1000000000'
	sh -n init
}

# Nothing in the image is said to dpkg: that it learns from the packages themselves.
leaves_the_rest()
{
	make_packages
	build out
	assert_eq "$(image stat /var/lib/dpkg)" ''
	image rdump "/var/cache/fmgen ."
	assert_eq "$(tr '\n' ' ' <fmgen/list)" 'lib base-passwd '
	assert_eq "$(find fmgen -type f | wc -l)" 3 files
	for name in lib base-passwd; do
		cmp "fmgen/$name.deb" "archive/${name}_1_riscv64.deb"
	done
}

is_the_same_again()
{
	make_packages
	build out
	mkdir other
	cp -a archive other
	(cd other && build elsewhere)
	cmp out/rootfs.img other/elsewhere/rootfs.img
}

# A stand-in that offers the packages of ./archive, and notes what it is asked for.
make_apt()
{
	need flock dpkg-deb
	make_packages
	mkdir bin
	cat >bin/apt-get <<-END
		#!/bin/sh
		echo "\$*" >>$PWD/asked
		case "\$*" in
		*update*) ;;
		*--print-uris*)
			while read -r sum file; do
				echo "'mirror:/\$file' \$file 1000 SHA256:\$sum"
			done <$PWD/archive/list ;;
		*)	cp $PWD/archive/*.deb "\$(sed -n 's/^Dir::Cache::Archives "\(.*\)";/\1/p' "\$3")" ;;
		esac
	END
	printf '#!/bin/sh\necho "_list=%s/sources.list _parts=/nonexistent/"\n' "$PWD" >bin/apt-config
	chmod +x bin/*
	. /etc/os-release
	echo "deb [arch=amd64 trusted=no] mirror:/ ${VERSION_CODENAME-}" >sources.list
}

fetch() # WORD...
{
	PATH=$PWD/bin:$PATH sh "$distro/fetch" --cache="$PWD/cache" --name=debian-x "$@" >log 2>&1
}

whole()
{
	(cd cache/debian-x && sha256sum --quiet -c list)
	assert_same cache/debian-x/list archive/list
	assert_has "cache/$(readlink cache/debian-x).origin" 'release: other'
	assert_eq "$(find cache -name '.debian-x*')" ""
	assert_eq "$(stat -c %a cache/debian-x/ cache/debian-x/list | tr '\n' ' ')" '555 444 '
}

fetches()
{
	make_apt
	assert_fails fetch --offline
	assert_has log 'without --offline, it would be made from packages of trixie'
	fetch --release=other --packages=one --packages=two+x || { cat log; fail "status $?"; }
	whole
	assert_has asked 'kmod procps one two+x'
	assert_has cache/.apt/deb-other-riscv64/sources/sources.list 'mirror:/ other'
	assert_lacks cache/.apt/deb-other-riscv64/sources/sources.list amd64
	rm asked
	fetch --release=other --offline
	assert_missing asked
}

follows_updates()
{
	make_apt
	fetch --release=other
	first=$(readlink cache/debian-x)
	fetch --release=other --update
	assert_eq "$(readlink cache/debian-x)" "$first"
	echo more >tree/lib/etc/lib.conf
	pack lib 'Multi-Arch: same'
	(cd archive && sha256sum lib_1_riscv64.deb >list)
	rm archive/base*
	fetch --release=other --update
	[ "$(readlink cache/debian-x)" != "$first" ] || fail "it is the old one"
	whole
	[ -e "cache/$first/list" ] || fail "the old one is gone"
}

refuses()
{
	make_apt
	sed -i 's/^[0-9a-f]/g/' archive/list
	assert_fails fetch
	assert_has log 'the download failed'
	assert_missing cache/debian-x
	for name in -y 'a;b' ''; do
		assert_fails fetch --packages="$name"
		assert_has log 'is not the name of a package'
	done
	assert_fails fetch --release=../x
	assert_has log 'is not the name of a release'
}

test_case "the files of all packages are unpacked" unpacks
test_case "their installation is left to dpkg in the first boot" leaves_the_rest
test_case "the same packages make the same image" is_the_same_again
test_case "packages are fetched once" fetches
test_case "newer ones stand beside those before" follows_updates
test_case "what is not as it should be is refused" refuses
finish
