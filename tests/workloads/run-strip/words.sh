#!/bin/sh
# SPDX-License-Identifier: MIT
echo "$# words"
for word; do echo "[$word]"; done
poweroff -f
