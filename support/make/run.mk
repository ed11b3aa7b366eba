# SPDX-License-Identifier: GPL-2.0-or-later
# Run what was built in QEMU. debug.mk uses the same command line.
#
# takes: images/, ARCH_FILE, KERNEL_IMAGE (arch.mk), QEMU_INITRAMFS and EXTRA_NEEDS (initramfs.mk), CONFIG_QEMU_*;
#        RUN=COMMAND, KERNEL=NAME, KERNEL=PATH, MODULES=DIR, TIMEOUT=SECONDS, STRICT=n, SHARE='DIR[:MOUNT][:rw] ...',
#        PORTS='HOST:GUEST ...', NET='y mcast[:ADDRESS]', VSOCK=CID, CPUS=NUMBER, MEMORY=MIB, NUMA=NODES, APPEND=ARGUMENTS,
#        BOOT=NAME[:usb], FIRMWARE=WHICH, KEEP=y, DISK='FILE[:ro][:nvme] ...', ROOT=DIR, ROOT_HIDE='PATH ...', GUEST_USER=NAME,
#        LOG=y, LOG=FILE, JSON=FILE, GUEST=NAME, JUNIT=FILE, EXPECT=FILE, REPEAT=NUMBER, FOLD=github|gitlab|n;
#        GITHUB_ACTIONS, GITLAB_CI
# gives: qemu-run, shell, run-compare; RUNQEMU (its command line), LOG_FILE, RUN_DIR (where its sockets are), RUN_ARGS
#        (the command for the guest)

# Guests that run at the same time have different names.
override GUEST := $(or $(call given-path,GUEST),default)
$(if $(findstring /,$(GUEST))$(filter . ..,$(GUEST)),$(error GUEST=$(GUEST): a name is expected, without a slash))
RUN_DIR = $(O)/run/$(GUEST)

# BOOT=NAME boots the image of package image-NAME in place of the initramfs. Its recipe's BOOT says how: kernel and ro or
# rw, for a file system that the kernel mounts; or firmware, and what the image is to it: BOOT=NAME:usb makes it a stick. A
# file NAME.cmdline beside the image has more for the kernel.
RUN_IMAGES := $(patsubst image-%,%,$(foreach p,$(IMAGE_PACKAGES),$(if $($($p.prefix)_BOOT),$p)))
RUN_IMAGE  := $(filter-out initramfs,$(firstword $(subst :, ,$(BOOT))))
RUN_AS     := $(wordlist 2,9,$(subst :, ,$(BOOT)))
ifneq ($(filter-out $(RUN_IMAGES),$(RUN_IMAGE)),)
$(error BOOT=$(BOOT): what there is to boot is $(strip initramfs $(RUN_IMAGES)); menu Images has the choice)
endif
ifneq ($(and $(RUN_IMAGE),$(strip $(INITRAMFS_EXTRA))),)
$(error INITRAMFS_EXTRA adds to an initramfs, and BOOT=$(BOOT) has none: share a directory instead (SHARE=))
endif
$(if $(filter-out y n,$(KEEP)),$(error KEEP=$(KEEP): y or n is expected))
$(if $(filter-out virtio nvme usb cd,$(RUN_AS))$(word 2,$(RUN_AS)),$(error BOOT=$(BOOT): behind : is virtio, nvme, usb or cd))
$(if $(filter-out auto bios uefi,$(FIRMWARE)),$(error FIRMWARE=$(FIRMWARE): bios or uefi is expected))
# An initramfs is in memory, and the kernel is started without firmware: neither does what is wanted.
ifeq ($(RUN_IMAGE),)
$(if $(filter y,$(KEEP)),$(error KEEP=y is for BOOT=NAME: nothing is kept of an initramfs))
$(if $(FIRMWARE),$(error FIRMWARE=$(FIRMWARE) is for BOOT=NAME, such as BOOT=disk: no firmware boots an initramfs))
endif
# Usage: $(call run-image,VARIABLE)
# What the recipe of the image that is to boot has for it; nothing, if that is the initramfs.
run-image   = $(if $(RUN_IMAGE),$($(image-$(RUN_IMAGE).prefix)_$1))
run-files   = $(addprefix $(O)/images/,$(call run-image,IMAGES))
run-cmdline = $(foreach f,$(filter %.cmdline,$(run-files)),--append "$$(cat $f)")
run-mount   = $(if $(CONFIG_IMAGES_OVERLAY),ro,$(filter ro rw,$(call run-image,BOOT)))
RUN_ROOTFS  = $(if $(RUN_IMAGE),$(run-boot),$(addprefix --initramfs ,$(QEMU_INITRAMFS)))
run-boot    = --boot $(firstword $(run-files)) $(if $(filter y,$(KEEP)),--keep) \
              $(if $(run-firmware),$(run-firmware),$(run-cmdline) --append '$(run-mount) devtmpfs.mount=0 init=$(CONFIG_IMAGES_INIT)')
# An image without what UEFI starts is booted by BIOS, one without what a BIOS starts by UEFI.
run-as       = $(or $(RUN_AS),$(filter virtio nvme usb cd,$(call run-image,BOOT)))
run-firmware = $(if $(or $(FIRMWARE),$(filter firmware,$(call run-image,BOOT))),--firmware $(or $(FIRMWARE),$(run-which)) \
               $(addprefix --boot-as ,$(run-as)))
run-which    = $(if $(CONFIG_IMAGES_EFI_NONE),bios,auto)

# What is in images/, of which runqemu takes what boots faster, or what KERNEL names there; or any kernel, by its path.
RUN_KERNELS := $(sort $(KERNEL_IMAGE) vmlinux)
ifeq ($(findstring /,$(KERNEL)),)
ifneq ($(filter-out $(RUN_KERNELS),$(KERNEL)),)
RUN_THERE := $(subst $(space), and ,$(RUN_KERNELS)), or a kernel by its path (./$(KERNEL))
$(error KERNEL=$(KERNEL): what there is to boot is $(RUN_THERE); LINUX_DIR=DIR builds a tree of your own)
endif
RUN_KERNEL = $(if $(KERNEL),--kernel $(O)/images/$(KERNEL) --config $(O)/images/kernel.config,--images $(O)/images)
else
RUN_KERNEL = $(call run-path,kernel,KERNEL,$(KERNEL))
endif

# What else may mean yes or no would be taken for neither, or for the name of a file.
$(if $(filter-out y n,$(STRICT)),$(error STRICT=$(STRICT): y or n is expected))
$(if $(filter-out y n mcast mcast:%,$(NET)),$(error NET=$(NET): y, n, mcast or mcast:ADDRESS is expected))
ifneq ($(filter yes no on off true false 0 1,$(LOG)),)
$(error LOG=$(LOG): LOG=y shows what the kernel says, and LOG=./$(LOG) is a file)
endif
ifneq ($(filter-out github gitlab n,$(FOLD)),)
$(error FOLD=$(FOLD): github, gitlab or n is expected)
endif
# A job whose command is empty by mistake is not to get a shell, and end well.
ifneq ($(if $(RUN),,$(and $(filter RUN,$(GIVEN)),$(filter qemu-run shell,$(GOALS)))),)
$(error RUN is empty: name a command, or leave RUN out for a shell)
endif

# LOG=y shows what the kernel says, another LOG is a file for it. V=1 shows it where somebody sits at the console.
LOG_FILE  = $(if $(filter-out y n,$(LOG)),$(LOG))
LOG_SHOWN = $(if $(filter y,$(LOG))$(if $(LOG)$(RUN),,$(filter-out 0,$(V))),--show-log)

# Usage: $(call run-option,OPTION,TEXT), $(call run-path,OPTION,VARIABLE,PATH)
# An option of runqemu with one word as its value, if there is one. A path of VARIABLE may begin with ~/.
run-option = $(if $2,--$1 $(call squote,$2))
run-path   = $(if $3,--$1 $(call squote,$(call path-home,$2,$3)))

# The CI systems say in the environment which they are.
RUN_FOLD = $(or $(FOLD),$(if $(filter true,$(GITHUB_ACTIONS)),github,$(if $(filter true,$(GITLAB_CI)),gitlab)))
# What is kept of the first of several runs that failed.
RUN_KEEP = $(RUN_DIR).failed

RUN_MEMORY = $(or $(MEMORY),$(CONFIG_QEMU_MEMORY),256)
RUN_CPUS   = $(or $(call given-number,CPUS),$(CONFIG_QEMU_CPUS),1)
# Not at 'make -n': nothing is loaded then.
RUN_LOADED = $(if $(findstring n,$(firstword -$(MAKEFLAGS))),,$(addprefix --loaded ,$(LOADING)))

# A description of the tree's own is also in the tool.
RUN_ARCH = $(if $(filter support/arch/%,$(ARCH_FILE)),$(CONFIG_ARCH),$(ARCH_FILE))

RUNQEMU = $(TOOLBIN)/runqemu --arch $(RUN_ARCH) --guest-init --cache $(CACHE_DIR) --run-dir $(RUN_DIR) \
          $(RUN_KERNEL) $(RUN_ROOTFS) \
          $(call run-option,memory,$(RUN_MEMORY)) --cpus $(RUN_CPUS) \
          --accel $(or $(CONFIG_QEMU_ACCEL),auto) $(call run-option,machine,$(or $(CONFIG_QEMU_MACHINE),auto)) \
          $(if $(run-firmware),,$(call run-option,append,$(CONFIG_QEMU_APPEND))) \
          $(call run-option,append,$(APPEND)) \
          $(foreach a,$(CONFIG_QEMU_ARGS),$(call run-option,qemu-arg,$a)) \
          $(foreach s,$(SHARE),$(call run-path,share,SHARE,$s)) \
          $(foreach p,$(PORTS),$(call run-option,port,$p)) \
          $(if $(filter y,$(NET)),--net) \
          $(foreach n,$(filter mcast%,$(NET)),--lan $(call squote,$(patsubst mcast:%,%,$(filter-out mcast,$n)))) \
          $(if $(VSOCK),--vsock $(call given-number,VSOCK)) $(call run-option,numa,$(NUMA)) \
          $(call run-path,modules,MODULES,$(MODULES)) $(call run-path,root,ROOT,$(ROOT)) \
          $(foreach h,$(ROOT_HIDE),$(call run-option,root-hide,$h)) $(call run-option,user,$(GUEST_USER)) \
          $(if $(filter n,$(STRICT)),--no-strict --decode) \
          $(foreach d,$(DISK),$(call run-path,disk,DISK,$d)) \
          $(LOG_SHOWN) $(call run-path,log,LOG,$(LOG_FILE)) \
          $(call run-path,json,JSON,$(JSON)) $(call run-path,junit,JUNIT,$(JUNIT)) \
          $(call run-path,expect,EXPECT,$(EXPECT)) $(addprefix --fold ,$(filter-out n,$(RUN_FOLD))) \
          $(if $(REPEAT),--repeat $(call given-number,REPEAT) --keep-failed $(RUN_KEEP)) $(DECODE_RUN) $(CRASH_RUN) $(REMEMBER) \
          $(RUN_LOADED) \
          $(if $(TIMEOUT),--timeout $(call given-number,TIMEOUT)) $(if $(filter-out 0,$(V)),--verbose)

RUN_ARGS = $(if $(RUN),-- $(call squote,$(RUN)))

.PHONY: qemu-run shell run-compare
qemu-run: images $(EXTRA_NEEDS)
	$(if $(filter-out 0,$(V)),,@)$(RUNQEMU) $(RUN_ARGS)

# Nothing is built or read for it: the guest runs already.
shell:
	@[ -x $(TOOLBIN)/runqemu ] || { echo "no guest runs: there is no $(TOOLBIN)/runqemu yet" >&2; exit 1; }
	$(if $(filter-out 0,$(V)),,@)$(TOOLBIN)/runqemu --attach $(RUN_DIR) \
		$(if $(TIMEOUT),--timeout $(call given-number,TIMEOUT)) $(RUN_ARGS)

# Two records of 'make qemu-run REPEAT=NUMBER JSON=FILE'.
COMPARE_NEEDS := run-compare needs A=FILE and B=FILE: records that JSON=FILE has written, with REPEAT=NUMBER
run-compare: $(TOOLS)
	$(if $(and $A,$(GIVEN_B)),,$(error $(COMPARE_NEEDS)))@$(TOOLBIN)/runcompare \
		$(call squote,$(call path-home,A,$A)) $(call squote,$(call path-home,B,$(GIVEN_B)))
