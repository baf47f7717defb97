# SPDX-License-Identifier: MIT
# shellcheck shell=sh
# For the checks of the sources: which files there are. Paths are relative to $srcdir.

# All files of the project, from git where this is a checkout, else what lies here.
all_files()
{
	if git ls-files --error-unmatch Makefile >/dev/null 2>&1; then
		git ls-files -co --exclude-standard
	else
		find . -name .git -prune -o -path ./build -prune -o -path ./demo -prune -o \
			-path ./tests/work -prune -o -name config.mk -o -type f -print | sed 's,^\./,,'
	fi | LC_ALL=C sort | while IFS= read -r file; do
		[ ! -f "$file" ] || [ -L "$file" ] || printf '%s\n' "$file"
	done
}

c_files()
{
	all_files | grep -E '^(gen|tests)/.*\.[ch]$'
}

# Files that a shell reads, known by their name or first lines.
shell_files()
{
	all_files | while IFS= read -r file; do
		case $file in
		*.c | *.h | *.md | *.json | *.yaml) continue ;;
		esac
		if head -n 1 "$file" | grep -qaE '^#! ?/bin/(ba|da)?sh' ||
			head -n 3 "$file" | grep -qa '^# shellcheck shell='; then
			printf '%s\n' "$file"
		fi
	done
}
