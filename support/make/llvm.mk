# SPDX-License-Identifier: GPL-2.0-or-later
# clang and lld, as the compiler of the kernel and its modules alone: chosen in menu Toolchain, or by LLVM=, which is
# what kbuild's own LLVM= is: 1, a suffix such as -16, or a directory with a slash at its end; or n for gcc, which is
# CONFIG_TOOLCHAIN_KERNEL_GCC.
#
# takes: LLVM, CONFIG_TOOLCHAIN_KERNEL_LLVM, CONFIG_TOOLCHAIN_LLVM; arch.llvm; find-program, with-libraries (programs.mk)
# gives: KERNEL_LLVM (empty if gcc compiles the kernel), LLVM_CC, LLVM_BINS (NAME=PROGRAM), COMPILERS_LLVM (paths)

LLVM_CC        :=
LLVM_BINS      :=
COMPILERS_LLVM :=

llvm-config := $(if $(CONFIG_TOOLCHAIN_KERNEL_LLVM),$(or $(CONFIG_TOOLCHAIN_LLVM),1))
llvm-given  := $(if $(filter LLVM,$(GIVEN)),$(or $(LLVM),n),$(llvm-config))
KERNEL_LLVM := $(filter-out n,$(if $(llvm-given),$(call path,LLVM,$(llvm-given))))

llvm-remedy := scripts/bootstrap installs it$(comma) menu Toolchain or LLVM=-VERSION chooses another one$(comma) LLVM=n is gcc

ifneq ($(KERNEL_LLVM),)
ifneq ($(filter-out 1 -% %/,$(KERNEL_LLVM)),)
$(error LLVM=$(KERNEL_LLVM): 1, a suffix such as -16, a directory with a slash at its end, or n for gcc is expected)
endif
ifneq ($(and $(CONFIG_ARCH),$(if $(arch.llvm),,n)),)
$(error clang cannot compile the kernel for $(CONFIG_ARCH) ($(arch.title)): LLVM=n is gcc)
endif

# Usage: $(call llvm,PROGRAM)
llvm      = $(filter %/,$(KERNEL_LLVM))$1$(filter -%,$(KERNEL_LLVM))
llvm-bins = LD=ld.lld AR=llvm-ar NM=llvm-nm STRIP=llvm-strip OBJCOPY=llvm-objcopy OBJDUMP=llvm-objdump READELF=llvm-readelf
LLVM_CC   := $(call llvm,clang)
LLVM_BINS := $(foreach b,$(llvm-bins),$(call pair-name,$b)=$(call llvm,$(call pair-value,$b)))

llvm-tools := $(LLVM_CC) $(call pair-values,$(LLVM_BINS))
llvm-lacks := $(firstword $(foreach p,$(llvm-tools),$(if $(call find-program,$p),,$p)))
ifneq ($(llvm-lacks),)
$(error $(llvm-lacks)$(comma) which the kernel is to be built with$(comma) is not to be \
	found$(if $(findstring /,$(KERNEL_LLVM)),,$(space)in $(SEARCH_DIRS)): $(llvm-remedy))
endif
COMPILERS_LLVM := $(call with-libraries,$(foreach p,$(llvm-tools),$(call find-program,$p)))
endif
