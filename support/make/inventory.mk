# SPDX-License-Identifier: GPL-2.0-or-later
# What the image is made of: licences and sources for those whom it is passed on to, and a bill of
# materials for programs. The tool makes both of a list of the packages (docs/inventory.md).
#
# takes: PACKAGES, package-facts; the unpack goals (package.mk), FETCHED (source.mk); what is built
# gives: legal-info, sbom

# A package of Whittle's own is under Whittle's licence.
own-license = $(if $($2_LICENSE_FILES),,$(if $(filter package/%,$($2_PKGDIR)),$(if $(filter $($2_PKGDIR)/%,$(local-dir)),LICENSE)))

define inventory-package
$(package-facts)
src $(src-dir)
own-license $(own-license)
site-sha256 $(if $(has-file),$(firstword $(or $($2_SHA256),$(SHA256_$1/$($2_SOURCE)))))
pool $(if $(has-file),$(firstword $($2_POOL)))
pool-sha256 $(if $(has-file),$(firstword $(SHA256_$1/$(notdir $(firstword $($2_POOL))))))
cpe $($2_CPE)
purl $($2_PURL)
homepage $($2_HOMEPAGE)
$(call lines,$(foreach f,$($2_LICENSE_FILES),license-file $f
))
endef

define INVENTORY_LIST
board $(BOARD)
images $(O)/images
manifest $(O)/images/rootfs.manifest
downloads $(DL)
epoch $(SOURCE_DATE_EPOCH)
$(foreach p,$(PACKAGES),$(call inventory-package,$p,$(UP_$p)))
endef

write-inventory = $(call write-list,$(ENGINE)/inventory.list,$(INVENTORY_LIST))
inventory       = $(TOOLBIN)/inventory --list $(ENGINE)/inventory.list
inventory-say   = @$(if $(silent),:,printf '  %-9s %s\n' $1 '$2')

.PHONY: legal-info sbom

# All source files are copied; just those are unpacked that have a licence's text in them.
licensed = $(sort $(foreach p,$(PACKAGES),$(if $($(UP_$p)_LICENSE_FILES),$(call src-owner,$p,$(UP_$p)))))
legal-info: $(addsuffix -unpack,$(filter $(OWN_SRC),$(licensed))) | $(FETCHED)
	$(write-inventory)@$(inventory) --legal $(O)/legal-info
	$(call inventory-say,LEGAL,$(O)/legal-info)

sbom: all
	$(write-inventory)@$(inventory) --sbom $(O)/sbom.cdx.json --spdx support/cyclonedx/spdx.schema.json
	$(call inventory-say,SBOM,$(O)/sbom.cdx.json)
