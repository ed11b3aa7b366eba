# SPDX-License-Identifier: GPL-2.0-or-later
# images/: the images of all packages and of the root filesystem, in one directory that is made anew whenever one of them
# changed. All scripts that changed are written here, but not for goals that build nothing.
#
# takes: script, ROOTFS_PARTS, rootfs-rules, PACKAGES
# gives: all, images, rootfs

IMAGE_PARTS := $(strip $(PACKAGES) $(ROOTFS_PARTS))

$(if $(call script,$(B)/images/parts,$(subst $(space),$(newline),$(IMAGE_PARTS))),)

ifneq ($(if $(READS_ONLY),,$(file <$(ENGINE)/bundle)),)
$(shell $(TOOLBIN)/write-scripts $(B)/.clock $(ENGINE)/bundle)
ifneq ($(.SHELLSTATUS),0)
$(error nothing was built)
endif
endif

$(eval $(rootfs-rules))

.PHONY: all images rootfs
all: images
rootfs: $(B)/rootfs/stamp
images: $(B)/images/stamp

# What packages of TYPE image made, with sizes in KiB, and what they take on the disk.
images-made = $(foreach p,$(IMAGE_PACKAGES),$($($p.prefix)_IMAGES))
images-list = $(if $(strip $(images-made)),$(newline)	@$(if $(silent),:,$(images-show)))
images-show = cd $(O)/images && wc -c $(images-made) | while read -r size name; do \
	printf '  %9s %10s KiB  %s\n' '' "$$(((size + 1023) / 1024))" "$$name"; done

$(B)/images/stamp: $(B)/images/parts $(IMAGE_PARTS:%=$(B)/%/stamp) $(if $(wildcard $(O)/images/.),,FORCE)
	@$(TOOLBIN)/compose --clock $(B)/.clock --stamp $@ $(O)/images $(foreach p,$(IMAGE_PARTS),$p=$(B)/$p/image/images)
	@$(if $(silent),:,printf '  %-9s %s\n' IMAGES '$(O)/images'$(images-list))
