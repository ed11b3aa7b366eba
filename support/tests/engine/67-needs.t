#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A root filesystem whose programs lack something is not packed, unless that is wanted.
# shellcheck disable=SC2016 # text for other shells stands in single quotes
set -u
. support/tests/engine.sh

# program NAME LINE: a package that installs an executable /usr/bin/NAME with that first line.
program() {
	pkg "$1" <<-END
		define $(prefix "$1")_INSTALL
		mkdir -p \$(IMAGE)/target/usr/bin
		printf '%s\n' '$2' >\$(IMAGE)/target/usr/bin/$1
		chmod 755 \$(IMAGE)/target/usr/bin/$1
		endef
	END
}
pkg shell <<'END'
define SHELL_INSTALL
mkdir -p $(IMAGE)/target/bin
echo shell >$(IMAGE)/target/bin/sh
chmod 755 $(IMAGE)/target/bin/sh
endef
END
program tcl '#!/bin/sh'
program script '#!/usr/bin/env tcl'
program env 'a program'
mkdir -p "$SCRATCH/over/bin" "$SCRATCH/extra/bin"
printf '#!/bin/bash\n' | tee "$SCRATCH/extra/bin/mine" >"$SCRATCH/over/bin/mine"
chmod 755 "$SCRATCH"/*/bin/mine
export NEEDS=y

choose shell script env
fails 2 'a script whose interpreter no package has' whittle
said 'is named, and what it needs' '/usr/bin/script (from script): its interpreter tcl, which env is to find, is not in /usr/sbin'
ok 'nothing was packed' test ! -e "$OUT/images/initramfs.cpio.gz"
choose shell script env tcl
ok 'with the package that has it' whittle
choose script env tcl
fails 2 'without a shell' whittle
said 'the skeleton is named' '/init (from skeleton): its interpreter /bin/sh is not in the image'
said 'and each package' '/usr/bin/tcl (from tcl): its interpreter /bin/sh is not in the image'
echo "CONFIG_ROOTFS_OVERLAY=\"$SCRATCH/over\"" >"$SCRATCH/config.more"
choose shell
fails 2 'an overlay that lacks something' whittle
said 'is named' '/bin/mine (from over): its interpreter /bin/bash is not in the image'
echo shell >"$SCRATCH/over/bin/bash"
chmod 755 "$SCRATCH/over/bin/bash"
ok 'it may bring it itself' whittle
rm "$SCRATCH/over/bin/bash"
NEEDS='' choose shell
ok 'or the check is switched off' whittle
rm "$SCRATCH/config.more"

# What is packed over a root filesystem that the kernel has.
pkg kern <<'END'
KERN_TAKES_ROOTFS := builtin
define KERN_INSTALL
mkdir -p $(IMAGE)/images $(IMAGE)/target/usr/bin
echo kernel >$(IMAGE)/images/kernel
printf '%s\n' '#!/usr/bin/tcl' >$(IMAGE)/target/usr/bin/late
chmod 755 $(IMAGE)/target/usr/bin/late
endef
END
choose shell kern
fails 2 'a script that comes with the kernel' whittle
said 'is named' '/usr/bin/late (from kern): its interpreter /usr/bin/tcl is not in the image'
choose shell kern tcl
ok 'what the kernel has built in counts as there' whittle

choose shell
ok 'for one boot nothing is checked' whittle "$OUT/build/extra/initramfs.cpio" INITRAMFS_EXTRA="$SCRATCH/extra"
done_testing
