#!/bin/sh
# SPDX-License-Identifier: MIT
# What the kconfig stage says of fragments, with the line that it is about. The kernel's own tools are
# stand-ins: merge_config.sh keeps what its fragments set, except for CONFIG_GONE.
. "${0%/*}/../lib/harness.sh"

setup()
{
	need riscv64-linux-gnu-gcc make flex bison bc
	mkdir -p tree/scripts/kconfig
	cat >tree/scripts/kconfig/merge_config.sh <<'END'
#!/bin/sh
while [ $# -gt 0 ]; do
	case $1 in
	-O) out=$2; shift ;;
	-*) ;;
	*) cat "$1" ;;
	esac
	shift
done | grep -v CONFIG_GONE >.config
END
	chmod +x tree/scripts/kconfig/merge_config.sh
	echo 'outputmakefile: ;' >tree/Makefile
	printf 'config %s\n' ONE TWO GONE >tree/Kconfig
	mkdir 'my fragments'
	printf 'CONFIG_ONE=y\n' >one
}

kconfig()
{
	"$srcdir/scripts/kconfig" --out=out --source=tree --arch=riscv \
		--cross=riscv64-linux-gnu- --target=allnoconfig --fragment=one --fragment='my fragments/two' \
		>log 2>&1
}

refuses() # LINE
{
	setup
	printf '# mine\nCONFIG_TWO=y\n%b\n' "$1" >'my fragments/two'
	! kconfig || { cat log; fail "it was taken"; }
	assert_has log 'my fragments/two:3: error: CONFIG_INITRAMFS_SOURCE belongs to fmgen'
	[ ! -e out/config ] || fail "there is a configuration"
}

takes() # LINE
{
	setup
	printf '%b\n' "$1" >'my fragments/two'
	kconfig || { cat log; fail "it was refused"; }
	assert_lacks log INITRAMFS
}

names_the_line()
{
	setup
	printf 'CONFIG_TWO=y\n\nCONFIG_GONE=y\n' >'my fragments/two'
	kconfig || { cat log; fail kconfig; }
	assert_has out/warnings 'my fragments/two:3: warning: '
	assert_has out/warnings CONFIG_GONE
	assert_lacks out/warnings CONFIG_TWO
}

test_case "an initramfs of the user's is refused" refuses 'CONFIG_INITRAMFS_SOURCE="x.cpio"'
test_case "without quotes too" refuses 'CONFIG_INITRAMFS_SOURCE=x.cpio'
test_case "with lines as in Windows too" refuses 'CONFIG_INITRAMFS_SOURCE="x.cpio"\r'
test_case "an empty one is taken" takes 'CONFIG_INITRAMFS_SOURCE=""'
test_case "one in a comment is taken" takes '# CONFIG_INITRAMFS_SOURCE="x.cpio"'
test_case "an option without effect is told with its line" names_the_line
finish
