#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Boots the guest of a run again from the files beside it, or builds it again: see usage. It is a part of the
# archive that 'make repro' writes, and needs a POSIX shell, its usual programs, and QEMU.
set -eu
# shellcheck disable=SC2046 # names
unset $(git rev-parse --local-env-vars 2>/dev/null)
case $0 in */*) cd -- "${0%/*}" ;; esac

usage() {
	cat <<-'END'
		usage: ./repro [run] [ARGUMENT...]
		       ./repro check
		       ./repro rebuild DIR [NAME=VALUE...]

		run      boot the guest again, with more arguments for QEMU; its status is that of the
		         command, or that of runqemu: 120 the kernel is not well, 121 the guest ended
		         before, 122 it panicked, 123 it never reached init, 124 no sign of life, 125 it
		         cannot be started. What it writes is in again/
		check    only compare the files with their digests
		rebuild  build the run's files with the Whittle tree in DIR and these variables of make, in
		         rebuild/, and compare their digests: 0 they are the same, 1 they differ, 125 failed
		QEMU=PROGRAM, ACCEL=kvm or tcg, TIMEOUT=SECONDS (in the environment) choose other ones.
	END
}
say() { printf 'repro: %s\n' "$*" >&2; }
die() {
	say "$*"
	exit 125
}

[ -f run.sh ] || die 'run.sh is missing: unpack the archive again'
given=${QEMU-}
# What run.sh sets.
qemu='' version='' packages='' accel='' cpu='' mode='' mark='' channel='' silence='' strict='' command=''
cause='' detail='' code='' disks='' shares='' whittle='' tree='' external=''
# shellcheck source=/dev/null
. ./run.sh
record=$(printf '\036')$mark

# sums FILE: compare files with the digests in FILE.
sums() {
	if command -v sha256sum >/dev/null; then
		sha256sum -c "$1"
	elif command -v shasum >/dev/null; then
		shasum -a 256 -c "$1"
	else
		die 'the digests cannot be checked: there is neither sha256sum nor shasum in PATH'
	fi
}
check() {
	if ! mkdir -p again 2>/dev/null || [ ! -w again ]; then die "cannot write to $(pwd): copy it to a directory of yours"; fi
	sums SHA256SUMS >again/check 2>&1 || {
		grep -v ': OK$' again/check >&2 || :
		die 'files are not those of the run: unpack the archive again'
	}
}

# ---- run ----

# first FILE SCRIPT: the first line that sed prints of FILE.
first() { sed -n "$2" "$1" 2>/dev/null | sed 1q | tr -d '\r'; }
status() { first "again/$channel" "s/.*${record}status \([0-9][0-9]*\).*/\1/p"; }
panic() { first again/console 's/.*Kernel panic - not syncing: //p'; }
ready() { grep -q "${record}ready" "again/$channel" 2>/dev/null; }
sizes() { wc -c "again/$channel" again/err 2>/dev/null || :; }
# The kernel's own report of trouble.
trouble() {
	first again/console '/BUG: /p;/Oops[: ]/p;/Internal error: /p;/general protection fault/p;/possible .* detected/p;/suspicious RCU usage/p;/UBSAN: /p;/blocked for more than/p;/soft lockup/p;/hard LOCKUP/p;/detected stalls/p;/self-detected stall/p'
}

# begin COMMAND...: start QEMU in the background; again/pid is its process, again/status how it ended.
begin() {
	{
		ended=0
		# shellcheck disable=SC2016 # for that shell
		sh -c 'echo $$ >again/pid; exec "$@"' sh "$@" </dev/null >again/qemu 2>&1 || ended=$?
		echo "$ended" >again/status
	} &
}
stop() {
	[ -s again/status ] || kill "$(cat again/pid)" 2>/dev/null || :
	wait
}
# console: sets life, if something is new on the console. A kernel that is locked up says so as long as it lives: that, and what
# follows in the next seconds, is no sign of life.
console() {
	size=$(wc -c <again/console)
	[ "$size" != "$printed" ] || return 0
	printed=$size last=$now
	count=$(grep -c -e 'soft lockup - CPU' -e 'hard LOCKUP' -e 'rcu.* stall' again/console || :)
	[ "$count" = "$lockups" ] || lockups=$count locked=$now
	[ $((now - locked)) -le 5 ] || life=$now
}
# Wait until the guest has ended, its command has, or nothing more comes.
follow() {
	late='' seen='' printed='' lockups=0 locked=0
	life=$(date +%s)
	last=$life
	while [ ! -s again/status ]; do
		now=$(date +%s)
		console
		size=$(sizes)
		[ "$size" = "$seen" ] || life=$now last=$now
		seen=$size
		quiet=$((now - last))
		if [ -n "$(status)" ]; then
			if [ "$channel" != out ] || [ "$quiet" -ge 3 ] || grep -q "${record}end" again/err; then break; fi
		elif [ "$quiet" -ge 3 ] && grep -q -e 'Kernel panic - not syncing' -e 'reboot: ' again/console; then
			break
		elif [ "${TIMEOUT:-$silence}" != 0 ] && [ $((now - life)) -ge "${TIMEOUT:-$silence}" ]; then
			late=y
			break
		fi
		sleep 0.1 2>/dev/null || sleep 1
	done
}
# What the command wrote, less the session's records.
shown() {
	sed -n "/${record}ready/,\$p" "again/$channel" | sed 1d |
		sed -e "/^${record}[a-z]/d" -e "s/${record}status [0-9]*.*//"
	[ ! -s again/err ] || sed -e "/^${record}end/d" -e "s/${record}end//" again/err >&2
}
# Sets result, a status, and why.
judge() {
	told=$(status) why=$(panic) bad=$(trouble)
	if [ -n "$told" ]; then
		result=$told why="the command ended with status $told"
		[ "$cause" != 'tests failed' ] || [ "$told" != 0 ] || ! grep -q '^ *not ok ' "again/$channel" ||
			result=119 why='a test failed'
		[ -z "$strict" ] || [ -z "$bad" ] || result=120 why="its kernel reported: $bad"
	elif [ -n "$why" ]; then
		result=122
		case $why in
		'No working init found'* | 'Requested init '* | 'VFS: Unable to mount root fs'*) result=123 ;;
		esac
		why="guest panicked: $why"
	elif [ -n "$late" ]; then
		if ready; then result=124; else result=123; fi
		why="no sign of life for ${TIMEOUT:-$silence} seconds"
	elif [ -s again/status ] && [ "$(cat again/status)" != 0 ]; then
		cat again/qemu >&2
		result=125 why="QEMU ended with status $(cat again/status)"
	elif ready; then
		result=121 why='guest ended before the command did'
	else
		result=123 why='guest never reached init'
	fi
}
report() {
	if [ "$result" != 125 ] && [ "$result" != "$told" ]; then tail -n 40 again/console >&2; fi
	say "$why"
	if [ "$result" = "$code" ] && { [ "$result" != 122 ] || [ "$(panic)" = "$detail" ]; }; then
		say "status $result, as in the run"
	else
		say "status $result; the run had $code: $cause${detail:+: $detail}"
	fi
}
# QEMU and what the archive does not have.
needs() {
	[ -z "$given" ] || qemu=$given
	command -v "$qemu" >/dev/null || die "there is no $qemu in PATH: install QEMU (on Debian, $packages), or name it by QEMU="
	have=$("$qemu" --version 2>/dev/null | sed -n '1s/.*version \([0-9.]*\).*/\1/p')
	[ -z "$version" ] || [ "$have" = "${version%% *}" ] || say "this is QEMU ${have:-of an unknown version}; the run had ${version%% *}"
	for disk in $disks; do
		[ -e "$disk" ] || die "the guest had a disk that is not in the archive: put a file $disk beside the script (README says which)"
	done
	[ -z "$shares" ] || say "the guest shared directories, which are not here: $shares"
	if [ "${ACCEL:-$accel}" != kvm ]; then
		[ "$accel" != kvm ] || cpu=max
		accel=tcg
	elif [ "$accel" != kvm ]; then
		accel=kvm cpu=host
	elif [ ! -w /dev/kvm ]; then
		say 'KVM cannot be used here: the guest runs under TCG, and slower'
		accel=tcg cpu=max
	fi
	: "$accel $cpu" # for words
}
boot() {
	check
	needs
	rm -f again/console again/out again/err again/tty again/pid again/status again/qemu
	: >again/console && : >"again/$channel" && : >again/err
	if [ "$mode" != command ]; then
		say 'Ctrl-A x ends QEMU'
		words command "$@"
		return
	fi
	say "command: $command"
	words begin "$@"
	trap 'stop; exit 130' INT TERM HUP
	follow
	stop
	shown
	judge
	report
	exit "$result"
}

# ---- rebuild ----

# The tree of the kernel, as it was: a clone, since none of the user's is changed.
tree() {
	[ -f kernel.commit ] || return 0
	[ -n "$1" ] || die "the run's kernel was a tree of its own: add $tree=DIR, a clone of it that has commit $(cat kernel.commit)"
	git -C "$1" cat-file -e "$(cat kernel.commit)^{commit}" 2>/dev/null ||
		die "$1 lacks commit $(cat kernel.commit) of the run's kernel: fetch it there"
	rm -rf tree
	commit=$(cat kernel.commit)
	{ git clone -q --shared --no-checkout "$1" tree && git -C tree checkout -q --detach "$commit"; } ||
		die "commit $commit of $1 cannot be checked out to $(pwd)/tree"
	[ ! -s kernel.diff ] || git -C tree apply --whitespace=nowarn ../kernel.diff ||
		die "kernel.diff cannot be applied to the commit $commit: is it the archive's own?"
}
compare() {
	differ=0
	while read -r sum name; do
		case $name in build/extra/*)
			echo "skipped  $name: it had INITRAMFS_EXTRA"
			continue
			;;
		esac
		if printf '%s  %s\n' "$sum" "rebuild/$name" >again/one && sums again/one >/dev/null 2>&1; then
			echo "same     $name"
		else
			echo "differs  $name"
			differ=1
		fi
	done <images.sha256
	return $differ
}
rebuild() {
	[ $# -gt 0 ] || die 'rebuild wants the directory of a Whittle tree'
	if [ ! -f whittle.config ] || [ ! -f images.sha256 ]; then die 'nothing of this run was built by Whittle'; fi
	[ -f "$1/support/make/given.mk" ] || die "$1 is no Whittle tree"
	whittle_dir=$(cd "$1" && pwd)
	shift
	check
	have=$(git -C "$whittle_dir" rev-parse HEAD 2>/dev/null) || have=
	[ -z "$whittle" ] || [ "$have" = "$whittle" ] || say "this tree is Whittle ${have:-without git}; the run had $whittle"
	own='' elsewhere=''
	for word; do
		shift
		case $word in
		"$tree="*) own=${word#*=} ;;
		EXTERNAL=*) elsewhere=y && set -- "$@" "$word" ;;
		*) set -- "$@" "$word" ;;
		esac
	done
	[ -z "$external" ] || [ -n "$elsewhere" ] || die "the run had packages from elsewhere: add EXTERNAL=DIR ($external)"
	tree "$own"
	{ mkdir -p rebuild && cp whittle.config rebuild/.config; } || die "cannot write to $(pwd)/rebuild"
	[ ! -d tree ] || set -- "$@" "$tree=$(pwd)/tree"
	env -u MAKEFLAGS -u MAKELEVEL make -C "$whittle_dir" O="$(pwd)/rebuild" "$@" all || die 'the build failed'
	compare
}

case ${1-run} in
help | -h | --help) usage ;;
check)
	check
	say 'all files are those of the run'
	;;
rebuild)
	shift
	rebuild "$@"
	;;
run)
	[ $# -eq 0 ] || shift
	boot "$@"
	;;
-*) boot "$@" ;;
*)
	usage >&2
	exit 2
	;;
esac
