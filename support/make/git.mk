# SPDX-License-Identifier: GPL-2.0-or-later
# Packages from git: <PREFIX>_GIT_URL and _GIT_REF. A full commit id stands for itself; a tag
# or branch is looked up once, and the commit that it was then is kept in $(O)/git/<package>
# until 'make <package>-update'.
#
# takes: PACKAGES and the recipes; CONFIG_DL_MIN_RATE
# gives: git-remote (git that speaks to servers); <PREFIX>_GIT_COMMIT; the target <package>-update

GIT_PACKAGES := $(strip $(foreach p,$(PACKAGES),$(if $($(UP_$p)_GIT_URL),$(if $($(UP_$p)_DIR),,$p))))

# A server that gives too little over a minute is given up.
git-remote = git -c http.lowSpeedLimit=$(or $(CONFIG_DL_MIN_RATE),0)$(if $(filter-out 0,$(CONFIG_DL_MIN_RATE)),000) -c http.lowSpeedTime=60

# $(call git-lookup,URL,REF): the commit's id, or nothing. An annotated tag's own id comes
# first, that of the commit it names (REF^{}) second.
define git-lookup
$(shell $(git-own) if printf '%s' $(call squote,$2) | grep -Eqx '[0-9a-f]{40}'; then echo $(call squote,$2); \
	else { $(git-remote) ls-remote -- $(call squote,$1) $(call squote,$2) $(call squote,$2^{}) 2>&1 >&3 3>&- | $(shown) >&2; } 3>&1 | \
		sort -k 2 | tail -n 1 | cut -f 1 | grep -Ex '[0-9a-f]{40}'; fi)
endef
git-kept = $(word 3,$(filter-out $(if $(filter $($2_GIT_URL),$(word 1,$3)),$(if $(filter $($2_GIT_REF),$(word 2,$3)),,%),%),$3))
define git-commit
$(or $(call git-kept,$1,$2,$(if $(filter $1-update,$(GOALS)),,$(file <$(O)/git/$1))),$(strip $(call git-lookup,$($2_GIT_URL),$($2_GIT_REF))))
endef
$(foreach p,$(GIT_PACKAGES),$(eval $(UP_$p)_GIT_COMMIT := $$(call git-commit,$p,$(UP_$p))))

# Remember it; not to find it is an error that names both.
git-line = $($2_GIT_URL) $($2_GIT_REF) $($2_GIT_COMMIT)
git-keep = $(if $($2_GIT_COMMIT),$(if $(call stale,$(O)/git/$1,$(git-line)),$(shell mkdir -p $(O)/git)$(file >$(O)/git/$1,$(git-line))),$(error $1: there is no '$($2_GIT_REF)' in $($2_GIT_URL), or it cannot be reached))
$(foreach p,$(GIT_PACKAGES),$(call git-keep,$p,$(UP_$p)))

.PHONY: $(GIT_PACKAGES:%=%-update)
$(foreach p,$(GIT_PACKAGES),$(eval $p-update: ; @printf '  %s: %s of %s is %s\n' $p $$(call squote,$$($(UP_$p)_GIT_REF)) $$(call squote,$$($(UP_$p)_GIT_URL)) $$($(UP_$p)_GIT_COMMIT)))
