# SPDX-License-Identifier: GPL-2.0-or-later
# The cache of built packages (docs/artifacts.md), and the one that people share (docs/shared-cache.md).
#
# takes: CACHE_DIR (inputs.mk); CONFIG_CACHE, CONFIG_CACHE_SIZE, CONFIG_CACHE_URL, CONFIG_CACHE_PUSH, CONFIG_CACHE_TRUST,
#        CONFIG_CACHE_SIGN_KEY; CACHE_TRUST, CACHE_KEY
# gives: cache-stats, cache-gc, cache-push; STORE, the step runner's options for it

ARTIFACTS_DIR := $(CACHE_DIR)/artifacts
CACHE_SIZE    := $(or $(CONFIG_CACHE_SIZE),0)

# Usage: $(call cache-file,VARIABLE,OPTION,WHAT), $(call cache-there,NAME,FILE,WHAT)
# The file that VARIABLE names if it is given (nothing if it is empty), else the one that OPTION names. It must exist.
cache-file  = $(call cache-there,$(if $(filter $1,$(GIVEN)),$1,$2),$(call given-path,$(if $(filter $1,$(GIVEN)),$1,$2)),$3)
cache-there = $(if $2,$(or $(realpath $2),$(error $1=$2: there is no such file; it is $3 (docs/shared-cache.md))))

STORE_TRUST := $(call cache-file,CACHE_TRUST,CONFIG_CACHE_TRUST,the list of those who may sign built packages)
STORE_SIGN  := $(call cache-file,CACHE_KEY,CONFIG_CACHE_SIGN_KEY,the ssh key that built packages are signed with)
# What is built from packages of others has their signature, too, in a way.
ifneq ($(and $(STORE_SIGN),$(if $(STORE_TRUST),,y)),)
$(error $(STORE_SIGN) is to sign packages that may be built from ones of anybody: \
        set CACHE_TRUST, too, to a file that has the public key (docs/shared-cache.md))
endif

STORE :=
ifeq ($(CONFIG_CACHE),y)
STORE += --store $(ARTIFACTS_DIR) --store-limit $(CACHE_SIZE) $(addprefix --store-trust ,$(STORE_TRUST))
ifneq ($(CONFIG_CACHE_URL),)
STORE += --store-url $(call squote,$(CONFIG_CACHE_URL)) --store-down $(B)/.cache-down
ifeq ($(CONFIG_CACHE_PUSH),y)
STORE += --store-push $(addprefix --store-sign ,$(STORE_SIGN))
endif
endif
endif
# The remote one is asked anew by every make, until it turns out to be down.
ifeq ($(READS_ONLY),)
$(if $(wildcard $(B)/.cache-down*),$(shell rm -f $(B)/.cache-down*))
endif

.PHONY: cache-stats cache-gc cache-push
cache-stats: | $(TOOLS)
	@$(TOOLBIN)/artifacts stats --dir $(ARTIFACTS_DIR) --limit $(CACHE_SIZE)M
cache-gc: | $(TOOLS)
	@$(TOOLBIN)/artifacts gc --dir $(ARTIFACTS_DIR) --limit $(CACHE_SIZE)M --verify
cache-push: | $(TOOLS)
	$(if $(CONFIG_CACHE_URL),,$(error there is no remote cache: 'make set OPTIONS=CACHE_URL=https://...' names one))
	@$(TOOLBIN)/artifacts push --dir $(ARTIFACTS_DIR) --url $(call squote,$(CONFIG_CACHE_URL)) \
		$(addprefix --trust ,$(STORE_TRUST)) $(addprefix --sign ,$(STORE_SIGN))
