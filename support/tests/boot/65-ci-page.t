#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The page on continuous integration does what it says: its commands are run in a copy of the tree, with the cache
# that 10-qemu-x86_64.t left (without it they are skipped); its YAML has the same commands; its goals, variables and options exist.
# shellcheck disable=SC2016 # awk and sed programs stand in single quotes
set -u
# shellcheck source=support/tests/board.sh
. support/tests/board.sh
# shellcheck source=support/tests/nginx.sh
. support/tests/nginx.sh

page=$TOP/docs/ci.md
copy=$SCRATCH/whittle
# What the page does to the cache, such as 'make cache-gc', is not done to the one of all tests; the files are shared.
cache=$CHECK_O/ci/whittle
rm -rf "$CHECK_O/ci"
mkdir -p "$CHECK_O/ci" "$CHECK_O/cache/whittle"
cp -Rl "$CHECK_O/cache/whittle" "$CHECK_O/ci"
# Host tools that whoever runs this has in the cache need not be built again.
tools=${XDG_CACHE_HOME:-$HOME/.cache}/whittle/tools
[ ! -d "$tools" ] || { mkdir -p "$cache/tools" && cp -R "$tools/." "$cache/tools"; }

# blocks MARK: the text of all blocks of the page that are marked so; block MARK N: of one.
blocks() {
	page_blocks "$page" "$1"
}
block() {
	awk -v mark="\`\`\`$1" -v n="$2" '$0 == mark { on = ++i == n; next } /^```/ { on = 0 } on' "$page"
}
# home DIRECTORY: from here on that is the home, with the cache that is in it.
home() {
	export HOME="$SCRATCH/$1"
	mkdir -p "$HOME/.cache"
}
# inside COMMANDS [WRAPPER...]: they are run in the copy, as they stand, but that bootstrap only looks and that a
# name for an example is the server of this test. What hangs ends with 124.
inside() {
	printf '%s\n' "$1" | sed "s,^scripts/bootstrap \\(.*\\),scripts/bootstrap -n \\1\nmake \\1,; s,https://cache.example.org,${nginx_base:-http://127.0.0.1:9}," >"$SCRATCH/commands"
	shift
	(cd "$copy" && timeout 900 env -u XDG_CACHE_HOME -u TOOLBIN -u CHECK_O "$@" sh -eu "$SCRATCH/commands") </dev/null
}

# ---- what it names ----

# Commands of make, wherever they stand, without what is quoted.
{ blocks 'sh run' && blocks 'sh offline' && blocks 'sh remote' && blocks 'yaml github' && blocks 'yaml gitlab' && awk '/^```/ { on = !on } !on' "$page" | grep -o '`[^`]*`'; } |
	sed "s/\`//g; s/^ *- \\(run: \\)\\{0,1\\}//; s/'[^']*'/TEXT/g; s/\"[^\"]*\"/TEXT/g" >"$SCRATCH/said"
sed 's/ #.*//; s/[&|;]/\n/g' "$SCRATCH/said" | sed -n 's/^ *make  *//p' | tr ' ' '\n' | sort -u >"$SCRATCH/words"
make -s help >"$SCRATCH/help"
make -s list-defconfigs >>"$SCRATCH/help"
is 'it has commands' "$([ "$(grep -c . "$SCRATCH/words")" -gt 20 ] && echo many)" many
is 'each goal is told by make help' "$(grep -v -e = -e '^-' -e '^lab_defconfig$' "$SCRATCH/words" | while read -r goal; do
	grep -qw -e "$goal" "$SCRATCH/help" || echo "$goal"
done)" ''
is 'each variable by make help or docs/variables.md' "$(sed -n 's/^\([A-Z_]*\)=.*/\1/p' "$SCRATCH/words" | grep -v '^CONFIG_' | sort -u | while read -r name; do
	cat "$SCRATCH/help" docs/variables.md | grep -qw -e "$name" || echo "$name"
done)" ''
is 'each option is one of Kconfig' "$({ sed -n "s/.*OPTIONS='\\([^']*\\)'.*/\\1/p" "$page" | sed 's/"[^"]*"//g' | tr ' ' '\n'
	grep -o 'OPTIONS=[A-Z][A-Z_0-9]*=' "$page" | sed 's/OPTIONS=//'
	grep -o '`[A-Z_0-9]*=y`' "$page" | tr -d '`'
	grep -o 'CONFIG_[A-Z]*=' "$page" | sed 's/CONFIG_//'; } | sed 's/=.*//' | sort -u | while read -r name; do
	cat Kconfig support/kconfig/* package/*/Kconfig board/*/Kconfig | grep -q "^config $name$" || echo "$name"
done)" ''

# ---- the examples for others ----

job=$(block 'sh run' 1)
is 'GitHub is given the commands of the job' "$(blocks 'yaml github' | sed -n 's/^ *- run: //p')" "$job"
is 'and so is GitLab' "$(blocks 'yaml gitlab' | awk '/^  [a-z]/ { on = $1 == "script:"; next } on { sub(/^ *- /, ""); print }')" "$job"
is 'both, and the container, start from one image' "$(sed -n 's/^ *\(container:\|image:\|FROM\) //p' "$page" | sort -u)" debian:12
containerfile=$(blocks dockerfile)
ok 'the container gets the programs of the job' sh -ec "$(printf '%s\n' "$containerfile" | sed -n 's/^RUN .*\(scripts\/bootstrap\) \(.*\) && rm .*/\1 -n \2/p' | grep .)"
for site in github gitlab; do
	blocks "yaml $site" >"$SCRATCH/$site.yml"
	if command -v yq >/dev/null; then
		ok "the YAML for $site" yq . "$SCRATCH/$site.yml"
	elif command -v ruby >/dev/null; then
		ok "the YAML for $site" ruby -ryaml -e 'YAML.load_file(ARGV[0])' "$SCRATCH/$site.yml"
	else
		skip "the YAML for $site" 'neither yq nor ruby is here'
	fi
done

# ---- its commands ----

mkdir "$copy"
tar -C "$TOP" --exclude=./output --exclude=./.git -cf - . | tar -C "$copy" -xf -
home one
ln -s "$cache" "$HOME/.cache/whittle"
ok 'the copy has its tools' inside 'make O=first tools'
ok 'and knows what it would build' inside 'make O=first explain'
# Otherwise the first commands would build a kernel, without a word for a quarter of an hour.
if ! grep -q '^linux: taken from the cache' "$SCRATCH/.tap.out"; then
	skip 'its commands' "$CHECK_O/cache has no kernel of this tree: 10-qemu-x86_64.t makes it"
	rm -rf "$CHECK_O/ci"
	done_testing
	exit
fi
n=0
while block 'sh run' $((n + 1)) | grep -q .; do
	n=$((n + 1))
	commands=$(block 'sh run' "$n")
	ok "$(printf '%s\n' "$commands" | head -n 1)" inside "$commands"
	case $n in
	1)
		unlike 'the kernel is that of the cache' "$(cat "$SCRATCH/.tap.out")" '^  BUILD *linux '
		said 'the guest has run the command' '^Linux'
		like 'as the record says' "$(cat "$copy/result.json")" '"cause":.*"ok"'
		;;
	esac
done
is 'all blocks were run' "$n" "$(grep -c '^```sh run$' "$page")"
is 'the short file is one' "$([ "$(grep -c . "$copy/ci.defconfig")" -lt 30 ] && grep -c '^CONFIG_ROOTFS_GREETING="Hello from CI."$' "$copy/ci.defconfig")" 1
is 'and what was made of it has its options' "$(grep -c -e '^CONFIG_ROOTFS_GREETING="Hello from CI."$' -e '^CONFIG_QEMU_MEMORY=512$' "$copy/output/.config")" 2
like 'the board of another directory was taken' "$(cat "$copy/lab/.config")" '^CONFIG_BOARD_LAB=y$'
is 'what is to be kept is there' "$({ blocks 'yaml github' | sed -n 's/^            //p' && blocks 'yaml gitlab' | sed -n '/artifacts:/,$s/^      - //p'; } | sort -u | while read -r path; do
	# shellcheck disable=SC2086 # one may be a pattern
	(cd "$copy" && ls -d $path >/dev/null 2>&1) || echo "$path"
done)" ''

fails 2 'make gives 2 whatever fails' inside "make qemu-run RUN='exit 7' JSON=result.json"
like 'and the record the number' "$(cat "$copy/result.json")" '"exit":.*7'

home empty
mkdir "$HOME/.cache/whittle"
[ ! -d "$cache/tools" ] || cp -r "$cache/tools" "$HOME/.cache/whittle"
if unshare -rn true 2>/dev/null; then
	ok 'without a network, from a mirror' inside "$(blocks 'sh offline')" unshare -rn
	like 'it keeps the mirror' "$(cat "$copy/offline/.config")" "^CONFIG_MIRROR=\"file://$copy/mirror\"$"
	is 'all files are there' "$(ls "$HOME/.cache/whittle/dl")" "$(cd "$copy/mirror" && find . -mindepth 1 -maxdepth 1 -type d | sed 's,^./,,' | sort)"
else
	skip 'without a network' 'no namespaces here'
fi

# Another machine, whose cache is what nginx has.
if PATH=$PATH:/usr/sbin:/sbin command -v nginx >/dev/null; then
	nginx_shared_cache ''
	cp -r "$cache/artifacts/." "$SCRATCH/www/whittle"
	home remote
	mkdir "$HOME/.cache/whittle"
	[ ! -d "$cache/tools" ] || cp -r "$cache/tools" "$HOME/.cache/whittle"
	ok 'from a remote cache' inside "make O=remote qemu-x86_64_defconfig
$(blocks 'sh remote' | sed 's/^make/make O=remote/')"
	unlike 'nothing is compiled' "$(cat "$SCRATCH/.tap.out")" '^  \(BUILD\|UNPACK\)'
	key=$(sha256sum <"$page" | cut -c 1-64)
	ok 'what is pushed' "$TOOLBIN/artifacts" put --dir "$SCRATCH/store" --url "$nginx_writer" --push "$key" "$TOP/docs"
	ok 'is there' test -s "$SCRATCH/www/whittle/$(echo "$key" | cut -c 1-2)/$key.art"
else
	skip 'from a remote cache' 'no nginx here: scripts/bootstrap check installs it'
fi
rm -rf "$CHECK_O/ci"
done_testing
