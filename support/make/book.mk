# SPDX-License-Identifier: GPL-2.0-or-later
# The book of this configuration: how to build by hand what was built, from the same scripts.
# The tool makes it of a list of the packages, which is written here (docs/book.md).
#
# takes: PACKAGES and what package.mk and source.mk know of them; LIBS_* (tools.mk); what is built
# gives: book

# Programs of ours that scripts run, and what of support/lib they call;
# of what bootstrap installs, what no script needs.
BOOK_TOOLS    := unpack wcc kmerge mkinitramfs mkpasswd mkusers
BOOK_LIB      := buf digest file msg
BOOK_NEEDLESS := kconfig certs <curl/curl.h> <cjson/cJSON.h>

# Files of the tree are copied from there; those of the user's stand in the book.
book-file = $(if $(filter /% $(O)/%,$2),embed,copy) $1 $2

# A key without a value is as none.
define book-package
package $1
symbol PACKAGE_$2
kconfig $($2_PKGDIR)/Kconfig
recipe $($2_PKGDIR)/$1.mk
version $($2_VERSION)
license $($2_LICENSE)
mode $(mode-of)
type $(type-of)
base $(if $(filter kbuild,$(type-of)),$(if $(call kbuild-base-file,$2),base.config,$($2_KCONFIG_BASE)))
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
)$(foreach f,$(files-of),$(call book-file,$(firstword $(subst =, ,$f)),$(lastword $(subst =, ,$f)))
))
endef

define BOOK_LIST
set title Whittle by hand: $(BOARD)
set board $(BOARD)
set arch $(CONFIG_ARCH)
set initramfs $(INITRAMFS)
set memory $(or $(CONFIG_QEMU_MEMORY),256)
set cpus $(or $(CONFIG_QEMU_CPUS),1)
set append $(if $(CONFIG_QEMU_APPEND), $(CONFIG_QEMU_APPEND))
unit $(firstword $(CONFIG_TOOLCHAIN_PACKAGES))
rootfs $(B)/rootfs
manifest $(B)/rootfs/image/images/rootfs.manifest
needs scripts/bootstrap
$(foreach n,$(BOOK_NEEDLESS),needless $n
)lib $(BOOK_LIB)
$(foreach t,$(BOOK_TOOLS),tool $t $(LIBS_$t) $(LIBS_lib)
)$(foreach p,$(PACKAGES),$(call book-package,$p,$(UP_$p)))
endef

.PHONY: book
book: all
	$(if $(LATE),$(error the book does not know of a kernel that has the root filesystem built in: choose a separate initramfs for it))$(file >$(ENGINE)/book.list,$(subst $(newline)$(space),$(newline),$(BOOK_LIST)))@$(TOOLBIN)/book -o $(O)/book --list $(ENGINE)/book.list --pages support/book
	@$(if $(silent),:,printf '  %-9s %s\n' BOOK '$(O)/book/index.html')
