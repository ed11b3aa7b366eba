# SPDX-License-Identifier: GPL-2.0-or-later
# Reports on what an image contains: licences and sources for people that get the image, and a bill of materials for programs.
# The tool inventory makes both from a list of the packages (docs/inventory.md).
#
# takes: PACKAGES, package-facts, write-list (facts.mk); UNPACK_PACKAGES, IMAGE_PACKAGES (model.mk), FETCHED (source.mk); what is built
# gives: legal-info, sbom

# Usage: $(call own-license,PACKAGE)
# The licence of a package of Whittle's own is Whittle's: its sources lie beside its recipe.
own-license = $(if $(and $(filter package/%,$($1.pkgdir)),$(filter $($1.pkgdir)/%,$($1.local))),$(call no-license,$1))
# Usage: $(call no-license,PACKAGE)
no-license  = $(if $($($1.prefix)_LICENSE_FILES),,LICENSE)

# Usage: $(call source-digest,PACKAGE,FILE)
# The digest that its .hash file has for FILE.
source-digest = $(SHA256_$1/$2)

# Usage: $(call inventory-package,PACKAGE)
define inventory-package
$(call package-facts,$1)
src $($1.src)
own-license $(call own-license,$1)
site-sha256 $(if $($1.source),$(firstword $(or $($($1.prefix)_SHA256),$(call source-digest,$1,$($($1.prefix)_SOURCE)))))
pool $(if $($1.source),$(firstword $($($1.prefix)_POOL)))
pool-sha256 $(if $($1.source),$(firstword $(call source-digest,$1,$(notdir $(firstword $($($1.prefix)_POOL))))))
cpe $($($1.prefix)_CPE)
purl $($($1.prefix)_PURL)
homepage $($($1.prefix)_HOMEPAGE)
$(call lines,$(foreach f,$($($1.prefix)_LICENSE_FILES),license-file $f
))
endef

define INVENTORY_LIST
board $(BOARD)
images $(O)/images
manifest $(O)/images/rootfs.manifest
downloads $(DL)
epoch $(SOURCE_DATE_EPOCH)
$(foreach p,$(filter-out $(IMAGE_PACKAGES),$(PACKAGES)),$(call inventory-package,$p))
endef

write-inventory = $(call write-list,$(ENGINE)/inventory.list,$(INVENTORY_LIST))
inventory       = $(TOOLBIN)/inventory --list $(ENGINE)/inventory.list
# Usage: $(call inventory-say,VERB,FILE)
inventory-say   = @$(if $(silent),:,printf '  %-9s %s\n' $1 '$2')

.PHONY: legal-info sbom

# All source files are copied; just those are unpacked that have a licence's text in them.
LICENSED = $(sort $(foreach p,$(PACKAGES),$(if $($($p.prefix)_LICENSE_FILES),$($p.owner))))
legal-info: $(addsuffix -unpack,$(filter $(UNPACK_PACKAGES),$(LICENSED))) | $(FETCHED)
	$(write-inventory)@$(inventory) --legal $(O)/legal-info
	$(call inventory-say,LEGAL,$(O)/legal-info)

sbom: all
	$(write-inventory)@$(inventory) --sbom $(O)/sbom.cdx.json --spdx support/cyclonedx/spdx.schema.json
	$(call inventory-say,SBOM,$(O)/sbom.cdx.json)
