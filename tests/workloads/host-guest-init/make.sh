#!/bin/sh
# SPDX-License-Identifier: MIT
# Makes the overlay, and the script that the guest runs while its image is built.
set -eu
mkdir -p made/etc
sort -n numbers >made/etc/numbers
cat >install.sh <<'END'
#!/bin/sh
awk '{ sum += $1 } END { print sum, NR }' /etc/numbers >/etc/sum
END
chmod +x install.sh
