# SPDX-License-Identifier: MIT
# shellcheck shell=sh
# Common to the stage scripts; read at their start by  . "${0%/*}/lib.sh"
#
# A script gives its variables their defaults, then calls
#	options 'out! source! jobs fragment*' "$@"
# which takes --KEY=VALUE words, in any order, values of any characters. A key ending in ! must be
# given; one ending in * may be repeated and becomes a list for  eval "set -- $fragment"
# A dash in a key is an underscore in its variable. Variables that begin with _ belong to this file.

set -eu
export LC_ALL=C TZ=UTC SOURCE_DATE_EPOCH=0

die() # MESSAGE...: says what is wrong and ends
{
	printf '%s: error: %s\n' "${0##*/}" "$*" >&2
	exit 1
}

quote() # TEXT: sets $quoted to TEXT as one shell word
{
	quoted=
	_rest=$1
	while :; do
		case $_rest in
		*\'*)	quoted="$quoted${_rest%%\'*}'\\''"
			_rest=${_rest#*\'} ;;
		*)	break ;;
		esac
	done
	quoted="'$quoted$_rest'"
}

usage() # prints the head comment of the script
{
	sed -n '/^# Usage/,/^$/s/^# \{0,1\}//p' "$0"
}

options() # KEYS WORD...: see above
{
	_keys=" $1 "
	shift
	_given=' '
	for _word; do
		case $_word in
		--help)	usage; exit 0 ;;
		--*=*)	_key=${_word%%=*}
			_key=${_key#--} ;;
		*)	die "not an option: $_word (try --help)" ;;
		esac
		case $_key in
		*[!a-z-]*) die "unknown option: --$_key (try --help)" ;;
		esac
		_name=$_key
		while :; do
			case $_name in
			*-*)	_name=${_name%%-*}_${_name#*-} ;;
			*)	break ;;
			esac
		done
		_given="$_given$_key "
		case $_keys in
		*" $_key* "*)
			quote "${_word#*=}"
			eval "$_name=\"\$$_name \$quoted\"" ;;
		*" $_key "* | *" $_key! "*)
			eval "$_name=\${_word#*=}" ;;
		*)	die "unknown option: --$_key (try --help)" ;;
		esac
	done
	set -f
	for _key in $_keys; do
		case $_key in
		*!)	_key=${_key%!}
			case $_given in
			*" $_key "*) ;;
			*)	die "--$_key= is missing (try --help)" ;;
			esac ;;
		esac
	done
	set +f
}

absolute() # PATH: prints it as an absolute path
{
	case $1 in
	/*)	printf '%s\n' "$1" ;;
	*)	printf '%s/%s\n' "$PWD" "$1" ;;
	esac
}

need() # COMMAND PACKAGE: the command must be on PATH
{
	command -v "$1" >/dev/null ||
		die "$1 is not on PATH: install it (Debian package $2)"
}

need_compiler() # PREFIX: a cross compiler and its binutils
{
	need "${1}gcc" "gcc${1:+-${1%-}}"
	need "${1}ld" "binutils${1:+-${1%-}}"
}

install_if_changed() # NEW FILE: moves NEW to FILE; an equal FILE keeps its time
{
	if cmp -s "$1" "$2"; then
		rm -f "$1"
	else
		mv -f "$1" "$2"
	fi
}

# What a user's environment could change in a build by kbuild, or by the makefiles that are made
# like it, is set or removed here.
kbuild_environment()
{
	export KBUILD_BUILD_TIMESTAMP='Thu Jan  1 00:00:00 UTC 1970'
	export KBUILD_BUILD_USER=fmgen KBUILD_BUILD_HOST=fmgen KBUILD_BUILD_VERSION=1
	export LOCALVERSION=
	unset ARCH CROSS_COMPILE O V W C M MO KBUILD_OUTPUT KBUILD_EXTMOD KBUILD_SRC KBUILD_VERBOSE \
		KBUILD_EXTRA_SYMBOLS KBUILD_ABS_SRCTREE KCONFIG_CONFIG KCONFIG_ALLCONFIG CONFIG_ \
		KCFLAGS KCPPFLAGS KAFLAGS LLVM LLVM_IAS INSTALL_PATH INSTALL_MOD_PATH \
		CFLAGS CPPFLAGS CXXFLAGS LDFLAGS CDPATH MAKEFILES GNUMAKEFLAGS sub_make_done
}

# shellcheck disable=SC2034 # $parallel is for the scripts
# parallel JOBS: sets $parallel to what make needs to run JOBS commands at a time: nothing where an
# outer make or ninja lends its job server, else -jJOBS. Nothing else of an outer make comes in.
# An empty JOBS stands for as many as the configuration allows, or as there are processors.
parallel()
{
	parallel=-j${1:-${FMGEN_JLEVEL:-$(getconf _NPROCESSORS_ONLN)}}
	_server=
	set -f
	for _word in ${MAKEFLAGS-}; do
		case $_word in
		--jobserver-auth=fifo:*)
			[ ! -p "${_word#*fifo:}" ] || _server=$_word ;;
		--jobserver-auth=[0-9]*,[0-9]*)
			_fds=${_word#*=}
			[ ! -p "/dev/fd/${_fds%,*}" ] || [ ! -p "/dev/fd/${_fds#*,}" ] ||
				_server=$_word ;;
		esac
	done
	set +f
	unset MAKEFLAGS MFLAGS MAKELEVEL
	[ -n "$_server" ] || return 0
	export MAKEFLAGS="-j $_server"
	parallel=
}
