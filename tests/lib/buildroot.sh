# SPDX-License-Identifier: MIT
# shellcheck shell=sh
# A stand-in for the source tree of Buildroot: it is configured and called like the real one, says
# in O what it was given, and makes a root file system that tells its configuration.

# make_buildroot TREE: busybox is what the variable BUSYBOX of the build names; without it there is
# none, and nothing that could be booted
make_buildroot()
{
	mkdir -p "$1/support/kconfig" "$1/package/tool" "$1/configs"
	cat >"$1/Makefile" <<-'END'
		# Like Buildroot's: all is made below O, which the command line gives.
		TOPDIR := $(CURDIR)
		ifneq ($(origin O),command line)
		$(error built in the tree itself)
		endif
		.RECIPEPREFIX = >
		export O TOPDIR
		all source defconfig allnoconfig olddefconfig small_defconfig:
		> @echo '$(MAKEOVERRIDES)' >$(O)/overrides
		> @BR2_JLEVEL=$(BR2_JLEVEL) sh $(TOPDIR)/support/stand-in $@
		.PHONY: all source defconfig allnoconfig olddefconfig small_defconfig
	END
	cat >"$1/Config.in" <<-'END'
		config BR2_riscv
		config BR2_RISCV_64
		config BR2_riscv_g
		config BR2_RISCV_ABI_LP64D
		config BR2_REPRODUCIBLE
		config BR2_TARGET_ROOTFS_TAR
		config BR2_i386
		config BR2_TARGET_GENERIC_HOSTNAME
		config BR2_TOOLCHAIN_EXTERNAL
		config BR2_TOOLCHAIN_BUILDROOT
		config BR2_NEEDS_TOOL
		source "package/tool/Config.in"
	END
	cat >"$1/package/tool/Config.in" <<-'END'
		config BR2_PACKAGE_TOOL
	END
	for symbol in EXTERNAL_CUSTOM EXTERNAL_PREINSTALLED EXTERNAL_PATH EXTERNAL_CUSTOM_PREFIX \
		EXTERNAL_CUSTOM_GLIBC EXTERNAL_CXX EXTERNAL_GCC_10 EXTERNAL_GCC_12 EXTERNAL_GCC_13 \
		EXTERNAL_GCC_14 EXTERNAL_HEADERS_6_1 EXTERNAL_HEADERS_6_6 EXTERNAL_HEADERS_6_12; do
		echo "config BR2_TOOLCHAIN_$symbol"
	done >>"$1/Config.in"
	echo 'BR2_TARGET_GENERIC_HOSTNAME="small"' >"$1/configs/small_defconfig"
	cat >"$1/support/kconfig/merge_config.sh" <<-'END'
		#!/bin/sh
		# As the real one, which is Linux's: -m -O DIR BASE FRAGMENT...
		set -e
		[ "$1 $2" = '-m -O' ] || { echo "merge_config.sh: unexpected: $*"; exit 1; }
		out=$3
		shift 3
		temp=$(mktemp ./.tmp.config.XXXXXX)
		cat "$@" >"$temp"
		mv "$temp" "$out/.config"
	END
	cat >"$1/support/stand-in" <<-'STAND_IN'
		set -eu
		env | sort >"$O/environment"
		case $1 in
		defconfig) echo BR2_i386=y >"$O/.config" ;;
		allnoconfig) : >"$O/.config" ;;
		*_defconfig) cp "$TOPDIR/configs/$1" "$O/.config" ;;
		olddefconfig)
			# The last line counts; what is not declared goes; a dependency.
			find "$TOPDIR" -name 'Config.in*' -exec cat {} + | awk '
			FNR == NR { if ($1 == "config") known[$2]; next }
			/^BR2_/ { symbol = substr($0, 1, index($0, "=") - 1); line[symbol] = $0 }
			/^# BR2_.* is not set$/ { symbol = $2; line[symbol] = $0 }
			END {
				if (line["BR2_PACKAGE_TOOL"] != "BR2_PACKAGE_TOOL=y")
					delete line["BR2_NEEDS_TOOL"]
				if (line["BR2_riscv"] == "BR2_riscv=y")
					line["BR2_i386"] = "# BR2_i386 is not set"
				for (symbol in line)
					if (symbol in known)
						print line[symbol]
			}' - "$O/.config" | sort >"$O/.config.new"
			mv "$O/.config.new" "$O/.config" ;;
		source)
			mkdir -p "$BR2_DL_DIR/tool"
			! grep -q '^BR2_PACKAGE_TOOL=y' "$O/.config" || : >"$BR2_DL_DIR/tool/tool-1.tar.xz" ;;
		all)
			echo "$1" >>"$O/calls"
			! grep -q '^BR2_PACKAGE_TOOL=y' "$O/.config" || [ ! -e "${BREAK-/nonexistent}" ] || {
				echo 'package tool: it does not compile' >&2
				exit 1
			}
			sh "$TOPDIR/support/root" ;;
		esac
	STAND_IN
	cat >"$1/support/root" <<-'END'
		set -eu
		root=$O/target
		rm -rf "$root"
		mkdir -p "$root/etc/init.d" "$root/usr" "$root/bin" "$root/sbin" "$root/proc" \
			"$root/sys" "$root/dev" "$root/tmp" "$root/root" "$root/run" "$root/var" "$O/images"
		cp "$O/.config" "$root/etc/config"
		cp "$O/environment" "$root/etc/environment"
		if [ -n "${BUSYBOX-}" ]; then
			install -m 755 "$BUSYBOX" "$root/bin/busybox"
			for path in $(cat "$BUSYBOX.links"); do
				mkdir -p "$root${path%/*}"
				[ -e "$root$path" ] || ln -s /bin/busybox "$root$path"
			done
			cat >"$root/etc/inittab" <<-'TAB'
				::sysinit:/bin/mount -o remount,rw /
				::sysinit:/etc/init.d/rcS
				console::respawn:/bin/sh -l
				::shutdown:/bin/umount -a -r
			TAB
			cat >"$root/etc/init.d/rcS" <<-'RC'
				#!/bin/sh
				for i in /etc/init.d/S??*; do
					[ ! -x "$i" ] || "$i" start
				done
			RC
			chmod 755 "$root/etc/init.d/rcS"
		fi
		cd "$root"
		find . | sort | tar --no-recursion --owner=0 --group=0 --mtime=@0 -T - -cf "$O/images/rootfs.tar"
	END
	chmod +x "$1/support/kconfig/merge_config.sh"
}
