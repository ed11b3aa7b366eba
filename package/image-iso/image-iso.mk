# SPDX-License-Identifier: GPL-2.0-or-later
# An ISO with the kernel and the initramfs, which boots as a CD and, as a disk, from a stick.

IMAGE_ISO_TYPE     := image
IMAGE_ISO_DEPENDS  := linux make-esp-host
IMAGE_ISO_BOOT     := firmware cd
IMAGE_ISO_IMAGES   := whittle.iso
IMAGE_ISO_isolinux = $(call MAKE_ESP_HOST_place,\
	$(addprefix /usr/,lib/ISOLINUX/isolinux.bin share/syslinux/isolinux.bin lib/syslinux/bios/isolinux.bin))
IMAGE_ISO_hybrid = $(call MAKE_ESP_HOST_place,\
	$(addprefix /usr/,lib/ISOLINUX/isohdpfx.bin share/syslinux/isohdpfx.bin lib/syslinux/bios/isohdpfx.bin))
IMAGE_ISO_module = $(call MAKE_ESP_HOST_place,\
	$(addprefix /usr/,lib/syslinux/modules/bios/ldlinux.c32 share/syslinux/ldlinux.c32 lib/syslinux/bios/ldlinux.c32))
IMAGE_ISO_bios      = $(if $(CONFIG_IMAGES_BIOS),$(IMAGE_ISO_isolinux) $(IMAGE_ISO_hybrid) $(IMAGE_ISO_module))
IMAGE_ISO_PROGRAMS  = $(if $(MAKE_ESP_HOST_efi),$(MAKE_ESP_HOST_programs)) xorriso $(IMAGE_ISO_bios)

IMAGE_ISO_by_bios  = -isohybrid-mbr $(IMAGE_ISO_hybrid) -c isolinux/boot.cat -b isolinux/isolinux.bin \
	-no-emul-boot -boot-load-size 4 -boot-info-table
IMAGE_ISO_by_efi   = $(if $(CONFIG_IMAGES_BIOS),-eltorito-alt-boot) -e isolinux/esp.img -no-emul-boot \
	$(if $(CONFIG_IMAGES_BIOS),-isohybrid-gpt-basdat,-partition_offset 16 -append_partition 2 0xef iso/isolinux/esp.img)

define IMAGE_ISO_isolinux_files
install -m 644 $(IMAGE_ISO_isolinux) $(IMAGE_ISO_module) iso/isolinux
install -m 644 "$$KERNEL" iso/isolinux/vmlinuz
install -m 644 "$$INITRAMFS" iso/isolinux/initramfs
printf '%s\n' 'SERIAL 0 115200' 'DEFAULT whittle' "PROMPT $$((WAIT > 0))" "TIMEOUT $$((WAIT * 10))" \
	'LABEL whittle' '	LINUX vmlinuz' '	INITRD initramfs' "	APPEND $$APPEND" >iso/isolinux/isolinux.cfg

endef

# For the same bytes xorriso is given all times and the number of the disk.
define IMAGE_ISO_BUILD
$(call MAKE_ESP_HOST_env,,"$$ROOTFS/$(INITRAMFS)")
rm -rf iso whittle.iso
mkdir -p iso/isolinux
$(if $(CONFIG_IMAGES_BIOS),$(call line,$(IMAGE_ISO_isolinux_files)))
$(if $(MAKE_ESP_HOST_efi),VOLUME=$${uuid%%-*} SIZE='' START=0 BIOS='' make-esp iso/isolinux/esp.img)
disk=$$($(call image-uuid,iso,"$$KERNEL" "$$INITRAMFS") | tr -d -)
xorriso -as mkisofs -quiet -o whittle.iso -V "$$LABEL" -r -J $(if $(CONFIG_IMAGES_BIOS),$(IMAGE_ISO_by_bios)) \
	$(if $(MAKE_ESP_HOST_efi),$(IMAGE_ISO_by_efi)) --set_all_file_dates "=$$SOURCE_DATE_EPOCH" --gpt_disk_guid "$$disk" iso
endef
