# SPDX-License-Identifier: GPL-2.0-or-later
# Packages that the cache does not have are built on other machines, in order of dependence (docs/hosts.md).
#
# takes: HOSTS, SSH_CONFIG; LLVM; ARTIFACTS_DIR (cache.mk); survey-write, step-store (package.mk)
# gives: built-there, the line before the step runner's in the recipe of a stamp; hosts-ready

BUILD_HOSTS := $(if $(filter matrix bisect,$(GOALS)),,$(HOSTS))

# Usage: $(call built-there,PACKAGE)
built-there   = $(if $(and $(BUILD_HOSTS),$(call step-store,$1)),@$(built-env) sh support/make/elsewhere.sh $1 \
                $(call squote,$($1.title)))
built-env     = env -u MAKEFLAGS -u MAKELEVEL -u MFLAGS O=$(abspath $(O)) TOOLDIR=$(abspath $(TOOLDIR)) LIST=$(SURVEY_LIST) \
                STORE=$(ARTIFACTS_DIR) QUIET=$(if $(silent),y) $(call dev-give,HOSTS) SSH_CONFIG=$(call squote,$(abspath \
                $(call given-path,SSH_CONFIG))) $(if $(filter LLVM,$(GIVEN)),LLVM=$(call squote,$(or $(LLVM),n)))

ifneq ($(BUILD_HOSTS),)
# the configuration may not have been read yet
ifneq ($(CONFIG_CACHE)$(if $(CONFIG_ARCH),,y),y)
$(error HOSTS= needs the cache of built packages, by which their images arrive: CONFIG_CACHE is not set)
endif
.PHONY: hosts-ready
hosts-ready: $(TOOLS)
	@$(survey-write)$(built-env) sh support/make/elsewhere.sh begin
$(PACKAGES:%=$(B)/%/stamp): | hosts-ready
endif
