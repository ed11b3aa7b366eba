# SPDX-License-Identifier: GPL-2.0-or-later
# The cache of built packages (docs/artifacts.md).
#
# takes: CACHE_DIR (inputs.mk); CONFIG_CACHE, CONFIG_CACHE_SIZE, CONFIG_CACHE_URL, CONFIG_CACHE_PUSH
# gives: cache-stats, cache-gc; STORE, the step runner's options for it

ARTIFACTS_DIR := $(CACHE_DIR)/artifacts
CACHE_SIZE    := $(or $(CONFIG_CACHE_SIZE),0)

STORE :=
ifeq ($(CONFIG_CACHE),y)
STORE += --store $(ARTIFACTS_DIR) --store-limit $(CACHE_SIZE)
ifneq ($(CONFIG_CACHE_URL),)
STORE += --store-url $(call squote,$(CONFIG_CACHE_URL)) --store-down $(B)/.cache-down
ifeq ($(CONFIG_CACHE_PUSH),y)
STORE += --store-push
endif
endif
endif
# The remote one is asked anew by every make, until it turns out to be down.
ifeq ($(READS_ONLY),)
$(if $(wildcard $(B)/.cache-down*),$(shell rm -f $(B)/.cache-down*))
endif

.PHONY: cache-stats cache-gc
cache-stats: | $(TOOLS)
	@$(TOOLBIN)/artifacts stats --dir $(ARTIFACTS_DIR) --limit $(CACHE_SIZE)M
cache-gc: | $(TOOLS)
	@$(TOOLBIN)/artifacts gc --dir $(ARTIFACTS_DIR) --limit $(CACHE_SIZE)M --verify
