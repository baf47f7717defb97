# SPDX-License-Identifier: MIT
# shellcheck shell=sh
# A private apt, made from this machine's apt sources: no root is needed, and nothing of the
# system's is changed. apt checks signatures and SHA-256. Read after lib.sh, by scripts that fetch.

# private_apt DIR KIND RELEASE [ARCH]: makes DIR/.apt/…, and sets $apt_conf, for apt-get -c.
#	KIND	deb or deb-src: the one kind of index that is needed
#	RELEASE	takes the place of this machine's own; empty: that one
#	ARCH	of another machine, which has no packages yet
private_apt()
{
	_apt=$1/.apt/$2${3:+-$3}${4:+-$4}
	rm -rf "$_apt/sources"
	mkdir -p "$_apt/sources" "$_apt/lists/partial" "$_apt/cache/archives/partial"
	_list='' _parts=''
	eval "$(apt-config shell _list Dir::Etc::sourcelist/f _parts Dir::Etc::sourceparts/d)"
	_host=$(sed -n 's/^VERSION_CODENAME=//p' /etc/os-release)
	for _file in "$_list" "$_parts"*.list "$_parts"*.sources; do
		[ -f "$_file" ] || continue
		sed -E -e "s/^deb(-src)?[[:space:]]/$2 /" -e "s/^[Tt]ypes:.*/Types: $2/" \
			"$_file" >"$_apt/sources/${_file##*/}"
		[ -z "$3" ] || [ -z "$_host" ] ||
			sed -i -E "/^(deb|[Ss]uites:)/s/([[:space:]])$_host\\>/\\1$3/g" \
				"$_apt/sources/${_file##*/}"
	done
	apt_conf=$_apt/apt.conf
	cat >"$apt_conf" <<-END
	Dir::State "$_apt";
	Dir::Cache "$_apt/cache";
	Dir::Etc::SourceList "/dev/null";
	Dir::Etc::SourceParts "$_apt/sources";
	APT::Default-Release "";
	APT::Sandbox::User "root";
	Acquire::Languages "none";
	Acquire::Retries "2";
	Acquire::ForceHash "SHA256";
	#clear APT::Update::Post-Invoke;
	#clear APT::Update::Post-Invoke-Success;
	END
	[ -z "${4-}" ] || other_machine "$4"
}

# Its packages are chosen by what they need alone.
other_machine() # ARCH
{
	: >"$_apt/status"
	sed -i -E '/^[Aa]rchitectures:/d; /^deb/s/\barch=[^] ]*//' "$_apt/sources"/*
	cat >>"$apt_conf" <<-END
	Dir::State::Status "$_apt/status";
	Dir::Etc::Preferences "/dev/null";
	Dir::Etc::PreferencesParts "/dev/null";
	#clear APT::Architectures;
	APT::Architecture "$1";
	APT::Architectures {"$1";};
	APT::Install-Recommends "false";
	APT::Install-Suggests "false";
	END
}
