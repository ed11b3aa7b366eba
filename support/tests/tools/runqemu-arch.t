#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# runqemu without a guest: what it tells QEMU for each architecture that has a description, and how it knows which one
# a kernel is for.
# shellcheck disable=SC2016 # text for other shells stands in single quotes
set -u
# shellcheck source=support/tests/fakeqemu.sh
. support/tests/fakeqemu.sh

dry() {
	"$runqemu" --dry-run --accel tcg "$@"
}

# value ARCH KEY: what its description has for that key.
value() {
	sed -n "s/^$2 *= *//p" "$TOP/support/arch/$1.arch"
}
# bytes NUMBER SIZE ORDER: NUMBER as so many bytes, as escapes for printf.
bytes() {
	bytes_little='' bytes_big='' bytes_n=$1
	for _ in $(seq "$2"); do
		bytes_one=$(printf '\\%03o' $((bytes_n % 256)))
		bytes_little=$bytes_little$bytes_one bytes_big=$bytes_one$bytes_big bytes_n=$((bytes_n / 256))
	done
	if [ "$3" = little ]; then printf '%s' "$bytes_little"; else printf '%s' "$bytes_big"; fi
}
# vmlinux BITS ORDER MACHINE: an ELF file with a header and nothing else.
vmlinux() {
	vmlinux_class=1 vmlinux_order=2
	[ "$1" = 32 ] || vmlinux_class=2
	[ "$2" = big ] || vmlinux_order=1
	# shellcheck disable=SC2059 # octal numbers
	printf "\\177ELF\\00$vmlinux_class\\00$vmlinux_order\\001\\0\\0\\0\\0\\0\\0\\0\\0\\0$(bytes 2 2 "$2")$(bytes "$3" 2 "$2")"
	head -c 64 /dev/zero
}
# image OFFSET HEX: a file with these bytes there.
image() {
	head -c "$1" /dev/zero
	# shellcheck disable=SC2059 # octal numbers
	for byte in $(echo "$2" | sed 's/../& /g'); do printf "\\$(printf %03o "0x$byte")"; done
	head -c 1000 /dev/zero
}
# config ARCH: a kernel's configuration, as far as it tells the architecture and what virtio needs.
config() {
	for symbol in $(value "$1" arch.symbols) $(value "$1" 'machine\.[^.]*\.needs') VIRTIO_CONSOLE VIRTIO_NET VIRTIO_BLK; do
		echo "CONFIG_$symbol=y"
	done
}

# debugger DIR, taken DIR: what runqemu names for $arch, and what scripts take, with that directory as PATH
mkdir both one neither
for path in both/gdb both/gdb-multiarch one/gdb; do ln -s /bin/true "$path"; done
for name in sed tr uname; do
	for dir in both one neither; do ln -s "$(command -v $name)" "$dir/$name"; done
done
printf '#!/bin/sh\nexit 1\n' >ends
chmod 755 ends
debugger() {
	PATH=$1 "$runqemu" --accel tcg --qemu ./ends --images "$arch" --debug --gdb-port 1234 -- true 2>&1 |
		sed -n 's/^runqemu: the guest waits for: \([^ ]*\) .*/\1/p'
}
taken() {
	(cd "$TOP" && PATH=$1 O=$SCRATCH EXTERNAL='' /bin/sh -c '. support/make/arch.sh && arch_gdb "$1"' sh "$arch")
}

for file in "$TOP"/support/arch/*.arch; do
	arch=${file##*/}
	arch=${arch%.arch}
	mkdir -p "$arch"
	vmlinux "$(value "$arch" arch.bits)" "$(value "$arch" arch.endian)" "$(value "$arch" arch.elf)" >"$arch/vmlinux"
	config "$arch" >"$arch/kernel.config"
	: >"$arch/initramfs.cpio"
	path=$(value "$arch" arch.image)
	if [ -n "$path" ]; then
		magic=$(value "$arch" arch.magic)
		# shellcheck disable=SC2086 # two words
		image ${magic:-0 00} >"$arch/${path##*/}"
	fi
	line=$(dry --images "$arch" -- true)
	machine=$(value "$arch" arch.machines)
	machine=${machine%% *}
	kernels=" $(value "$arch" "machine.$machine.kernel") "
	case $kernels in
	' pvh ') # not this vmlinux: another machine takes the image
		machine=$(sed -n 's/^machine\.\([^.]*\)\.kernel *=.*image.*/\1/p' "$file" | head -n 1)
		kernel=$arch/${path##*/}
		;;
	' image '*) kernel=$arch/${path##*/} ;;
	*) kernel=$arch/vmlinux ;;
	esac
	like "$arch: QEMU's program and machine" "$line" "^$(value "$arch" arch.qemu) .* -machine $(value "$arch" "machine.$machine.qemu") -accel tcg "
	like "$arch: its kernel" "$line" " -kernel $kernel -initrd "
	like "$arch: its console" "$line" " 'console=$(value "$arch" "machine.$machine.console") panic=-1 "
	like "$arch: its ports" "$line" " -device virtio-serial-$(value "$arch" "machine.$machine.bus"),max_ports=3[ ,]"
	cpu=$(value "$arch" "machine.$machine.cpu")
	like "$arch: its processor" "$line" " -accel tcg $([ -z "${cpu:-$(value "$arch" arch.cpu)}" ] || echo "-cpu ${cpu:-$(value "$arch" arch.cpu)} ")-smp 1 "
	line=$(dry --images "$arch" --net --disk "$SCRATCH/bzImage" --debug --gdb-port 1234 -- true)
	like "$arch: devices" "$line" " -device virtio-net-$(value "$arch" "machine.$machine.bus"),netdev=net.* -device virtio-blk-$(value "$arch" "machine.$machine.bus"),drive=disk0[ ,]"
	unlike "$arch: a kernel that is where it was linked needs no nokaslr" "$line" nokaslr
	cat "$arch/kernel.config" - >moves <<-'END'
		CONFIG_RANDOMIZE_BASE=y
	END
	line=$(dry --images "$arch" --config moves --debug --gdb-port 1234 -- true)
	if [ "$(value "$arch" arch.nokaslr)" = y ]; then
		like "$arch: a debugger finds one that moves" "$line" "[ ']nokaslr[ ']"
	else
		unlike "$arch: nokaslr is nothing that it knows" "$line" nokaslr
	fi
	case " $(value "$arch" arch.host) " in
	*" $(uname -m) "*) debuggers='gdb gdb gdb' ;;
	*) debuggers='gdb-multiarch gdb gdb' ;;
	esac
	is "$arch: the debugger that it names" "$(debugger "$SCRATCH/both") $(debugger "$SCRATCH/one") $(debugger "$SCRATCH/neither")" "$debuggers"
	is "$arch: that scripts take" "$(taken "$SCRATCH/both") $(taken "$SCRATCH/one") $(taken "$SCRATCH/neither")" "$debuggers"
	like "$arch: by its name" "$(dry --arch "$arch" --images "$arch" -- true)" "^$(value "$arch" arch.qemu) "
	like "$arch: by a description of one's own" "$(dry --arch "$file" --images "$arch" -- true)" "^$(value "$arch" arch.qemu) "
	# without a virtio driver
	grep -v VIRTIO_CONSOLE "$arch/kernel.config" >none
	case $(value "$arch" "machine.$machine.serial") in
	isa-serial) like "$arch: a second serial port" "$(dry --images "$arch" --config none -- true)" ' -device isa-serial,chardev=tty ' ;;
	serial) like "$arch: a second serial port" "$(dry --images "$arch" --config none -- true)" ' -serial chardev:console.* -serial chardev:tty ' ;;
	*)
		fails 125 "$arch: no port at all" dry --images "$arch" --config none -- true
		said "$arch: is told" "^runqemu: the guest has nothing to pass a COMMAND's output on: its kernel lacks one of CONFIG_VIRTIO_CONSOLE, CONFIG_.*, and the machine $machine has no second serial port"
		;;
	esac
done

# ---- which one ----

like 'an image of two architectures is for the one of 64 bits' "$(dry --kernel riscv32/Image -- true)" '^qemu-system-riscv64 '
like 'or for that of its configuration' "$(dry --kernel riscv32/Image --config riscv32/kernel.config -- true)" '^qemu-system-riscv32 '
like 'or of its vmlinux' "$(dry --kernel riscv32/Image --kernel riscv32/vmlinux -- true)" '^qemu-system-riscv32 '
like 'or for the one that is named' "$(dry --kernel riscv32/Image --arch riscv32 -- true)" '^qemu-system-riscv32 '
cp riscv64/Image aarch64/bzImage
like 'in a directory other images are left' "$(dry --images aarch64 --arch aarch64 -- true)" ' -kernel aarch64/Image '
rm aarch64/bzImage
fails 125 'kernels of two' dry --kernel aarch64/Image --kernel mips/vmlinux -- true
said 'are told' 'aarch64/Image and mips/vmlinux are kernels of different architectures: --arch tells which is meant'
fails 125 'a kernel for another than is named' dry --kernel mips/vmlinux --arch aarch64 -- true
said 'is told' 'mips/vmlinux is a kernel for mips, not for aarch64, which --arch names'
fails 125 'an image for another' dry --kernel riscv64/Image --arch aarch64 -- true
said 'is told' 'riscv64/Image is a kernel for riscv32 or riscv64, not for aarch64, which --arch names'
fails 125 'the configuration of another' dry --kernel aarch64/Image --config mips/kernel.config -- true
said 'is told' 'aarch64/Image is a kernel for aarch64, not for mips, which mips/kernel.config names'
fails 125 'or than is named' dry --kernel aarch64/Image --config mips/kernel.config --arch aarch64 -- true
said 'is told' 'mips/kernel.config is the configuration of a kernel for mips, not for aarch64, which --arch names'
fails 125 'a file that is no kernel for it' dry --kernel initramfs --arch aarch64 -- true
said 'is told' 'initramfs is not a kernel for aarch64: neither a vmlinux nor a file like arch/arm64/boot/Image'
vmlinux 64 big 4711 >odd
fails 125 'a vmlinux for a machine that nobody knows' dry --kernel odd -- true
said 'is told' 'odd is a program for a machine that no description knows (ELF machine 4711, 64 bit, big-endian)'
fails 125 'an architecture that is not there' dry --kernel bzImage --arch vax -- true
said 'those that are there are named' 'there is no architecture vax: --arch takes aarch64, .*x86_64, or the path of a description'
fails 125 'a description that is not there' dry --kernel bzImage --arch ./vax.arch -- true
said 'is named' 'cannot read ./vax.arch: No such file'
echo 'arch.titel = VAX' >vax.arch
fails 125 'a description with a mistake' dry --kernel bzImage --arch ./vax.arch -- true
said 'its line is named' './vax.arch:1: arch.titel: there is no such key'
fails 125 'a vmlinux where an image is booted' dry --kernel aarch64/vmlinux -- true
said 'is told' "the machine virt boots the kernel's Image: give one by --kernel"
fails 2 'a machine of another architecture' dry --kernel aarch64/Image --machine q35 -- true
said 'its own are named' "runqemu: --machine takes one of auto, virt for the architecture aarch64, not 'q35'"
like 'one of its own' "$(dry --kernel aarch64/Image --machine virt -- true)" ' -machine virt '

# ---- QEMU ----

fails 125 'no QEMU for it' "$runqemu" --kernel aarch64/Image --qemu no-such-qemu -- true
said 'its package is named' 'there is no no-such-qemu: install QEMU (on Debian, apt-get install qemu-system-arm)'
fake old <<'END'
echo 'qemu-system-aarch64: unsupported machine type' >&2
exit 1
END
fails 125 'one without the machine' "$runqemu" --accel tcg --kernel aarch64/Image --qemu ./old -- true
said 'is told' '^runqemu: this QEMU has no machine virt: install one that has it (on Debian, apt-get install qemu-system-arm), or name its program by --qemu$'
case $(uname -m) in
aarch64) skip 'KVM of another architecture' 'this machine is an aarch64' ;;
*)
	fails 125 'KVM of another architecture' "$runqemu" --dry-run --accel kvm --kernel aarch64/Image -- true
	said 'is told' "KVM of this machine ($(uname -m)) does not run guests for aarch64: leave out --accel kvm"
	like 'is not tried' "$("$runqemu" --dry-run --kernel aarch64/Image -- true)" ' -accel tcg '
	;;
esac
# The size that the image tells: 100 MiB from its byte 16 on.
printf '\0\0\100\006' | dd of=aarch64/Image bs=1 seek=16 conv=notrunc status=none
fails 125 'an image that does not fit' dry --kernel aarch64/Image --memory 64 -- true
said 'is told' 'the kernel and its initramfs alone take 100: raise --memory'

# ---- the end ----

# ends NAME TEXT: a guest whose kernel says that, and whose machine goes on
ends() {
	{
		echo 'echo "${mark}ready" >&5'
		printf 'printf "[    5.0] %s\\r\\n" >&4\nexec sleep 60\n' "$2"
	} | fake "$1"
}
for last in 'off:reboot: Power down:turned itself off' 'halt:reboot: System halted:turned itself off' 'again:reboot: Restarting system:restarted'; do
	name=${last%%:*} text=${last#*:}
	ends "$name" "${text%:*}"
	fails 121 "a machine that goes on after '${text%:*}'" with "$name" -- true
	said 'is ended' "guest ended before the command did: it ${text##*:}"
done
fake eventless <<'END'
echo "${mark}ready" >&5
printf '[    5.0] reboot: Power down\r\n' >&4
END
fails 121 'a machine that ends QEMU without an event' with eventless -- true
said 'has turned itself off' 'guest ended before the command did: it turned itself off'
fake second <<'END'
tr '\0' '\n' </proc/self/fd/10 | grep "tty='" >line
echo "${mark}status 0" >&7
END
ok 'the session' "$runqemu" --accel tcg --kernel mips/vmlinux --qemu ./second -- true
like 'knows the name of the second serial port' "$(cat line)" "tty='ttyS1'"
ok 'the session of a machine without one' "$runqemu" --accel tcg --kernel aarch64/Image --qemu ./second -- true
like 'knows that there is none' "$(cat line)" "tty=''"

done_testing
