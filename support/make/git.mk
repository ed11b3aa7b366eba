# SPDX-License-Identifier: GPL-2.0-or-later
# Packages from git: <PREFIX>_GIT_URL and _GIT_REF. A full commit id stands for itself; a tag or branch is looked up once,
# and the commit that it was then is kept in $(O)/git/<package> until 'make <package>-update'.
#
# takes: PACKAGES and the recipes (inputs.mk); CONFIG_DL_MIN_RATE
# gives: git-remote (git that speaks to servers); <PREFIX>_GIT_COMMIT; the target <package>-update

GIT_PACKAGES := $(strip $(foreach p,$(PACKAGES),$(if $($($p.prefix)_GIT_URL),$(if $($($p.prefix)_DIR),,$p))))

# A server that gives too little over a minute is given up.
GIT_MIN_RATE := $(or $(CONFIG_DL_MIN_RATE),0)
git-remote    = git -c http.lowSpeedLimit=$(patsubst 0000,0,$(GIT_MIN_RATE)000) -c http.lowSpeedTime=60

# Usage: $(call git-lookup,URL,REF)
# The commit's id, or nothing. An annotated tag's own id comes first, that of the commit it names (REF^{}) second.
define git-lookup
$(shell $(git-own) if printf '%s' $(call squote,$2) | grep -Eqx '[0-9a-f]{40}'; then echo $(call squote,$2); \
	else { $(git-remote) ls-remote -- $(call squote,$1) $(call squote,$2) $(call squote,$2^{}) 2>&1 >&3 3>&- | $(shown) >&2; } 3>&1 | \
		sort -k 2 | tail -n 1 | cut -f 1 | grep -Ex '[0-9a-f]{40}'; fi)
endef

# Usage: $(call git-record,PACKAGE,COMMIT)
# The content of $(O)/git/<package>.
git-record = $(strip $($($1.prefix)_GIT_URL) $($($1.prefix)_GIT_REF) $2)

# Usage: $(call git-kept,PACKAGE), $(call git-kept-in,PACKAGE,RECORD)
# The commit that is kept, if it is that of the same URL and REF and is not to be looked up again.
git-kept    = $(if $(filter $1-update,$(GOALS)),,$(call git-kept-in,$1,$(strip $(file <$(O)/git/$1))))
git-kept-in = $(if $(call eq,$(call git-record,$1,$(word 3,$2)),$2),$(word 3,$2))

# Usage: $(call git-commit,PACKAGE)
git-commit = $(or $(call git-kept,$1),$(strip $(call git-lookup,$($($1.prefix)_GIT_URL),$($($1.prefix)_GIT_REF))))

# Usage: $(call git-keep,PATH,RECORD)
git-keep = $(if $(call stale,$1,$2),$(shell mkdir -p $(dir $1))$(file >$1,$2))

# Usage: $(eval $(call git-package,PACKAGE))
# Look the commit up and keep it. Not to find it is an error that names both.
define git-package
$($1.prefix)_GIT_COMMIT := $$(call git-commit,$1)
ifeq ($$($($1.prefix)_GIT_COMMIT),)
$$(error $1: there is no '$$($($1.prefix)_GIT_REF)' in $$($($1.prefix)_GIT_URL), or it cannot be reached)
endif
$$(call git-keep,$(O)/git/$1,$$(call git-record,$1,$$($($1.prefix)_GIT_COMMIT)))
.PHONY: $1-update
$1-update:
	@printf '  %s: %s of %s is %s\n' $1 $$(call squote,$$($($1.prefix)_GIT_REF)) $$(call squote,$$($($1.prefix)_GIT_URL)) \
		$$($($1.prefix)_GIT_COMMIT)
endef
$(foreach p,$(GIT_PACKAGES),$(eval $(call git-package,$p)))
