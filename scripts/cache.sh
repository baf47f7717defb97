# SPDX-License-Identifier: MIT
# shellcheck shell=sh
# Common to the scripts that fetch; read after lib.sh. Each makes, in the directory $cache,
# NAME-VERSION/ (read-only), NAME-VERSION.origin (what it was made from) and the link NAME to the
# current version, and says by is_there whether there is nothing to do.

umask 022

say() # MESSAGE
{
	echo "fetch: $name: $*" >&2
}

# shellcheck disable=SC2034 # $update is for the scripts
# cache_options KEYS WORD...: as options, with --cache=, --name=, --update and --offline
cache_options()
{
	cache='' name='' update='' offline=''
	_wanted="cache! name! update offline $1"
	shift
	for _flag; do
		shift
		case $_flag in
		--update | --offline) _flag=$_flag=1 ;;
		esac
		set -- "$@" "$_flag"
	done
	options "$_wanted" "$@"
	case $name in '' | .* | *[!A-Za-z0-9._+-]*) die "--name=$name: not a plain file name" ;; esac
}

# need_fetch FROM: ends the script where there is nothing to do. Else $cache is there, absolute and
# ours alone; $tree, for what is to be kept, and $work are empty directories, gone at the end.
need_fetch()
{
	! is_there || exit 0
	[ -z "$offline" ] || die "$name is not in $cache: without --offline, it would be made from $1"
	need flock util-linux
	mkdir -p "$cache"
	cache=$(cd "$cache" && pwd -P)
	tree=$cache/.$name.tree
	work=$cache/.$name.work
	exec 9>"$cache/.lock"
	flock -n 9 || { say "waiting for another fetch"; flock 9; }
	! is_there || exit 0
	discard
	trap discard EXIT
	trap 'exit 130' HUP INT TERM
	mkdir "$tree" "$work"
}

# Read-only trees need their write permission back before they can go.
discard()
{
	[ ! -d "$tree" ] || chmod -R u+w "$tree"
	rm -rf "$tree" "$work"
}

# keep VERSION ORIGIN: makes $tree the current version; what is there of that version stays.
keep()
{
	if [ ! -d "$cache/$1" ]; then
		mv "$2" "$cache/$1.origin"
		chmod -R a-w,a+rX "$tree"
		chmod u+w "$tree"
		mv "$tree" "$cache/$1"
		chmod a-w "$cache/$1"
	fi
	ln -s "$1" "$work/link"
	mv -T "$work/link" "$cache/$name"
	say "ready: $cache/$1"
}
