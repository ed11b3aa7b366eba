#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What all tools have in common on the command line: --help, -h, --version, and how a wrong option is
# reported (support/lib/base/getoption.h).
set -eu
# shellcheck source=support/tests/tap.sh
. support/tests/tap.sh

version=$(cat VERSION)
is 'make version' "$(env -u MAKEFLAGS -u MAKELEVEL make -s version O="$SCRATCH/o")" "$version"
is 'it writes nothing' "$(ls "$SCRATCH/o" 2>/dev/null)" ''

for path in "$TOOLBIN"/*; do
	tool=${path##*/}
	[ -d "support/tools/$tool" ] || continue
	[ "$tool" != wcc ] || continue
	is "$tool --version" "$("$path" --version)" "$tool (Whittle) $version"
	fails 1 "$tool --version to a full disk" sh -c "'$path' --version >/dev/full"
	said "$tool --version to a full disk: is said" "^$tool: cannot write to standard output: No space left"
	case $tool in inputs) command='scan' ;; kmerge) command='diff' ;; *) command='' ;; esac
	# shellcheck disable=SC2086 # none is no word
	fails 2 "$tool: an unknown option" "$path" $command --no-such-option x x
	said "$tool: an unknown option: is named, and where help is" "unknown option.* '--no-such-option'"
	said "$tool: the way to help" "^$tool: try '$tool --help'$"
done

# Tools whose command line is the kind that getopt_long has.
fetch=$TOOLBIN/fetch
is '-h is --help' "$("$fetch" -h)" "$("$fetch" --help)"
fails 2 'a value too many' "$fetch" --quiet=much list
said 'a value too many: is named' '^fetch: --quiet takes no value$'
fails 2 'a value too many for --help' "$fetch" --help=me
said 'a value too many for --help: is named' '^fetch: --help takes no value$'
fails 2 'a value that is missing' "$fetch" list --jobs
said 'a value that is missing: is named' '^fetch: --jobs wants a value$'
fails 2 'a letter without its value' "$fetch" list -j
said 'a letter without its value: is named' '^fetch: -j wants a value$'
fails 2 'an unknown letter' "$fetch" -qx list
said 'an unknown letter: is named' "^fetch: unknown option '-x'$"
fails 2 'an option that may be several' "$fetch" --m list
said 'an option that may be several: is named' "^fetch: unknown option '--m'$"
fails 1 'operands behind --' "$fetch" -q -- --version
said 'operands behind --: are operands' 'cannot read the list --version'

# A command's --help and --version are the tool's.
is 'inputs scan --version' "$("$TOOLBIN/inputs" scan --version)" "inputs (Whittle) $version"
is 'kmerge diff --version' "$("$TOOLBIN/kmerge" diff --version)" "kmerge (Whittle) $version"
# A command in the guest keeps its own.
fails 2 'runqemu: options end at the command' "$TOOLBIN/runqemu" cmd --version
said 'runqemu: options end at the command: no kernel' 'no kernel: give one by --kernel'

# wcc is gcc on the command line.
is 'wcc --wcc-version' "$("$TOOLBIN/wcc" --wcc-version)" "wcc (Whittle) $version"
is "wcc --version is gcc's" "$(SYSROOT=$SCRATCH "$TOOLBIN/wcc" --version)" "$(gcc --version)"
done_testing
