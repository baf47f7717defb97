# SPDX-License-Identifier: MIT
# shellcheck shell=sh
# Common to the scripts that call OpenSBI's build system; read after lib.sh

# OpenSBI's makefiles give paths to the shell as they are.
check_path() # PATH
{
	case $1 in
	*[!A-Za-z0-9./_+@,%^~-]*)
		die "'$1': OpenSBI cannot be built in a path like this: move it" ;;
	esac
}

# opensbi TREE O CROSS WORD...: calls make in the tree, in an environment of its own; a word is
# VARIABLE=VALUE (a later one wins) or the path of a file to make. Nothing of the place of the tree or of O gets into the result: neither a path nor what
# `git describe` would say of a repository around it.
opensbi()
{
	tree=$(cd "$1" && pwd -P) build=$2 cross_word=CROSS_COMPILE=$3
	shift 3
	[ -f "$tree/firmware/fw_payload.S" ] || die "$tree: there is no OpenSBI source tree"
	check_path "$tree"
	check_path "$build"
	for word; do
		case $word in
		-* | O=* | I=* | FW_PAYLOAD=*) die "'$word' cannot be set" ;;
		*[!A-Za-z0-9./_+@,%^~=:\ -]*)
			die "'$word': OpenSBI's makefiles would give this to a shell" ;;
		/* | *=*) ;;
		*) die "'$word' is not VARIABLE=VALUE" ;;
		esac
	done
	# shellcheck disable=SC2086,SC2154 # no word where an outer make lends its job server
	env -i PATH="$PATH" HOME="${HOME-/}" LC_ALL=C TZ=UTC SOURCE_DATE_EPOCH=0 \
		MAKEFLAGS="${MAKEFLAGS-}" \
		GENFLAGS="-ffile-prefix-map=$tree=/opensbi -ffile-prefix-map=$build=/build" \
		make -C "$tree" --no-print-directory $parallel PLATFORM=generic \
		FW_TEXT_START=0x80000000 "$@" \
		OPENSBI_VERSION_GIT= FW_PAYLOAD=y "$cross_word" O="$build" </dev/null
}
