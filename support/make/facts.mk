# SPDX-License-Identifier: GPL-2.0-or-later
# Package facts exported to tools, as lines of a list (support/lib/base/keylist.h). A key without a value is as none.
#
# takes: the data model (model.mk)
# gives: package-facts, write-list

# Usage: $(call package-facts,PACKAGE)
define package-facts
package $1
recipe $($1.recipe)
version $($1.version)
license $($($1.prefix)_LICENSE)
mode $($1.mode)
type $($1.type)
dir $(B)/$1
owner $(if $($1.local),,$(filter-out $1,$($1.owner)))
local $($1.local)
source $($1.source)
git-url $(if $($1.commit),$($($1.prefix)_GIT_URL))
git-commit $($1.commit)
depends $($1.deps)
$(call lines,$(if $($1.source),$(foreach s,$($($1.prefix)_SITE),url $(s:%/=%)/$($($1.prefix)_SOURCE)
)$(foreach h,$(call source-digests,$1),sha256 $h
))$(foreach f,$($1.patches),patch $f
))
endef

# Usage: $(call write-list,FILE,TEXT)
# Without the spaces that foreach puts between lines.
write-list = $(file >$1,$(call lines,$2))
