#!/bin/sh
# SPDX-License-Identifier: MIT
echo "installed by the $1" >>/etc/installed
