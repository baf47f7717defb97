#!/bin/sh
# SPDX-License-Identifier: MIT
# Runs in the guest at each boot of p.
echo "p was given $# words: $*"
cat /etc/motd
echo 'written by the guest' | tr a-z A-Z >/etc/written
sync
poweroff
