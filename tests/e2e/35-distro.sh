#!/bin/sh
# SPDX-License-Identifier: MIT
# Options of a distro: a workload that changes them has another image below the layers of all its
# ancestors, and disturbs nobody.
. "${0%/*}/../lib/e2e.sh"
shared_dir=1

family="../w/plain.json ../w/other.json ../w/grandchild.json ../w/sibling.json ../w/same.json"

spec() # NAME JSON
{
	mkdir -p "w/$1"
	echo "{\"name\": \"$1\", $2}" >"w/$1.json"
}

overlay() # NAME: a file of its own
{
	mkdir -p "w/$1/overlay/etc"
	echo "$1" >"w/$1/overlay/etc/$1"
}

# No kernel: images alone. The busybox is that of the shared base.
start()
{
	from_base
	overlay top
	overlay parent
	overlay other
	overlay grandchild
	spec top '"base": "busybox", "overlay": "overlay",
		"distro": {"name": "busybox", "opts": {"environment": {"A": 1, "B": "x"}}}'
	spec parent '"base": "top.json", "overlay": "overlay", "command": "echo parent"'
	spec plain '"base": "parent.json"'
	spec sibling '"base": "parent.json", "files": [["../plain.json", "/root/"]]'
	spec other '"base": "parent.json", "overlay": "overlay"'
	spec same '"base": "parent.json"'
	spec grandchild '"base": "other.json", "overlay": "overlay"'
	# shellcheck disable=SC2086
	generate $family
	build
	settled
}

state() # of what the others have: bytes and times
{
	(cd build/images && sha256sum ./*.img && stat -c '%n %Y %i' ./*.img) |
		grep -vE 'other|grandchild|same' || :
}

one_changes_an_option()
{
	state >before
	[ -s before ]
	mkdir -p w/other/skeleton/etc/init.d
	echo 'echo from the skeleton' >w/other/skeleton/etc/init.d/S50mine
	echo 'below' >w/other/skeleton/etc/parent
	# shellcheck disable=SC2016
	spec other '"base": "parent.json", "overlay": "overlay", "distro": {"opts": {
		"hostname": "elsewhere", "skeleton": "skeleton",
		"environment": {"A": "it'"'"'s $HOME", "B": null, "C": "3"}}}'
	build
	ran_only distro rootfs-base rootfs
	assert_eq "$(grep -c DISTRO build.log)" 1 "distro images made"
	state >after
	assert_same after before
	settled
}

# What a shell makes of the file ./environment.
variables()
{
	# shellcheck disable=SC2016
	sh -uc '. ./environment; echo "$A,${B-unset},${C-unset}"'
}

has_effect()
{
	for name in other grandchild; do
		assert_eq "$(image_file "$name" /etc/hostname)" elsewhere
		assert_eq "$(image_file "$name" /etc/init.d/S50mine)" 'echo from the skeleton'
		image_file "$name" /etc/hosts >hosts
		assert_has hosts 'localhost elsewhere'
		image_file "$name" /etc/profile.d/environment.sh >environment
		assert_eq "$(variables)" "it's \$HOME,unset,3" "A, B and C"
	done
	assert_eq "$(image_file plain /etc/hostname)" fmgen
	image_file plain /etc/profile.d/environment.sh >environment
	assert_eq "$(variables)" 1,x,unset "A, B and C"
}

has_layers_of_ancestors()
{
	for file in top parent other; do
		assert_eq "$(image_file other "/etc/$file")" "$file"
	done
	for file in top parent other grandchild; do
		assert_eq "$(image_file grandchild "/etc/$file")" "$file"
	done
	image_file other /etc/fmgen/run >run
	assert_has run 'echo parent'
}

# An equal result, said otherwise, is the same image.
equal_results_share()
{
	spec same '"base": "parent.json", "distro": {"opts": {"environment": {"B": "x", "A": "1"}}}'
	build
	ran_nothing
	assert_same build/images/same.img build/images/plain.img
}

edit_of_a_named_file()
{
	state >before
	echo 'echo again' >>w/other/skeleton/etc/init.d/S50mine
	build
	ran_only distro rootfs-base rootfs
	assert_eq "$(image_file grandchild /etc/init.d/S50mine | tail -n 1)" 'echo again'
	state >after
	assert_same after before
}

# The options reach a guest: its console's script and its name.
boots_with_options()
{
	mkdir -p hello/hello
	cat >hello/other.json <<-'END'
	{"name": "other", "base": "parent.json", "command": "echo $(hostname): $GREETING",
	 "distro": {"opts": {"hostname": "elsewhere", "environment": {"GREETING": "good  day"}}}}
	END
	generate ../hello/other.json
	build
	boots other 'elsewhere: good day' 'fmgen: exit 0'
}

test_case "a family of images" start
test_case "an option of one changes its own image and that of its child only" one_changes_an_option
test_case "the options have their effect" has_effect
test_case "the layers of the ancestors lie over the other distro image" has_layers_of_ancestors
test_case "equal results share the image" equal_results_share
test_case "an edit of a file that an option names" edit_of_a_named_file
test_case "a guest sees its name and its environment" boots_with_options
finish
