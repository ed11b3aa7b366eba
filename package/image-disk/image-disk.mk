# SPDX-License-Identifier: GPL-2.0-or-later
# A disk: a GPT, an EFI system partition, the root file system, and a partition that keeps a directory.

IMAGE_DISK_fs       := $(CONFIG_IMAGE_DISK_EXT4:y=ext4)$(CONFIG_IMAGE_DISK_SQUASHFS:y=squashfs)$(CONFIG_IMAGE_DISK_EROFS:y=erofs)
IMAGE_DISK_TYPE     := image
IMAGE_DISK_DEPENDS  := linux make-esp-host $(IMAGE_DISK_fs:%=image-%) $(CONFIG_IMAGE_DISK_KEEP:y=e2fsprogs-host)
IMAGE_DISK_BOOT     := firmware
IMAGE_DISK_IMAGES   := disk.img $(CONFIG_IMAGE_DISK_QCOW2:y=disk.qcow2) $(CONFIG_IMAGE_DISK_VMDK:y=disk.vmdk)
IMAGE_DISK_sfdisk    = $(call MAKE_ESP_HOST_place,/usr/sbin/sfdisk /sbin/sfdisk /usr/bin/sfdisk)
IMAGE_DISK_mbr       = $(if $(CONFIG_IMAGES_BIOS),$(call MAKE_ESP_HOST_place,/usr/lib/syslinux/mbr/gptmbr.bin \
	/usr/share/syslinux/gptmbr.bin /usr/lib/syslinux/bios/gptmbr.bin))
IMAGE_DISK_PROGRAMS  = $(MAKE_ESP_HOST_programs) $(IMAGE_DISK_sfdisk) $(if $(CONFIG_IMAGES_BIOS),syslinux $(IMAGE_DISK_mbr)) \
	$(if $(CONFIG_IMAGE_DISK_QCOW2)$(CONFIG_IMAGE_DISK_VMDK),qemu-img)

# How the kernel finds its root: by the partition's UUID, or, where the arguments are in the kernel, by its label.
IMAGE_DISK_root      = $(if $(IMAGE_DISK_fs),root=$1 rootfstype=$(IMAGE_DISK_fs) rootwait $(IMAGE_DISK_mode) $(IMAGE_DISK_init))
IMAGE_DISK_init     := devtmpfs.mount=0 init=$(CONFIG_IMAGES_INIT)
IMAGE_DISK_mode     := $(if $(CONFIG_IMAGES_OVERLAY),ro,$(if $(filter ext4,$(IMAGE_DISK_fs)),rw,ro))
IMAGE_DISK_builtin   = $(call IMAGE_DISK_root,PARTLABEL=$(MAKE_ESP_HOST_label)) $(MAKE_ESP_HOST_console) $(CONFIG_IMAGES_APPEND)

# GPT's types of partitions: an EFI system partition; a file system of Linux.
IMAGE_DISK_esp_type   := C12A7328-F81F-11D2-BA4B-00A0C93EC93B
IMAGE_DISK_linux_type := 0FC63DAF-8483-4772-8E79-3D69D8477DE4

# A vmdk has a random number in its text, which is in the 20 sectors behind the first one and ends in zeros. It becomes one that
# follows from the content; the text is written anew as a whole, because the random one has no fixed number of digits.
define IMAGE_DISK_vmdk
qemu-img convert -O vmdk disk.img disk.vmdk
dd if=disk.vmdk bs=512 skip=1 count=20 status=none | tr -d '\0' | sed "s/^CID=.*/CID=$${uuid%%-*}/" >disk.text
truncate -s 10240 disk.text
dd if=disk.text of=disk.vmdk bs=512 seek=1 conv=notrunc status=none
endef

# An empty ext4, which package keep-partition finds by the partition's name.
define IMAGE_DISK_keep
keep=$(CONFIG_IMAGE_DISK_KEEP_MIB)
keepuuid=$$($(call image-uuid,keep,esp.img "$$root"))
rm -f keep.img
truncate -s "$${keep}M" keep.img
MKE2FS_CONFIG="$(HOST)/etc/mke2fs.conf" mke2fs -q -F -t ext4 -m 0 -U "$$keepuuid" -L keep \
	-E "hash_seed=$$keepuuid,lazy_itable_init=0,lazy_journal_init=0" keep.img
endef

# Sectors of 512 bytes. All begins at a full MiB, and the last MiB has the second table.
define IMAGE_DISK_BUILD
root=$(if $(IMAGE_DISK_fs),$(call image-dir,image-$(IMAGE_DISK_fs))/rootfs.$(IMAGE_DISK_fs))
$(if $(IMAGE_DISK_fs),rootuuid=$$($(call image-uuid,root,"$$root")))
$(call MAKE_ESP_HOST_env,$(call IMAGE_DISK_root,PARTUUID=$$rootuuid),$(if $(IMAGE_DISK_fs),,"$$ROOTFS/$(INITRAMFS)"))
esp=$(CONFIG_IMAGE_DISK_ESP_MIB) rootmib=0
[ -z "$$root" ] || rootmib=$$((($$(wc -c <"$$root") + 1048575) / 1048576))
VOLUME=$${uuid%%-*} SIZE=$$esp START=2048 make-esp esp.img
espuuid=$$($(call image-uuid,esp,esp.img))
keep=0
$(if $(CONFIG_IMAGE_DISK_KEEP),$(call line,$(IMAGE_DISK_keep)))attributes=$(if $(CONFIG_IMAGES_BIOS),'$(comma) attrs="LegacyBIOSBootable"')
rm -f disk.*
truncate -s "$$((esp + rootmib + keep + 2))M" disk.img
{
	printf '%s\n' 'label: gpt' "label-id: $$($(call image-uuid,disk,esp.img "$$root"))" 'first-lba: 2048'
	echo "start=2048, size=$$((esp * 2048)), type=$(IMAGE_DISK_esp_type), uuid=$$espuuid, name=\"esp\"$$attributes"
	[ -z "$$root" ] || echo "start=$$(((esp + 1) * 2048)), size=$$((rootmib * 2048)), type=$(IMAGE_DISK_linux_type)," \
		"uuid=$$rootuuid, name=\"$$LABEL\""
	[ $$keep = 0 ] || echo "start=$$(((esp + rootmib + 1) * 2048)), size=$$((keep * 2048)), type=$(IMAGE_DISK_linux_type)," \
		"uuid=$$keepuuid, name=\"keep\""
} >disk.table
sfdisk --quiet disk.img <disk.table
dd if=esp.img of=disk.img bs=1M seek=1 conv=notrunc,sparse status=none
[ -z "$$root" ] || dd if="$$root" of=disk.img bs=1M seek=$$((esp + 1)) conv=notrunc,sparse status=none
[ $$keep = 0 ] || dd if=keep.img of=disk.img bs=1M seek=$$((esp + rootmib + 1)) conv=notrunc,sparse status=none
$(if $(IMAGE_DISK_mbr),dd if=$(IMAGE_DISK_mbr) of=disk.img conv=notrunc status=none)
$(if $(CONFIG_IMAGE_DISK_QCOW2),qemu-img convert -O qcow2 disk.img disk.qcow2)
$(if $(CONFIG_IMAGE_DISK_VMDK),$(call line,$(IMAGE_DISK_vmdk)))
endef
