# SPDX-License-Identifier: GPL-2.0-or-later
# Write an image to a removable disk. The tool writedisk refuses every other disk (docs/writedisk.md).
#
# takes: images/, IMAGE_PACKAGES (model.mk); DEVICE=PATH, FILE=NAME, FILE=PATH, YES=1
# gives: write

# Names in images/ that boot by firmware: the first one is written unless FILE says otherwise.
WRITE_NAMES = $(foreach p,$(IMAGE_PACKAGES),$(if $(filter firmware,$($($p.prefix)_BOOT)),$(firstword $($($p.prefix)_IMAGES))))
WRITE_IMAGE = $(or $(FILE),$(firstword $(WRITE_NAMES)))
write-path  = $(if $(findstring /,$(WRITE_IMAGE)),$(call path-home,FILE,$(WRITE_IMAGE)),$(O)/images/$(WRITE_IMAGE))
write-what  = $(call squote,$(write-path)) $(call squote,$(call path-home,DEVICE,$(DEVICE)))
# Usage: $(call write-needs,TEXT,REMEDY)
# An error, unless there is TEXT.
write-needs = $(if $1,,$(error make write: $2))

.PHONY: write
write: $(if $(findstring /,$(FILE)),,images)
	$(call write-needs,$(DEVICE),DEVICE=/dev/sdX names the disk to write to)
	$(call write-needs,$(WRITE_IMAGE),no image that boots is configured: menu Images has disks and ISOs$(comma) FILE=PATH is another)
	@$(TOOLBIN)/writedisk $(if $(filter y 1,$(YES)),--yes) -- $(write-what)
