# SPDX-License-Identifier: GPL-2.0-or-later
# Inspection of any initramfs, and archives that go over ours for one boot.
#
# takes: images/, QEMU_CPIO (rootfs.mk); INITRAMFS_EXTRA="FILE DIR ..."; FILE=, DIR=, A=, PKG=; GIVEN_B (base.mk)
# gives: QEMU_INITRAMFS (what the kernel gets beside what it has built in), EXTRA_NEEDS (what that
#        waits for); initramfs-list, initramfs-extract, initramfs-diff, size

EXTRA          = $(B)/extra
QEMU_INITRAMFS = $(if $(strip $(INITRAMFS_EXTRA)),$(EXTRA)/initramfs.cpio,$(QEMU_CPIO))
EXTRA_NEEDS    = $(if $(strip $(INITRAMFS_EXTRA)),$(EXTRA)/initramfs.cpio)

# The files and directories of INITRAMFS_EXTRA, as words of a shell command.
extra-words = $(foreach f,$(INITRAMFS_EXTRA),$(call squote,$(call path-home,INITRAMFS_EXTRA,$f)))

# A directory becomes an archive that goes over all before it; archives are taken as they are.
MKINITRAMFS = $(TOOLBIN)/mkinitramfs
$(EXTRA)/initramfs.cpio: images FORCE
	@rm -rf $(EXTRA) && mkdir -p $(EXTRA)
	@n=0; set -e; over=$(O)/images/rootfs.manifest; set -- $(addprefix --append ,$(QEMU_CPIO)); \
	for extra in $(extra-words); do \
		if [ -d "$$extra" ]; then \
			n=$$((n + 1)); \
			$(MKINITRAMFS) -o $(EXTRA)/$$n.cpio -m $(EXTRA)/$$n.manifest --over $$over --overlay extra="$$extra"; \
			over=$(EXTRA)/$$n.manifest; extra=$(EXTRA)/$$n.cpio; \
		fi; \
		set -- "$$@" --append "$$extra"; \
	done; $(MKINITRAMFS) -o $@ "$$@"

# ---- any initramfs ----

look-built = $(or $(wildcard $(O)/images/$(INITRAMFS)),$(B)/rootfs/image/host/$(INITRAMFS))
look-file  = $(or $(FILE),$(look-built))
# Usage: $(call look-needs,TEXT,WHAT)
# An error that the goal wants WHAT, if TEXT is empty.
look-needs = $(if $1,,$(error $@ wants $2))

.PHONY: initramfs-list initramfs-extract initramfs-diff size
initramfs-list initramfs-extract size: $(if $(FILE),,images)
initramfs-list:
	@$(MKINITRAMFS) --list $(call squote,$(look-file))
initramfs-extract:
	$(call look-needs,$(DIR),DIR=DIRECTORY$(comma) a new or an empty one)
	@$(MKINITRAMFS) --extract $(call squote,$(look-file)) $(call squote,$(DIR))
initramfs-diff:
	$(call look-needs,$(and $A,$(GIVEN_B)),A=FILE and B=FILE)@$(MKINITRAMFS) --diff $(call squote,$A) $(call squote,$(GIVEN_B))
# By package; of one, or at V=1 of all, by file.
size:
	@$(MKINITRAMFS) --sizes $(if $(filter-out 0,$(V)),--files) $(if $(PKG),--of $(call squote,$(PKG))) $(call squote,$(look-file))
