# SPDX-License-Identifier: GPL-2.0-or-later
# The architecture of the board: its description, a file of lines 'key = value' that make, the tools and the scripts read
# (docs/architectures.md). No other file names an architecture.
#
# takes: ARCH_FILES (base.mk), CONFIG_ARCH, HOST_MACHINE (inputs.mk), find-program (programs.mk)
# gives: ARCH_FILE (the description), arch.* and machine.* (its lines); ARCH_NATIVE, ARCH_GCC and ARCH_GDB, as arch.sh has
#        them for scripts; KERNEL_IMAGE (the name in images/ of the kernel's file
#        that boots)

# Usage: $(call arch-file,ARCHITECTURE)
# The path of its description; of two with one name, the first in ARCH_ROOTS counts.
arch-file = $(firstword $(filter %/$1.arch,$(ARCH_FILES)))

ARCH_FILE := $(call arch-file,$(CONFIG_ARCH))
ifeq ($(ARCH_FILE)$(UNRESOLVED),)
$(error the architecture '$(CONFIG_ARCH)' of the board $(BOARD) has no description: $(addsuffix /$(CONFIG_ARCH).arch,$(ARCH_ROOTS)) \
	would be it; those that are there are $(ARCH_NAMES))
endif
include $(ARCH_FILE)

# Where no other file boots, vmlinux does.
KERNEL_IMAGE := $(or $(notdir $(arch.image)),vmlinux)

# Non-empty if this machine runs its programs.
ARCH_NATIVE := $(filter $(arch.host),$(HOST_MACHINE))
# Its compiler, and its debugger. Where there is no gdb-multiarch, as Debian has it, gdb knows all architectures.
ARCH_GCC    := $(if $(ARCH_NATIVE),gcc,$(arch.cross)gcc)
ARCH_GDB     = $(if $(ARCH_NATIVE),gdb,$(if $(call find-program,gdb-multiarch),gdb-multiarch,gdb))
