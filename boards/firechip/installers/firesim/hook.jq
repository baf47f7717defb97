# SPDX-License-Identifier: MIT
# The script that FireSim's manager calls behind a run. $up: the build directory from that of the
# workload.

def place: if startswith("/") then @sh else "\"$here\"/" + ($up + "/" + . | @sh) end;

"#!/bin/sh
# Written by fmgen install. FireSim calls it behind a run, with the directory of the results.
set -eu
here=$(cd \"$(dirname \"$0\")\" && pwd -P)
for results; do :; done
case $results in
/*) ;;
*) if [ -d \"$results\" ]; then results=$PWD/$results; else results=$here/../../$results; fi ;;
esac
cd \(.dir | place)
exec \(.script | place) \(.args | map(@sh + " ") | add // "")\"$results\""
