# SPDX-License-Identifier: GPL-2.0-or-later
# Sources: from the mirrors, the upstream sites or the pool, verified, into $(DL).
#
# takes: the recipes and what model.mk gives; survey (package.mk); git-remote (git.mk); CONFIG_MIRROR, CONFIG_OFFLINE,
#        CONFIG_POOL, CONFIG_DL_MIN_RATE, CONFIG_DL_MAX_SIZE
# gives: the targets source, source-all, source-list, source-list-all; DEST= leaves a mirror

FETCH_JOBS := 4
fetch = $(TOOLBIN)/fetch -d $(DL) -j $(FETCH_JOBS) $(foreach m,$(CONFIG_MIRROR),--mirror $(call squote,$m)) \
        $(CONFIG_DL_MIN_RATE:%=--min-rate %K) $(CONFIG_DL_MAX_SIZE:%=--max-size %M) \
        $(if $(CONFIG_OFFLINE),--offline) $(if $(CONFIG_POOL),--pool $(call squote,$(CONFIG_POOL)))

# ---- lists for fetch (docs/fetch.md) ----

# Usage: $(call source-entry,PACKAGE)
# The entry of its file, as the recipe's VERSION is just then.
define source-entry
file $(call source-path,$1)
$(call lines,$(foreach d,$(call source-digests,$1),sha256 $d
)$(foreach s,$($($1.prefix)_SITE),url $(s:%/=%)/$($($1.prefix)_SOURCE)
)$(foreach p,$($($1.prefix)_POOL),pool $p
))

endef

# Usage: $(call checked-entry,PACKAGE)
# Nothing if no file is downloaded for it. One without a digest is an error.
checked-entry = $(if $($1.source),$(if $(call source-digests,$1),$(call source-entry,$1),$(call no-digest,$1,$($($1.prefix)_SOURCE))))
# Usage: $(call no-digest,PACKAGE,FILE)
no-digest     = $(error $($1.pkgdir)/$1.hash has no digest for $2: add a line 'sha256  <digest>  $2')

# Usage: $(call each-version,PACKAGE)
# An entry for each version that the recipe pins: its VERSION is each in turn, for as long as the entry is made.
each-version = $(foreach $($1.prefix)_VERSION,$(or $($($1.prefix)_VERSIONS),$($1.version)),$(call checked-entry,$1))

# What the configuration needs, and what all packages need in every version.
SOURCE_FILES    = $(sort $(foreach p,$(PACKAGES),$(addprefix $(DL)/,$($p.source))))
SOURCE_LIST     = $(call lines,$(foreach p,$(PACKAGES),$(call checked-entry,$p)))
SOURCE_LIST_ALL = $(call lines,$(foreach p,$(ALL_PACKAGES),$(call each-version,$p)))

# ---- files that are missing ----

# Those are fetched all at once; those that are there were verified when they came, and are once more when they are
# unpacked. Where a package is built already, or its image is in the store, its file is not needed: SOURCES_NEEDED are the
# packages whose is.
MISSING := $(filter-out $(wildcard $(SOURCE_FILES)),$(SOURCE_FILES))
ifneq ($(and $(MISSING),$(BUILD_GOALS)),)
SOURCES_NEEDED := $(call survey,--unbuilt)
endif
SOURCES_NEEDED += $(if $(filter legal-info,$(GOALS)),$(PACKAGES))
SOURCES_NEEDED += $(foreach s,unpack configure menuconfig nconfig localmodconfig savedefconfig,$(patsubst %-$s,%,$(filter %-$s,$(GOALS))))

FETCH_FOR := $(strip $(foreach p,$(filter $(SOURCES_NEEDED),$(PACKAGES)),$(if $(filter $(MISSING),$(addprefix $(DL)/,$($p.source))),$p)))
ifneq ($(FETCH_FOR),)
FETCHED := $(sort $(foreach p,$(FETCH_FOR),$(DL)/$($p.source)))
$(FETCHED) &: | $(TOOLS)
	$(file >$(ENGINE)/fetch.list,$(call lines,$(foreach p,$(FETCH_FOR),$(call checked-entry,$p))))@$(fetch) $(ENGINE)/fetch.list
endif

# Usage: $(call source-users,PACKAGE)
# The targets that use its sources.
source-users = $(B)/$1/stamp $(if $($1.unpacks),$1-unpack) $(if $(filter kbuild,$($1.type)),$1-configure)

# Usage: $(call source-downloads,OWNER)
# What its sources are unpacked from, of what this make downloads.
source-downloads = $(if $(filter $1,$(FETCH_FOR)),$(DL)/$($1.source)) $(addprefix $(DL)/$1/$1.git/,$($1.commit))

# Usage: $(call source-wait,PACKAGE)
# Whoever uses a package's sources waits for its file.
define source-wait
$(if $($1.local),,$(if $(strip $(call source-downloads,$($1.owner))),$(call source-users,$1): | $(call source-downloads,$($1.owner))))

endef
$(eval $(foreach p,$(PACKAGES),$(call source-wait,$p)))

# ---- goals ----

ifneq ($(filter source source-all,$(GOALS)),)
ifeq ($(filter DEST,$(GIVEN))$(strip $(DEST)),DEST)
$(error DEST is empty: name the directory for the mirror, as in 'make source DEST=/srv/whittle')
endif
endif

fetch-dest = $(if $(DEST),--dest $(call squote,$(call path-home,DEST,$(DEST))))

.PHONY: source source-all source-list source-list-all
source source-list: SOURCES = $(SOURCE_LIST)
source-all source-list-all: SOURCES = $(SOURCE_LIST_ALL)
source source-all: | $(TOOLS)
	$(file >$(ENGINE)/$@.list,$(SOURCES))@$(fetch) --check $(fetch-dest) $(ENGINE)/$@.list
source-list source-list-all: | $(TOOLS)
	$(file >$(ENGINE)/$@.list,$(SOURCES))@$(fetch) --list $(ENGINE)/$@.list

# ---- git ----

# A bare repository for each package that comes from one; a commit in it is complete when the file of its name is there.
# git itself verifies what a commit id names.

# Usage: $(call git-rule,PACKAGE)
# The rule that fetches its commit: it alone, or all that the server has where it gives no single commits. What git
# says is shown without control characters.
define git-rule
$(DL)/$1/$1.git/$($1.commit):
	$$(call quiet,FETCH,$1 $($1.commit) from $$($($1.prefix)_GIT_URL))set -e; \
	git=$(DL)/$1/$1.git commit=$($1.commit) url=$$(call squote,$$($($1.prefix)_GIT_URL)); \
	if [ -n '$(CONFIG_OFFLINE)' ]; then \
		echo "$1: commit $$$$commit is not in $$$$git, and this configuration is offline" >&2; exit 1; \
	fi; \
	mkdir -p $(DL)/$1; git init -q --bare $$$$git; said=$$$$git/said$$$$$$$$; got=; \
	if $(git-remote) --git-dir=$$$$git fetch -q --depth 1 -- "$$$$url" $$$$commit 2>"$$$$said" || \
		$(git-remote) --git-dir=$$$$git fetch -q -- "$$$$url" '+refs/*:refs/fetched/*' 2>>"$$$$said"; then got=y; fi; \
	$(shown) <"$$$$said" >&2; rm -f "$$$$said"; test "$$$$got"; \
	git --git-dir=$$$$git cat-file -e "$$$$commit^{commit}"; \
	touch $$@
endef
$(foreach p,$(PACKAGES),$(if $($p.commit),$(eval $(call git-rule,$p))))
