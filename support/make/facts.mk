# SPDX-License-Identifier: GPL-2.0-or-later
# What tools that tell of packages are told of each, as lines of a list (support/lib/base/keylist.h). A key
# without a value is as none.
#
# takes: what package.mk and source.mk know of packages
# gives: package-facts; write-list

# $1 the name, $2 the prefix
define package-facts
package $1
recipe $($2_PKGDIR)/$1.mk
version $($2_VERSION)
license $($2_LICENSE)
mode $(mode-of)
type $(type-of)
dir $(B)/$1
owner $(if $(local-dir),,$($2_SRC_OF))
local $(local-dir)
source $(if $(has-file),$(dl-path))
git-url $(if $(has-git),$($2_GIT_URL))
git-commit $(has-git)
depends $(deps-of)
$(call lines,$(if $(has-file),$(foreach s,$($2_SITE),url $(s:%/=%)/$($2_SOURCE)
)$(foreach h,$(digests-of),sha256 $h
))$(foreach f,$(patches-of),patch $f
))
endef

# $(call write-list,FILE,TEXT), without the spaces that foreach puts between lines.
write-list = $(file >$1,$(subst $(newline)$(space),$(newline),$2))
