# SPDX-License-Identifier: GPL-2.0-or-later
# gives: help

define HELP
Whittle: a minimal Linux system from source.

  make                     build all that is stale: images/ with kernel and initramfs
  make qemu-run            build, then boot it: a shell in your own Linux
  make qemu-run RUN='CMD'  boot, run CMD in the guest, end with its success or failure
  make shell               another shell in a guest that runs; RUN='CMD' a command there
  make debug               boot it under gdb; or qemu-debug, and gdb in another terminal
  make book                write $(O)/book: how to build all this by hand

Configure
  menuconfig  nconfig      choose in menus            config        one question after another
  BOARD_defconfig          start from a board         list-defconfigs  which boards there are
  oldconfig  olddefconfig  after an update            savedefconfig    write $(O)/defconfig
  defconfig  allnoconfig  allyesconfig  randconfig  listnewconfig
  set OPTIONS='PACKAGE_LUA=y QEMU_CPUS=2'     without a menu, with what they depend on
  linux-menuconfig  busybox-menuconfig        the inner menus; kept as a fragment
  linux-savedefconfig  busybox-savedefconfig  write $(O)/linux_defconfig, ...
  linux-localmodconfig [LSMOD=FILE]           of its modules, those that lsmod lists here, or FILE does

Packages (PKG is linux, busybox, musl, ...)
  list-packages  which there are, and what is enabled
  PKG            build it and what it needs           PKG-unpack       its sources alone
  PKG-rebuild    from its build step on               PKG-reconfigure  from its configure step on
  PKG-dirclean   forget all that was made of it       LUA_DIR=DIR      lua, say, from a directory of yours
  checkrecipe PKG=NAME                                checks the recipe of a package that you write
  explain        what the next make would do, and why; explain PKG=NAME: all about one

Working on the kernel (docs/working-on-the-kernel.md)
  LINUX_DIR=DIR with any goal        build the tree in DIR instead of a release
  bisect GOOD=REV BAD=REV RUN='CMD'  find the commit of LINUX_DIR that made CMD fail
  matrix KERNELS='V V' RUN='CMD'     build and boot several kernels: a table
  doctor                             what this machine lacks, and what to do about it

Sources
  source         fetch and verify all that is needed; DEST=DIR leaves a mirror there
  source-list    files, digests and addresses
  source-all  source-list-all                         the same for every package and version

Root filesystem
  initramfs-list [FILE=F]  what is in it              initramfs-diff A=F B=F   what changed between two
  size [FILE=F]            what each package adds to it, as it is and compressed; PKG=P or V=1: each file
  initramfs-extract DIR=D [FILE=F]                    qemu-run INITRAMFS_EXTRA="F DIR ..."  more for one boot

Passing it on (docs/inventory.md)
  legal-info     write $(O)/legal-info: licences, sources and patches of all packages
  sbom           write $(O)/sbom.cdx.json: a bill of materials (CycloneDX)

Tidy and test
  clean          remove what was built                distclean        also tools and .config
  cache-stats    what the cache of built packages has
  cache-gc       remove from it what is damaged, then beyond its limit what was not used for long
  lint  check  check-full  bench                      tools            the host tools alone
  fuzz           any bytes into the parsers, for a minute each; T=NAME: one of them; SECONDS=N
  version        Whittle's own number; NEWS.md says what it has
  install        runqemu, mkinitramfs, fetch, unpack and kmerge, with pages and completion, below
                 PREFIX=/usr/local; DESTDIR=DIR before it      uninstall       remove them
  compile_commands.json    for clangd: how the tools are compiled; with LINUX_DIR=DIR the kernel, in $(O)
  man            write $(O)/man: manual pages of all tools
  PKG-test       build it and run its tests in a guest; check-packages: all that have some

Variables
  O=DIR          everything is made there ($(O))      V=1  V=2         show commands; and reasons
  EXTERNAL=DIR   packages and boards from elsewhere
  -jN            jobs (default: all processors)       SANDBOX=n         let steps reach the network and your files

For a guest
  SHARE=DIR[:MOUNT][:rw]  a directory of this machine     PORTS=2222:22     its port 22 is 127.0.0.1:2222
  TIMEOUT=SEC    silence that means a hang                JSON=FILE         a record of how it ended
  KERNEL=bzImage boot that, where vmlinux would do        STRICT=n          an oops or a race is no failure
  BREAK=FUNC     where debug stops (start_kernel)         GDB_PORT=1234     for other debuggers
  GUEST=NAME     to run several at once                   NET=y             a network for RUN, too
  CPUS=2  MEMORY=2G       for this run                    APPEND='ARGS'     more kernel parameters
  DISK=FILE[:ro]          its /dev/vda, raw or qcow2; several are vdb, ...
  LOG=y          show all that the kernel says            LOG=FILE          write it to FILE

docs/README.md is where the manual begins.
endef

.PHONY: help
help: ; $(info $(HELP)) @:
