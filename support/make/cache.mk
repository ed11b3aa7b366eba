# SPDX-License-Identifier: GPL-2.0-or-later
# The cache of built packages (docs/artifacts.md).
#
# takes: CACHE_DIR (inputs.mk), CONFIG_CACHE, _SIZE, _URL, _PUSH
# gives: cache-stats, cache-gc; STORE, what the step runner is told of it

ARTIFACTS_DIR := $(CACHE_DIR)/artifacts
CACHE_LIMIT   := $(or $(CONFIG_CACHE_SIZE),0)M

# The remote one is asked anew by every make, until it turns out to be down.
STORE := $(if $(call config-on,CACHE),--store $(ARTIFACTS_DIR) --store-limit $(or $(CONFIG_CACHE_SIZE),0) \
         $(if $(CONFIG_CACHE_URL),--store-url $(call squote,$(CONFIG_CACHE_URL)) --store-down $(B)/.cache-down $(if $(call config-on,CACHE_PUSH),--store-push)))
$(if $(READS_ONLY),,$(if $(wildcard $(B)/.cache-down*),$(shell rm -f $(B)/.cache-down*)))

.PHONY: cache-stats cache-gc
cache-stats: | $(TOOLS)
	@$(TOOLBIN)/artifacts stats --dir $(ARTIFACTS_DIR) --limit $(CACHE_LIMIT)
cache-gc: | $(TOOLS)
	@$(TOOLBIN)/artifacts gc --dir $(ARTIFACTS_DIR) --limit $(CACHE_LIMIT) --verify
