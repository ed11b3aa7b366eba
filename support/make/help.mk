# SPDX-License-Identifier: GPL-2.0-or-later
# gives: help

define HELP
Whittle: a minimal Linux system from source.

  make                     build what is stale: images/ has kernel and initramfs
  make HOSTS='H:N H'       the same, with packages built on other machines
  make qemu-run            build, then boot: a shell in your own Linux
  make qemu-run RUN='CMD'  boot, run CMD in the guest, exit with its result
  make shell               open another shell in a running guest; RUN='CMD'
  make debug               boot under gdb; or qemu-debug and, elsewhere, gdb
  make record RUN='CMD'    record a run; make replay debugs it, also backwards
  make decode <LOG         show where in the sources a log's traces are
  make boot-chart          boot, and draw where the time of the boot went
  make crash               open the memory of the last guest that crashed
  make book                write $(O)/book: how to build all this by hand

Configure
  menuconfig  nconfig      use menus
  config                   answer one question after another
  set OPTIONS='PACKAGE_LUA=y QEMU_CPUS=2'
                           set options and their dependencies, without a menu
  BOARD_defconfig          start from a board
  list-defconfigs          list the boards
  oldconfig  olddefconfig  update an old configuration
  savedefconfig            write $(O)/defconfig
  defconfig  allnoconfig  allyesconfig  randconfig  listnewconfig
  linux-menuconfig  busybox-menuconfig
                           use the inner menus; keep the choices as a fragment
  linux-savedefconfig  busybox-savedefconfig
                           write $(O)/linux_defconfig, or busybox_defconfig
  linux-localmodconfig [LSMOD=FILE]
                           enable only the modules that lsmod lists on this
                           machine, or that FILE lists

Packages (PKG is linux, busybox, musl, ...)
  list-packages            list all packages, and mark the enabled ones
  PKG                      build it and its dependencies
  PKG-unpack               unpack its sources
  PKG-rebuild              build again from its build step on
  PKG-reconfigure          build again from its configure step on
  PKG-dirclean             remove its build
  PKG-test                 build it and run its tests in a guest
  checkrecipe PKG=NAME     check the recipe of a package
  explain [PKG=NAME]       show what the next make would do, and why
  LUA_DIR=DIR              build lua, for example, from your directory

Working on the kernel (docs/working-on-the-kernel.md)
  LINUX_DIR=DIR            with any goal: build the tree in DIR, not a release
  LLVM=1  LLVM=-16         with any goal: build the kernel with clang and lld
  bisect GOOD=REV BAD=REV RUN='CMD' [SLOTS=N | HOSTS='H:N H']
                           find the commit of LINUX_DIR that made CMD fail,
                           several at once, here or elsewhere (SCHEDULER=slurm)
  series BASE=REV RUN='CMD' [RESTART=y]
                           build and boot each commit of LINUX_DIR after REV:
                           does it hold, which warnings does it bring
  matrix KERNELS='V V' [ARCHES='A A'] [BOARDS='B B'] [CONFIGS='kasan F.config']
         RUN='CMD' | RUNS='TEST TEST' [SLOTS=N | HOSTS='H:N H'] [RESTART=y]
                           build and boot several kernels, on several
                           architectures or boards, perhaps on other machines
                           by ssh or SCHEDULER=slurm; print a table
  row KERNELS=V [ARCHES=A] [BOARDS=B] [CONFIGS=C] RUN='CMD' [JSON=FILE]
                           one row of it, with a record
  doctor                   find problems of this machine, and their remedies

Sources
  source [DEST=DIR]        fetch and verify all sources; make a mirror in DIR
  source-list              list files, digests and addresses
  source-all  source-list-all
                           the same for every package and version

Root filesystem
  initramfs-list [FILE=F]              list its contents
  initramfs-extract DIR=D [FILE=F]     unpack it
  initramfs-diff A=F B=F               compare two
  size [FILE=F] [PKG=NAME]             size of each package, or of one's files
  qemu-run INITRAMFS_EXTRA="F DIR ..." add files for one boot

Licences, CycloneDX bill of materials (docs/inventory.md)
  legal-info               write $(O)/legal-info: licences, sources, patches
  sbom                     write $(O)/sbom.cdx.json, a bill of materials

Images (docs/images.md)
  write DEVICE=/dev/sdX [FILE=NAME] [YES=1]
                           write a disk or an ISO to a stick, and read it back

Results of guests (docs/results.md)
  run-compare A=F B=F      compare the times in two records (REPEAT=, JSON=)
  boot-chart A=F B=F       compare two boots, by the records beside their charts

Coverage of the kernel (docs/coverage.md)
  coverage RUN='CMD' [ONLY='lib/*.c mm'] [RESTART=y]
                           which lines CMD and the runs before it ran (gcov)
  coverage-clean           forget these runs
  kcov RUN='CMD' [ONLY=]   the functions and lines that CMD ran (KCOV)

Guests that crashed (docs/cores.md)
  crash [FILE=NAME] [WITH=gdb|crash|drgn]
                           open the last guest that crashed, or NAME, in gdb
  crash-list               list those that are kept

Telling others (docs/repro.md)
  repro [FILE=ARCHIVE]     pack the last run, with a script that boots it
                           anywhere

Tidy and test
  clean                    remove all results
  distclean                remove the tools and .config, too
  cache-stats              show what is in the cache of built packages
  cache-gc                 remove damaged entries, and old ones above the limit
  cache-push               send to the remote cache what it does not have
  lint  check  check-full  run the tests: style; quick ones; all
  check-packages [P='PKG PKG'] [ARCHES='A A'] [BOARDS='B B']
                           run the tests of all packages in guests
  bench                    run the benchmarks
  fuzz [T=NAME] [SECONDS=N]
                           test the parsers with random input, a minute for each
  tools                    build only the host tools
  compile_commands.json    write it for clangd: commands of the tools, or, with
                           LINUX_DIR=DIR, of the kernel
  linux-compile-commands   the same for the configured kernel

Install (PREFIX=/usr/local, DESTDIR=DIR for a staging directory)
  install                  install runqemu, mkinitramfs, fetch, unpack, kmerge,
                           with manual pages and completion
  uninstall                remove them
  man                      write $(O)/man: manual pages of all tools
  version                  print Whittle's version; NEWS.md has its changes

Variables
  O=DIR                    output directory ($(O))
  V=1  V=2                 show commands; and reasons
  EXTERNAL=DIR             directory with more packages and boards
  SANDBOX=n                let steps reach the network and your files
  REPLAY=n                 leave each build of a kernel tree of yours to kbuild
  CACHE_TRUST=FILE         who may sign packages of the remote cache
  CACHE_KEY=FILE           ssh key to sign what is stored there
  -jN                      number of jobs (default: all processors)

Variables for a guest
  SHARE=DIR[:MOUNT][:rw]   share a directory of this machine
  PORTS=2222:22            forward 127.0.0.1:2222 to its port 22
  ROOT=/                   run the programs of this machine, or of another
                           system in a directory; nothing is written there
  GUEST_USER=NAME          with ROOT: as this user, not root
  ROOT_HIDE='PATH ...'     hide these, too, besides keys and passwords
  FIRMWARE=bios            with BOOT=disk or iso: bios or uefi
  DISK=FILE[:ro][:nvme]    its /dev/vda, raw or qcow2; more are /dev/vdb, ...
  BOOT=ext4  KEEP=y        boot an image of menu Images, not the initramfs;
                           keep in it what the guest writes
  NET=y                    a network, even with RUN
  NET=mcast:10.0.3.1       one that guests of this machine share; its address
  VSOCK=3                  vsock, with this context id
  CPUS=2  MEMORY=2G        processors and memory for this run
  NUMA=2                   NUMA nodes; or NUMA='256M:0-1 1G:2', with processors
  APPEND='ARGS'            more kernel parameters
  KERNEL=bzImage           boot bzImage, even if vmlinux would do
  KERNEL=PATH              boot any other kernel, such as /boot/vmlinuz-...
  MODULES=DIR              its modules, if they are not where they belong
  TIMEOUT=SEC              give up after SEC seconds without output
  STRICT=n                 do not fail because of an oops or a race
  LOG=y  LOG=FILE          show all kernel messages; write the console to FILE
  JSON=FILE                write a record of the result
  JUNIT=FILE               write results of tests (TAP, KTAP) as JUnit XML
  EXPECT=FILE              tests that are known to fail, a name a line
  REPEAT=20                run it so many times: does it always succeed?
  FOLD=github|gitlab|n     fold the guest's part of a CI log (where it is one)
  CHART=FILE.svg           where boot-chart draws ($(O)/boot-chart.svg)
  VMLINUX=FILE             decode, boot-chart, crash: another kernel
  CRASH=keep|n             keep a guest that panics or hangs
  CRASH_MAX=2G             remove the oldest when they take more
  GUEST=NAME               name the guest, to run several at once
  SNAPSHOTS=16             record: up to so many, for a short way back; 0: none
  BREAK=FUNC               where debug stops (start_kernel)
  GDB_PORT=1234            TCP port for other debuggers

The manual begins at docs/README.md.
endef

.PHONY: help
help: ; $(info $(HELP)) @:
