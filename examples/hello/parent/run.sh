#!/bin/sh
# SPDX-License-Identifier: MIT
# Runs in the guest at each boot of "parent", with the words that its spec gives after the name.
echo "parent was given $# words:"
printf '  %s\n' "$@"
cat /etc/motd
poweroff
