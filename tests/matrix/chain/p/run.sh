#!/bin/sh
# SPDX-License-Identifier: MIT
# Runs in the guest at each boot of p.
echo "p was given $# words: $*"
cat /etc/motd
# shellcheck disable=SC2018,SC2019 # a guest's tr may know no classes
echo 'written by the guest' | tr a-z A-Z >/etc/written
sync
poweroff
