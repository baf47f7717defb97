# SPDX-License-Identifier: MIT
# Reads a .config, then the fragments it was made from, in their order; prints a message for each
# option that the last fragment to set it does not find in the .config. "n" and absence are equal.
# The environment's TREE is the source tree; the variable `severity` is what the messages are called.
# For another tree than Linux, `prefix` is how its options begin, `menus` the pattern of the names of
# the files that declare them by their whole name, and `whose` the name of the tree.

BEGIN {
	if (!prefix) {
		prefix = "CONFIG_"
		menus = "Kconfig*"
		whose = "kernel"
		undeclared = prefix # is not part of the name there
	}
	set = "^" prefix "[A-Za-z0-9_]+="
	unset = "^# " prefix "[A-Za-z0-9_]+ is not set$"
}

# Sets symbol and value from a line of either form; false for other lines.
function parse(line)
{
	sub(/\r$/, "", line)
	sub(/[ \t]+$/, "", line)
	if (line ~ set) {
		symbol = substr(line, 1, index(line, "=") - 1)
		value = substr(line, index(line, "=") + 1)
		return 1
	}
	if (line ~ unset) {
		split(line, word, " ")
		symbol = word[2]
		value = "n"
		return 1
	}
	return 0
}

function read_known(   command, line, word)
{
	command = "find \"$TREE/\" -name '" menus "' -type f -exec " \
		"grep -hE '^[[:space:]]*(menu)?config[[:space:]]' {} +"
	while ((command | getline line) > 0) {
		split(line, word, " ")
		known[undeclared word[2]] = 1
	}
	close(command)
}

FNR == 1 {
	file++
}
file == 1 {
	if (parse($0))
		now[symbol] = value
	next
}
parse($0) {
	if (!(symbol in wanted))
		order[++count] = symbol
	wanted[symbol] = value
	place[symbol] = FILENAME ":" FNR
	next
}
!/^[ \t\r]*(#|$)/ {
	print FILENAME ":" FNR ": " severity ": neither " prefix "NAME=VALUE nor a comment: ignored [kconfig]"
}
END {
	for (i = 1; i <= count; i++) {
		symbol = order[i]
		is = symbol in now ? now[symbol] : "n"
		if (wanted[symbol] == is)
			continue
		if (!asked++)
			read_known()
		printf "%s: %s: %s=%s did not take effect", place[symbol], severity, symbol, wanted[symbol]
		if (!(symbol in known))
			print ": it does not exist in this " whose " [kconfig]"
		else
			printf " (it is now: %s) [kconfig]\n", is == "n" ? "not set" : is
	}
}
