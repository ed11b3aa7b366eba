# SPDX-License-Identifier: GPL-2.0-or-later
# A launcher in front of the kernel's compiler: ccache, distcc or icecc (docs/launchers.md). No script and so no key of a
# package knows of it: steps of packages of MODE kernel find it in $TOOLS, by the compiler's name.
#
# takes: CONFIG_LAUNCHER_*; CC_KERNEL, COMPILERS_KERNEL (env.mk), KERNEL_LLVM (llvm.mk); find-program; CACHE_DIR; the data model;
#        step-name, step-common, step (package.mk)
# gives: step-launched

ifeq ($(CONFIG_LAUNCHER_CCACHE),y)
LAUNCHER := ccache
else ifeq ($(CONFIG_LAUNCHER_DISTCC),y)
LAUNCHER := distcc
else ifeq ($(CONFIG_LAUNCHER_ICECC),y)
LAUNCHER := icecc
else # CONFIG_LAUNCHER_NONE
LAUNCHER :=
endif
LAUNCHED := $(if $(LAUNCHER),$(filter $(PACKAGES),$(call having,mode,kernel)))

launch-none := or choose 'the compiler alone' in menu Toolchain$(comma) Compile with (make set OPTIONS=LAUNCHER_NONE=y)
LAUNCHER_PATH := $(if $(LAUNCHED),$(call find-program,$(LAUNCHER)))
ifneq ($(LAUNCHED),)
ifeq ($(LAUNCHER_PATH),)
$(error $(LAUNCHER)$(comma) which the kernel is to be compiled with$(comma) is not to be found in $(SEARCH_DIRS): \
	scripts/bootstrap installs it; $(launch-none))
endif
ifneq ($(findstring /,$(CC_KERNEL)),)
$(error $(LAUNCHER) is put in front of a compiler that is found by its name$(comma) but $(CC_KERNEL) is a path: \
	link it into /usr/local/bin$(comma) $(launch-none))
endif
ifeq ($(LAUNCHER)$(strip $(CONFIG_LAUNCHER_SERVERS)),distcc)
$(error no server of distcc is named: make set OPTIONS='LAUNCHER_SERVERS="HOST HOST:PORT HOST/JOBS"'$(comma) $(launch-none))
endif
endif

LAUNCH_STORE := $(CACHE_DIR)/ccache
launch-ccache = --store $(LAUNCH_STORE) --limit $(CONFIG_LAUNCHER_CCACHE_SIZE) \
                $(if $(CONFIG_LAUNCHER_CCACHE_REMOTE),--remote $(call squote,$(CONFIG_LAUNCHER_CCACHE_REMOTE))) \
                --identity $(subst $(space),.,$(foreach p,$(COMPILERS_KERNEL),$(DIGEST_$p)))
launch-distcc = $(foreach s,$(CONFIG_LAUNCHER_SERVERS),--server $(call squote,$s))
launch-icecc  = --scheduler $(call squote,$(or $(CONFIG_LAUNCHER_SCHEDULER),localhost))
# Usage: $(call launch-options,PACKAGE)
launch-options = --by $(LAUNCHER) --program $(LAUNCHER_PATH) --cc $(firstword $(COMPILERS_KERNEL)) \
                 --dir $(abspath $(B))/$1/launch --say 9 $(launch-$(LAUNCHER))

# Usage: $(call step-launched,PACKAGE,WORDS)
# The commands that run its steps: by way of the launcher, or as those of all others.
step-launched = $(if $(filter $1,$(LAUNCHED)),$(call launch-around,$1,$2),$(jobs)$(call step,$1) $2)
# Usage: $(call launch-around,PACKAGE,WORDS)
# The launcher needs the network, and ccache its directory.
define launch-around
@$(TOOLBIN)/launch begin $(call launch-options,$1) $(TOOLBIN)
$(jobs)$(call step-by,$1,$(B)/$1/launch/bin) --network $(if $(CONFIG_LAUNCHER_CCACHE),--writable $(LAUNCH_STORE)) $2
$(if $(silent),,@$(TOOLBIN)/launch end $(call launch-options,$1) | sed 's/^/  LAUNCH    $1: /')
endef
