# SPDX-License-Identifier: GPL-2.0-or-later
# The book of this configuration: how to build by hand what was built, from the same scripts.
# The tool makes it of a list of the packages, which is written here (docs/book.md).
#
# takes: PACKAGES, MODULE_PACKAGES, package-facts; LIBS_* (tools.mk); what is built
# gives: book

# Programs of ours that scripts run; support/lib is an archive, of which each has what it calls;
# of what bootstrap installs, what no script needs.
BOOK_TOOLS    := unpack wcc kmerge copytree mkinitramfs mkpasswd mkusers
BOOK_LIB      := $(sort $(patsubst support/lib/%.c,%,$(wildcard support/lib/*/*.c)))
BOOK_NEEDLESS := kconfig certs flock <cjson/cJSON.h>

# Files of the tree are copied from there; those of the user's stand in the book.
book-file = $(if $(filter /% $(O)/%,$2),embed,copy) $1 $2

define book-package
$(package-facts)
symbol PACKAGE_$2
kconfig $($2_PKGDIR)/Kconfig
base $(if $(filter kbuild,$(type-of)),$(if $(call kbuild-base-file,$2),base.config,$($2_KCONFIG_BASE)))
$(call lines,$(foreach f,$(files-of),$(call book-file,$(firstword $(subst =, ,$f)),$(lastword $(subst =, ,$f)))
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
	$(if $(LATE),$(error the book does not know of a kernel that has the root filesystem built in: choose a separate initramfs for it))$(if $(MODULE_PACKAGES),$(error the book does not know of modules outside of the kernel: write it without $(MODULE_PACKAGES)))$(call write-list,$(ENGINE)/book.list,$(BOOK_LIST))@$(TOOLBIN)/book -o $(O)/book --list $(ENGINE)/book.list --pages support/book
	@$(if $(silent),:,printf '  %-9s %s\n' BOOK '$(O)/book/index.html')
