# SPDX-License-Identifier: GPL-2.0-or-later
# The root filesystem: the sum of the skeleton, the packages' images, the overlays and the
# device tables. It is computed by one script, $(B)/rootfs/install.sh, which the step runner
# treats like a package's: its dependencies are the target parts of all images.
#
# takes: CONFIG_ROOTFS_*, BOARD_DIR, PACKAGES
# gives: ROOTFS_INPUTS (paths whose content counts), text-rootfs (the script), rootfs-rule

SKELETON     := support/skeleton
ROOTFS_INIT  := $(if $(call config-on,ROOTFS_INIT_BUSYBOX),busybox,$(if $(call config-on,ROOTFS_INIT_C),init,script))
BOARD_OVERLAY  := $(wildcard $(BOARD_DIR)/overlay)
DEVICE_TABLES  := $(wildcard $(BOARD_DIR)/devices.table) $(CONFIG_ROOTFS_DEVICE_TABLE)
ROOTFS_INPUTS  := $(SKELETON) $(BOARD_OVERLAY) $(CONFIG_ROOTFS_OVERLAY) $(DEVICE_TABLES) \
                  support/tools/mkinitramfs support/tools/mkpasswd
INITRAMFS_SUFFIX := $(patsubst .none,,$(addprefix .,$(subst zstd,zst,$(subst bzip2,bz2,$(subst gzip,gz,$(CONFIG_ROOTFS_COMPRESSION))))))
INITRAMFS        := initramfs.cpio$(INITRAMFS_SUFFIX)

# A path as the script names it: below $TOP, unless it is absolute.
in-top = $(if $(filter /%,$1),"$1","$$TOP/$1")

# Time of all files in the archive: the newest of the sources that went in, as the step runner
# notes it for packages that bring files.
define rootfs-epoch
$(if $(SOURCE_DATE_EPOCH),epoch=$(SOURCE_DATE_EPOCH),epoch=315532800
for p in $(PACKAGES); do
	e=$$(cat "$$PACKAGES/$$p/epoch" 2>/dev/null || echo 0)
	[ "$$e" -le "$$epoch" ] || epoch=$$e
done)
endef

ROOT_HASH = $(if $(CONFIG_ROOTFS_ROOT_PASSWORD),$$(printf '%s\n' $(call squote,$(CONFIG_ROOTFS_ROOT_PASSWORD)) | mkpasswd --salt-from $(call squote,$(CONFIG_ROOTFS_HOSTNAME))))

define rootfs-layers
set -- --mtime "$$epoch" --layer skeleton="$$BUILD/skeleton" --table skeleton="$$TOP/$(SKELETON)/devices.table"
$(call lines,$(foreach p,$(PACKAGES),set -- "$$@" --layer $p="$$PACKAGES/$p/image/target"$(newline)))$(call lines,$(foreach d,$(BOARD_OVERLAY),set -- "$$@" --overlay board=$(call in-top,$d)$(newline)))$(call lines,$(foreach d,$(CONFIG_ROOTFS_OVERLAY),set -- "$$@" --overlay $(notdir $(d:%/=%))=$(call in-top,$d)$(newline)))$(call lines,$(foreach f,$(DEVICE_TABLES),set -- "$$@" --table $(notdir $f)=$(call in-top,$f)$(newline)))
endef

define text-rootfs
#!/bin/sh
# The root filesystem. Whittle wrote this from support/make/rootfs.mk and the configuration.
set -eu
umask 022
export PATH="$$TOOLS:/usr/local/bin:/usr/bin:/bin" LC_ALL=C TZ=UTC0
mkdir -p "$$BUILD"
cd "$$BUILD"
# what it is made of, by content:
$(call lines,$(foreach f,$(sort $(ROOTFS_INPUTS)),$(hash) $(notdir $f) $(DIGEST_$f)$(newline)))
# Files that follow from the configuration, over a copy of the skeleton.
rm -rf skeleton
mkdir skeleton
for layer in $(notdir $(wildcard $(SKELETON)/common $(SKELETON)/$(ROOTFS_INIT))); do
	(cd "$$TOP/$(SKELETON)/$$layer" && find . -type d) | while read -r d; do
		mkdir -p "skeleton/$$d"
	done
	(cd "$$TOP/$(SKELETON)/$$layer" && find . -type f) | while read -r f; do
		mode=644
		[ ! -x "$$TOP/$(SKELETON)/$$layer/$$f" ] || mode=755
		install -m "$$mode" "$$TOP/$(SKELETON)/$$layer/$$f" "skeleton/$$f"
	done
	(cd "$$TOP/$(SKELETON)/$$layer" && find . -type l) | while read -r l; do
		cp -P "$$TOP/$(SKELETON)/$$layer/$$l" "skeleton/$$l"
	done
done
cd skeleton
mkdir -p etc
printf '%s\n' $(call squote,$(CONFIG_ROOTFS_HOSTNAME)) >etc/hostname
printf '%s\n' $(call squote,$(CONFIG_ROOTFS_GREETING)) >etc/issue
printf '127.0.0.1 localhost %s\n' $(call squote,$(CONFIG_ROOTFS_HOSTNAME)) >etc/hosts
echo 'root:x:0:0:root:/root:/bin/sh' >etc/passwd
root="$(ROOT_HASH)"
printf 'root:%s:::::::\n' "$$root" >etc/shadow
chmod 600 etc/shadow
cd ..

$(rootfs-epoch)
$(rootfs-layers)
mkinitramfs -o "$$IMAGE/images/$(INITRAMFS)" -m "$$IMAGE/images/rootfs.manifest" \
	--compress $(or $(CONFIG_ROOTFS_COMPRESSION),gzip) "$$@"
# The same, not compressed, for QEMU, which reads it quicker than a guest can unpack.
mkinitramfs -o "$$IMAGE/host/initramfs.cpio" --compress none "$$@"
endef

rootfs-words = --part target $(foreach p,$(PACKAGES),--dep $p=$(B)/$p) --stamp $(B)/rootfs/stamp install

define rootfs-rule
$(B)/rootfs/stamp: $(B)/rootfs/install.sh $(PACKAGES:%=$(B)/%/stamp)
	$$(jobs)$(call STEP,rootfs) $(rootfs-words)
endef
