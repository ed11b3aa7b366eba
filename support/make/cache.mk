# SPDX-License-Identifier: GPL-2.0-or-later
# The cache of built packages (docs/artifacts.md).
#
# takes: CACHE_DIR (inputs.mk), CONFIG_CACHE_SIZE
# gives: cache-stats, cache-gc; ARTIFACTS_DIR, CACHE_LIMIT (with its unit, M)

ARTIFACTS_DIR := $(CACHE_DIR)/artifacts
CACHE_LIMIT   := $(or $(CONFIG_CACHE_SIZE),0)M

.PHONY: cache-stats cache-gc
cache-stats: | $(TOOLS)
	@$(TOOLBIN)/artifacts stats --dir $(ARTIFACTS_DIR) --limit $(CACHE_LIMIT)
cache-gc: | $(TOOLS)
	@$(TOOLBIN)/artifacts gc --dir $(ARTIFACTS_DIR) --limit $(CACHE_LIMIT) --verify
