# SPDX-License-Identifier: GPL-2.0-or-later
# The book of this configuration: how to build by hand what was built, from the same scripts.
# The tool book makes it from a list of the packages, which is written here (docs/book.md).
#
# takes: PACKAGES, package-facts, write-list (facts.mk); MODULE_PACKAGES, IMAGE_PACKAGES, POST_ROOTFS (model.mk); LIBS_* (tools.mk);
#        what is built
# gives: book

# Tools that scripts run; sources of support/lib, of which each tool has what it calls; what scripts/bootstrap installs and
# no script needs.
BOOK_TOOLS    := unpack wcc kmerge copytree mkinitramfs mkpasswd mkusers
# Folders of the library that these tools have no use for, some of which need libraries.
BOOK_LIBLESS  := crash/% oops/% results/% xml/%
BOOK_LIB      := $(sort $(filter-out $(BOOK_LIBLESS),$(patsubst support/lib/%.c,%,$(wildcard support/lib/*/*.c))))
BOOK_NEEDLESS := kconfig certs flock <cjson/cJSON.h> <libxml2/libxml/xmlwriter.h> <elfutils/libdwfl.h>

# What the architecture needs, as in the table of scripts/bootstrap, which finds the packages of a description by the same
# names: the compiler and gdb, unless this machine is of that architecture, and QEMU.
# Usage: $(call book-cc,PACKAGES), $(call book-gdb,PACKAGES), $(call book-qemu,PACKAGES)
book-cc   = $(foreach p,$1,$(if $(findstring gcc,$p),$p))
book-gdb  = $(foreach p,$1,$(if $(findstring gdb,$p),$p))
book-qemu = $(foreach p,$1,$(if $(findstring gcc,$p)$(findstring gdb,$p),,$p))
# Usage: $(call book-need,cc|gdb|qemu,WHEN,PROBE,WHY)
book-need   = $(if $3,need $2 $3 $(foreach f,apt dnf pacman apk zypper,$(call book-column,$1,$f)) $4$(newline))
# Usage: $(call book-column,cc|gdb|qemu,FAMILY)
book-column = $(or $(subst $(space),$(comma),$(strip $(call book-$1,$(packages.$2)))),-)
define BOOK_ARCH
$(call book-need,qemu,run,$(arch.qemu),runs the guest)$(if $(ARCH_NATIVE),,$(BOOK_CROSS))
endef
define BOOK_CROSS
$(call book-need,cc,all,$(arch.cross:%=%gcc),compiles the system)$(call book-need,gdb,debug,$(arch.cross:%=gdb),debugs the kernel)
endef

# Usage: $(call book-base,PACKAGE)
# What a kbuild package's configuration begins with: a target of its makefile, or a file.
book-base = $(if $(call kbuild-base-file,$1),base.config,$($($1.prefix)_KCONFIG_BASE))

# Usage: $(call book-file,NAME,PATH)
# Files of the tree are copied from there; those of the user's stand in the book.
book-file = $(if $(filter /% $(O)/%,$2),embed,copy) $1 $2

# Usage: $(call book-package,PACKAGE)
define book-package
$(call package-facts,$1)
symbol PACKAGE_$($1.prefix)
kconfig $($1.pkgdir)/Kconfig
base $(if $(filter kbuild,$($1.type)),$(call book-base,$1))
$(call lines,$(foreach f,$($1.files),$(call book-file,$(call pair-name,$f),$(call pair-value,$f))
))
endef

# The plainest machine is the last one of the description.
BOOK_MACHINE = $(lastword $(arch.machines))

# Kernel arguments.
BOOK_CONSOLE = console=$(machine.$(BOOK_MACHINE).console) $(machine.$(BOOK_MACHINE).append)
# What gdb reads symbols from: vmlinux, which may be loaded elsewhere than its linker said (debug.mk).
BOOK_SYMBOLS = $(if $(DEBUG_OFFSET),-ex "symbol-file -o $(DEBUG_OFFSET) $$WORK/images/vmlinux","$$WORK/images/vmlinux")
# Non-empty if the kernel may be at random addresses: nokaslr turns that off.
BOOK_MOVES = $(if $(arch.nokaslr),$(shell grep -s '^CONFIG_RANDOMIZE_BASE=y' $(O)/images/kernel.config))

define BOOK_LIST
set title Whittle by hand: $(BOARD)
set board $(BOARD)
set qemu $(arch.qemu) -M $(machine.$(BOOK_MACHINE).qemu)$(addprefix $(space)-cpu ,$(machine.$(BOOK_MACHINE).cpu))
set console $(machine.$(BOOK_MACHINE).console)
set image $(KERNEL_IMAGE)
set gdb $(GDB) $(BOOK_SYMBOLS)
set kvm $(if $(KERNEL_PACKAGE),$(filter $(arch.host) $(arch.kvm),$(HOST_MACHINE)))
set initramfs $(INITRAMFS)
set memory $(or $(CONFIG_QEMU_MEMORY),256)
set cpus $(or $(CONFIG_QEMU_CPUS),1)
set append $(strip $(BOOK_CONSOLE) $(arch.append) $(CONFIG_QEMU_APPEND))
set debug-append $(strip $(BOOK_CONSOLE) $(if $(BOOK_MOVES),nokaslr) $(arch.append) $(CONFIG_QEMU_APPEND))
unit $(firstword $(CONFIG_TOOLCHAIN_PACKAGES))
rootfs $(B)/rootfs
manifest $(B)/rootfs/image/images/rootfs.manifest
needs scripts/bootstrap
$(BOOK_ARCH)$(foreach n,$(BOOK_NEEDLESS),needless $n
)lib $(BOOK_LIB)
$(foreach t,$(BOOK_TOOLS),tool $t $(LIBS_$t) $(LIBS_lib)
)$(foreach p,$(PACKAGES),$(call book-package,$p))
endef

ifneq ($(filter book,$(GOALS)),)
ifneq ($(IMAGE_PACKAGES),)
BOOK_REFUSED := the book does not know of images for disks: write it without $(IMAGE_PACKAGES)
else ifneq ($(POST_ROOTFS),)
BOOK_REFUSED := the book does not know of a kernel that has the root filesystem built in: choose a separate initramfs for it
else ifneq ($(MODULE_PACKAGES),)
BOOK_REFUSED := the book does not know of modules outside of the kernel: write it without $(MODULE_PACKAGES)
endif
endif

.PHONY: book
book: all
	$(if $(BOOK_REFUSED),$(error $(BOOK_REFUSED)))$(call write-list,$(ENGINE)/book.list,$(BOOK_LIST))
	@$(TOOLBIN)/book -o $(O)/book --list $(ENGINE)/book.list --pages support/book
	@$(if $(silent),:,printf '  %-9s %s\n' BOOK '$(O)/book/index.html')
