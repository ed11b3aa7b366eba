# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# shellcheck disable=SC2016 # text for the guest's shell and for gdb stands in single quotes
# What has to hold for a board of any architecture: it is built, and its guest does all that guests do.

# shellcheck source=support/tests/board.sh
[ -n "${tap_count-}" ] || . support/tests/board.sh
# shellcheck source=support/tests/port.sh
. support/tests/port.sh

# of BOARD KEY: a value of the description of its architecture.
of() {
	of_arch=$(sed -n 's/^CONFIG_ARCH="\(.*\)"$/\1/p' "$CHECK_O/$1/.config")
	sed -n "s/^$2 *= *//p" "support/arch/$of_arch.arch"
}

# ended BOARD STATUS NAME COMMAND [VARIABLE=VALUE...]: runqemu's exit status, which make prints.
ended() {
	ended_board=$1 ended_status=$2 ended_name=$3 ended_run=$4
	shift 4
	status=0
	board "$ended_board" qemu-run RUN="$ended_run" "$@" >"$SCRATCH/guest.out" 2>"$SCRATCH/guest.err" </dev/null || status=$?
	out=$(cat "$SCRATCH/guest.out")
	err=$(cat "$SCRATCH/guest.err")
	ended_was=$(sed -n 's/.*qemu-run\] Error //p' "$SCRATCH/guest.err")
	is "$ended_board: $ended_name" "$ended_was" "$ended_status"
	[ "$ended_was" = "$ended_status" ] || tap_note 'its errors' "$(printf '%s\n' "$err" | tail -n 20)"
}

# built BOARD: from its defconfig; says how long that took, and how large the kernel is. Not 0 if there is no kernel.
built() {
	built_before=$(ls -d "$CHECK_O/$1/build/linux" 2>/dev/null)
	ok "$1: configured" board "$1" "$1_defconfig"
	built_start=$(date +%s)
	ok "$1: built" board "$1"
	is "$1: each setting of its kernel takes effect" "$(grep 'did not take effect' "$SCRATCH/.tap.out")" ''
	[ -f "$CHECK_O/$1/images/vmlinux" ] || return 1
	echo "# $1: built in $(($(date +%s) - built_start)) s," \
		"objects: $(find "$CHECK_O/$1/build/linux/build" -name '*.o' 2>/dev/null | wc -l)," \
		"kernel: $(stat -c '%n %s' "$CHECK_O/$1"/images/*[Ii]mage 2>/dev/null | sed 's,.*/,,' | paste -s -d ' ' -) vmlinux $(stat -c %s "$CHECK_O/$1/images/vmlinux")"
	# What is built once more logs fewer lines.
	[ -n "$built_before" ] || [ ! -f "board/$1/lines" ] || counted "$1" "$1"
}

# runs BOARD: what its guest does.
runs() {
	runs_start=$(date +%s%N)
	guest "$1" 'uname -s; cut -d " " -f 1 /proc/uptime; echo to stderr >&2'
	echo "# $1: RUN took $((($(date +%s%N) - runs_start) / 1000000)) ms, of them $(printf '%s\n' "$out" | sed -n 2p) s of the guest's clock until it ran"
	is "$1: a command's output" "$(printf '%s\n' "$out" | head -n 1)" Linux
	is "$1: and its success" "$status" 0
	[ "$status" = 0 ] || tap_note 'its errors' "$(printf '%s\n' "$err" | tail -n 30)"
	like "$1: its error output is on ours" "$err" '^to stderr'
	ended "$1" 7 "the command's exit status" 'exit 7'
	ended "$1" 122 'a panic' 'echo c >/proc/sysrq-trigger; sleep 60'
	ended "$1" 124 'a hang' 'sleep 1000' TIMEOUT=15
	ended "$1" 123 'no init' true APPEND=rdinit=/nowhere
	printf 'echo 6 times 7 is $((6 * 7))\nexit\n' >"$SCRATCH/typed"
	ok "$1: a shell that is left ends the guest" \
		sh -c "make -s O='$CHECK_O/$1' TOOLDIR='${TOOLBIN%/bin}' qemu-run <'$SCRATCH/typed'"
	said "$1: what was typed was done" 'is 42'
	guest "$1" 'ip addr show eth0 | grep -c "inet "'
	is "$1: no network unless asked for" "$out" 0
	networked "$1"
	mkdir -p "$SCRATCH/shared"
	echo shared >"$SCRATCH/shared/file"
	out=$(board "$1" -s qemu-run SHARE="$SCRATCH/shared:/mnt" RUN='cat /mnt/file' 2>"$SCRATCH/guest.err" </dev/null)
	is "$1: a directory of this machine" "$out" shared
	truncate -s 1M "$SCRATCH/disk"
	out=$(board "$1" -s qemu-run DISK="$SCRATCH/disk" RUN='echo written >/dev/vda; cat /sys/block/vda/size' 2>"$SCRATCH/guest.err" </dev/null)
	is "$1: a disk" "$out $(head -c 7 "$SCRATCH/disk" | tr -d '\0')" '2048 written'
}

# networked BOARD: its network passes data on: out of the guest to this machine, and from there into it again.
networked() {
	free_port
	networked_port=$port
	out=$(board "$1" -s qemu-run NET=y PORTS="$networked_port:80" RUN="ip addr show eth0 | grep -o 'inet [0-9.]*'
		seq 20000 >/tmp/numbers
		httpd -h /tmp
		wget -q -T 20 -O - http://10.0.2.2:$networked_port/numbers | tail -n 1" 2>"$SCRATCH/guest.err" </dev/null) || :
	is "$1: the network" "$out" "inet 10.0.2.15
20000"
}

# shell_runs BOARD: a second shell in a guest that runs.
shell_runs() {
	mkfifo "$SCRATCH/keys.$1"
	board "$1" -s qemu-run <"$SCRATCH/keys.$1" >"$SCRATCH/first.out" 2>&1 &
	shell_guest=$!
	exec 8>"$SCRATCH/keys.$1"
	until grep -qs Welcome "$SCRATCH/first.out" || ! kill -0 "$shell_guest" 2>/dev/null; do sleep 0.1; done
	status=0
	out=$(board "$1" -s shell TIMEOUT=120 RUN='echo second; exit 3' 2>"$SCRATCH/guest.err") || status=$?
	is "$1: a command in a guest that runs" "$out $status" 'second 2'
	[ "$out $status" = 'second 2' ] || tap_note 'its errors' "$(cat "$SCRATCH/guest.err")"
	echo exit >&8
	exec 8>&-
	ok "$1: and the guest ends well" wait "$shell_guest"
}

# debugs BOARD: gdb stops at start_kernel of a guest that has not begun.
debugs() {
	case $(of "$1" packages.apt) in
	*gdb*) ;;
	*) skip "$1: gdb" 'its description names none' && return ;;
	esac
	out=$(board "$1" debug RUN=true GDB_ARGS="-batch -ex 'info symbol \$pc' -ex 'x/s &linux_banner' -ex detach" 2>&1 </dev/null) || :
	like "$1: gdb stops at start_kernel" "$out" '^start_kernel\( + [0-9]*\)\{0,1\} in section'
	like "$1: and reads memory" "$out" 'Linux version '
}
