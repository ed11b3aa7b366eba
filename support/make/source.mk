# SPDX-License-Identifier: GPL-2.0-or-later
# Sources: from the mirrors, the upstream sites or the pool, verified, into $(DL).
#
# takes: the recipes; survey (package.mk); CONFIG_MIRROR, CONFIG_OFFLINE, CONFIG_POOL,
#        CONFIG_DL_MIN_RATE, CONFIG_DL_MAX_SIZE; git-remote (git.mk)
# gives: the targets source, source-all, source-list, source-list-all; DEST= leaves a mirror

FETCH_JOBS := 4
fetch = $(TOOLBIN)/fetch -d $(DL) -j $(FETCH_JOBS) $(foreach m,$(CONFIG_MIRROR),--mirror $(call squote,$m)) \
        $(CONFIG_DL_MIN_RATE:%=--min-rate %K) $(CONFIG_DL_MAX_SIZE:%=--max-size %M) \
        $(if $(call config-on,OFFLINE),--offline) $(if $(CONFIG_POOL),--pool $(call squote,$(CONFIG_POOL)))

has-file  = $(if $(local-dir)$($2_SRC_OF)$($2_GIT_COMMIT),,$($2_SOURCE))
has-git   = $(if $(local-dir)$($2_SRC_OF),,$($2_GIT_COMMIT))

# An entry of fetch's list (docs/fetch.md).
define source-entry
file $(dl-path)
$(call lines,$(foreach d,$(digests-of),sha256 $d
)$(foreach s,$($2_SITE),url $(s:%/=%)/$($2_SOURCE)
)$(foreach p,$($2_POOL),pool $p
))

endef
no-digest = $(error $($2_PKGDIR)/$1.hash has no digest for $($2_SOURCE): add a line 'sha256  <digest>  $($2_SOURCE)')
checked-entry = $(if $(has-file),$(if $(digests-of),$(source-entry),$(no-digest)))

# What the configuration needs.
SOURCE_FILES = $(sort $(foreach p,$(PACKAGES),$(if $(call has-file,$p,$(UP_$p)),$(DL)/$(call dl-path,$p,$(UP_$p)))))
SOURCE_LIST  = $(call lines,$(foreach p,$(PACKAGES),$(call checked-entry,$p,$(UP_$p))))

# What all packages need in every version that they pin.
versions-of = $(or $($2_VERSIONS),$($2_VERSION))
each-version = $(call lines,$(foreach v,$(call versions-of,$1,$2),$(eval $2_VERSION := $v)$(call checked-entry,$1,$2)))
SOURCE_LIST_ALL = $(call lines,$(foreach p,$(ALL_PACKAGES),$(call each-version,$p,$(UP_$p))))

# Files that are not there yet, all by one fetch; those that are there were verified when
# they came, and are once more when they are unpacked. Where a package is built already, or its image
# is in the store, its file is not needed: SOURCES_NEEDED are the packages whose is.
MISSING := $(filter-out $(wildcard $(SOURCE_FILES)),$(SOURCE_FILES))
ifneq ($(and $(MISSING),$(BUILD_GOALS)),)
SOURCES_NEEDED := $(call survey,--unbuilt)
endif
SOURCES_NEEDED += $(if $(filter legal-info,$(GOALS)),$(PACKAGES)) $(foreach s,unpack configure menuconfig nconfig localmodconfig savedefconfig,$(patsubst %-$s,%,$(filter %-$s,$(GOALS))))

needs-file = $(and $(filter $1,$(SOURCES_NEEDED)),$(has-file),$(filter $(MISSING),$(DL)/$(dl-path)))
fetch-for  = $(strip $(foreach p,$(PACKAGES),$(if $(call needs-file,$p,$(UP_$p)),$p)))
FETCH_FOR := $(fetch-for)
ifneq ($(FETCH_FOR),)
FETCHED := $(sort $(foreach p,$(FETCH_FOR),$(DL)/$(call dl-path,$p,$(UP_$p))))
$(FETCHED) &: | $(TOOLS)
	$(file >$(ENGINE)/fetch.list,$(call lines,$(foreach p,$(FETCH_FOR),$(call checked-entry,$p,$(UP_$p)))))@$(fetch) $(ENGINE)/fetch.list
endif

# Whoever uses a package's sources waits for its file.
source-users = $(B)/$1/stamp $(if $(own-src),$1-unpack) $(if $(filter kbuild,$(type-of)),$1-configure)
source-wait = $(foreach p,$(PACKAGES),$(call source-wait-1,$p,$(UP_$p),$(call src-owner,$p,$(UP_$p))))
define source-wait-1
$(if $(local-dir),,$(if $(filter $3,$(FETCH_FOR)),$(source-users): | $(DL)/$(call dl-path,$3,$(UP_$3))
)$(if $(call has-git,$3,$(UP_$3)),$(source-users): | $(DL)/$3/$3.git/$($(UP_$3)_GIT_COMMIT)
))
endef
$(eval $(source-wait))

ifneq ($(filter source source-all,$(GOALS)),)
$(if $(filter DEST,$(GIVEN)),$(if $(strip $(DEST)),,$(error DEST is empty: name the directory for the mirror, as in 'make source DEST=/srv/whittle')))
endif

.PHONY: source source-all source-list source-list-all
source: SOURCES = $(SOURCE_LIST)
source-all: SOURCES = $(SOURCE_LIST_ALL)
source source-all: | $(TOOLS)
	$(file >$(ENGINE)/$@.list,$(SOURCES))@$(fetch) --check $(if $(DEST),--dest $(call squote,$(call path-home,DEST,$(DEST)))) $(ENGINE)/$@.list

source-list: SOURCES = $(SOURCE_LIST)
source-list-all: SOURCES = $(SOURCE_LIST_ALL)
source-list source-list-all: | $(TOOLS)
	$(file >$(ENGINE)/$@.list,$(SOURCES))@$(fetch) --list $(ENGINE)/$@.list

# ---- git ----
# A bare repository for each package that comes from one; a commit in it is complete when
# the file of its name is there. git itself verifies what a commit id names.
git-fetch = $(git-remote) --git-dir=$(DL)/$1/$1.git fetch -q
define git-rule
$(DL)/$1/$1.git/$($2_GIT_COMMIT):
	$$(call quiet,FETCH,$1 $($2_GIT_COMMIT) from $$($2_GIT_URL))set -e; \
	if [ -n '$(call config-on,OFFLINE)' ]; then echo "$1: commit $($2_GIT_COMMIT) is not in $(DL)/$1/$1.git, and this configuration is offline" >&2; exit 1; fi; \
	mkdir -p $(DL)/$1; git init -q --bare $(DL)/$1/$1.git; said=$(DL)/$1/$1.git/said$$$$$$$$; got=; \
	if $(git-fetch) --depth 1 -- $$(call squote,$$($2_GIT_URL)) $($2_GIT_COMMIT) 2>"$$$$said" || \
		$(git-fetch) -- $$(call squote,$$($2_GIT_URL)) '+refs/*:refs/fetched/*' 2>>"$$$$said"; then got=y; fi; \
	$(shown) <"$$$$said" >&2; rm -f "$$$$said"; test "$$$$got"; \
	git --git-dir=$(DL)/$1/$1.git cat-file -e '$($2_GIT_COMMIT)^{commit}'; \
	touch $$@
endef
$(foreach p,$(PACKAGES),$(if $(call has-git,$p,$(UP_$p)),$(eval $(call git-rule,$p,$(UP_$p)))))
