# SPDX-License-Identifier: GPL-2.0-or-later
# What disks and ISOs boot by: make-esp makes an EFI system partition, from which firmware of UEFI and syslinux boot.

MAKE_ESP_HOST_VERSION := 1
MAKE_ESP_HOST_LICENSE := GPL-2.0-or-later
MAKE_ESP_HOST_MODE    := host
MAKE_ESP_HOST_DIR      = $(MAKE_ESP_HOST_PKGDIR)/src

define MAKE_ESP_HOST_INSTALL
install -D -m 755 "$(SRC)/make-esp" "$(IMAGE)/host/usr/bin/make-esp"
endef

# What follows is for the packages that depend on this one.

# Usage: $(call MAKE_ESP_HOST_place,PATHS)
# The one of them that there is on this machine; else the first, which is then told of.
MAKE_ESP_HOST_place = $(firstword $(wildcard $(1)) $(1))
MAKE_ESP_HOST_efi = $(if $(CONFIG_IMAGES_EFI_NONE),,BOOT$(call upper,$(arch.efi)).EFI)
MAKE_ESP_HOST_stub = $(if $(CONFIG_IMAGES_EFI_UKI),/usr/lib/systemd/boot/efi/linux$(arch.efi).efi.stub)
MAKE_ESP_HOST_menu = $(if $(CONFIG_IMAGES_EFI_MENU),/usr/lib/systemd/boot/efi/systemd-boot$(arch.efi).efi)
MAKE_ESP_HOST_objcopy = $(if $(ARCH_NATIVE),,$(arch.cross))objcopy
# Programs and files of this machine: for the partition, and for BIOS.
MAKE_ESP_HOST_vfat    := $(call MAKE_ESP_HOST_place,/usr/sbin/mkfs.vfat /sbin/mkfs.vfat /usr/bin/mkfs.vfat)
MAKE_ESP_HOST_programs = $(MAKE_ESP_HOST_vfat) mmd mcopy $(MAKE_ESP_HOST_stub) $(MAKE_ESP_HOST_menu) \
	$(if $(MAKE_ESP_HOST_stub),$(MAKE_ESP_HOST_objcopy))

# The serial port that QEMU's machines have, and what was asked for.
MAKE_ESP_HOST_console = console=$(machine.$(lastword $(arch.machines)).console)
MAKE_ESP_HOST_label = $(call image-text,CONFIG_IMAGES_LABEL,11)

# Usage: $(call MAKE_ESP_HOST_env,ARGUMENTS,INITRAMFS)
# What make-esp reads. ARGUMENTS of the kernel may name variables of the shell, INITRAMFS is a file or nothing.
define MAKE_ESP_HOST_env
export PATH="$$PATH:/usr/sbin:/sbin" TZ=UTC0 MTOOLSRC=/dev/null
export KERNEL=$(call image-dir,linux)/$(KERNEL_IMAGE) INITRAMFS=$(2) LABEL=$(MAKE_ESP_HOST_label)
export EFI=$(MAKE_ESP_HOST_efi) STUB=$(MAKE_ESP_HOST_stub) MENU=$(MAKE_ESP_HOST_menu) OBJCOPY=$(MAKE_ESP_HOST_objcopy)
export WAIT=$(or $(CONFIG_IMAGES_MENU_SECONDS),0) BIOS=$(CONFIG_IMAGES_BIOS)
append=$(call squote,$(MAKE_ESP_HOST_console) $(CONFIG_IMAGES_APPEND))
export APPEND="$(1) $$append"

endef
