# SPDX-License-Identifier: GPL-2.0-or-later
# Whittle: a minimal Linux system from source. 'make help' tells what to type;
# docs/how-it-works.md tells what happens then.

ifeq ($(filter grouped-target,$(.FEATURES)),)
$(error Whittle needs GNU make 4.3 or newer; this is $(MAKE_VERSION))
endif

include support/make/given.mk
include support/make/records.mk
O       ?= output
V       ?= 0
override V := $(or $(call given-number,V),0)
override O := $(patsubst %/,%,$(call given-path,O))

BOARD_DEFAULT   := qemu-x86_64
KCONFIG_PACKAGE := linux

include support/make/base.mk
ifeq ($(MIXED_GOALS),)
include support/make/output.mk
include support/make/tools.mk
include support/make/fuzz.mk
include support/make/install.mk
include support/make/config.mk
ifneq ($(ENGINE_WANTED),)
include support/make/inputs.mk
ifeq ($(INPUTS_READY),y)
include support/make/arch.mk
include support/make/programs.mk
include support/make/llvm.mk
include support/make/env.mk
include support/make/types.mk
include support/make/imagetype.mk
include support/make/vocabulary.mk
include support/make/git.mk
include support/make/model.mk
include support/make/rootfs.mk
include support/make/modules.mk
include support/make/cache.mk
include support/make/launch.mk
include support/make/package.mk
include support/make/source.mk
include support/make/images.mk
include support/make/explain.mk
include support/make/kbuild.mk
include support/make/initramfs.mk
include support/make/run.mk
include support/make/debug.mk
include support/make/coverage.mk
include support/make/chart.mk
include support/make/crash.mk
include support/make/record.mk
include support/make/repro.mk
include support/make/write.mk
include support/make/facts.mk
include support/make/book.mk
include support/make/inventory.mk
endif
else ifneq ($(filter shell,$(GOALS)),)
include support/make/run.mk
endif
include support/make/clangd.mk
include support/make/dev.mk
include support/make/elsewhere.mk
include support/make/packages.mk
include support/make/check.mk
include support/make/help.mk
include support/make/meant.mk
include support/make/complete.mk
endif
