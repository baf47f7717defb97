# SPDX-License-Identifier: MIT
# shellcheck shell=sh
# Common to the scripts that call the kernel's build system; read after lib.sh

# The paths of what is compiled are absolute. fmgen looks at this, but a build can be moved.
case $PWD in
*[!A-Za-z0-9./_+@,-]*)
	die "kernel builds cannot use a path like '$PWD': move the build directory" ;;
esac

check_tree() # TREE: it must be a kernel tree that nothing was built in
{
	case $1 in
	*[[:space:]:]*)
		die "'$1': kbuild cannot work in a path with a space or colon: move the tree" ;;
	esac
	[ -f "$1/scripts/kconfig/merge_config.sh" ] ||
		die "$1: there is no Linux source tree: fetch one (fmgen fetch) or set linux.source"
	for built in .config include/config; do
		[ ! -e "$1/$built" ] ||
			die "$1: was built in place (it has $built): clean it with 'make -C $1 mrproper'"
	done
}

check_tools() # CROSS: what a kernel compile calls
{
	need make make
	need flex flex
	need bison bison
	need bc bc
	need gcc gcc
	need_compiler "$1"
}

# kbuild TREE ARCH CROSS WORD...: calls make in the tree, silent but for warnings and errors
kbuild()
{
	_tree=$1 _arch=$2 _cross=$3
	shift 3
	make -s --no-print-directory -C "$_tree" ARCH="$_arch" CROSS_COMPILE="$_cross" "$@" </dev/null
}

# replace FROM TO: copies its input with each FROM, taken as it is, made TO
replace()
{
	FROM=$1 TO=$2 awk '{
		line = ""
		while (at = index($0, ENVIRON["FROM"])) {
			line = line substr($0, 1, at - 1) ENVIRON["TO"]
			$0 = substr($0, at + length(ENVIRON["FROM"]))
		}
		print line $0
	}'
}
