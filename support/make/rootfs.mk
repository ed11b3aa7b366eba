# SPDX-License-Identifier: GPL-2.0-or-later
# The root filesystem: the sum of the skeleton, the packages' images, the overlays and the
# device tables. It is computed by one script, $(B)/rootfs/install.sh, which the step runner
# treats like a package's: its dependencies are the target parts of all images.
#
# A package that takes it (a kernel that has it built in) finds it in $ROOTFS when it builds. What
# that package brings itself, and what depends on it, comes later, over it: a second script,
# $(B)/initramfs/install.sh, packs that.
#
# takes: CONFIG_ROOTFS_*, BOARD_DIR, PACKAGES; TAKERS, EARLY, LATE (package.mk)
#        DEPMOD_*, depmod-* (modules.mk)
# gives: ROOTFS_INPUTS (paths whose content counts), rootfs-scripts, rootfs-rules, rootfs-survey;
#        ROOTFS_PARTS (what is beside the packages), INITRAMFS (its name), QEMU_CPIO (for QEMU)

SKELETON     := support/skeleton
ROOTFS_INIT  := $(if $(call config-on,ROOTFS_INIT_BUSYBOX),busybox,$(if $(call config-on,ROOTFS_INIT_C),init,script))
BOARD_OVERLAY  := $(wildcard $(BOARD_DIR)/overlay)
OVERLAYS       := $(call given-paths,CONFIG_ROOTFS_OVERLAY)
DEVICE_TABLES  := $(wildcard $(BOARD_DIR)/devices.table) $(call given-paths,CONFIG_ROOTFS_DEVICE_TABLE)
# What lines of the tables take from elsewhere counts as the tables do. With the same variables as in the step.
TABLES_LIST := $(ENGINE)/tables.list
ifneq ($(strip $(DEVICE_TABLES)),)
$(shell env -i TOP=$(call squote,$(TOP)) $(call squote,$(TOOLBIN))/mkinitramfs --table-reads $(foreach f,$(DEVICE_TABLES),$(call squote,$f)) >$(call squote,$(TABLES_LIST)))
else ifneq ($(wildcard $(TABLES_LIST)),)
$(shell rm -f $(call squote,$(TABLES_LIST)))
endif
MKINITRAMFS_SOURCES := support/tools/mkinitramfs support/lib/archive
ROOTFS_INPUTS  := $(SKELETON) $(BOARD_OVERLAY) $(OVERLAYS) $(DEVICE_TABLES) \
                  $(MKINITRAMFS_SOURCES) support/tools/mkpasswd support/tools/mkusers
INITRAMFS_SUFFIX := $(patsubst .none,,$(addprefix .,$(subst zstd,zst,$(subst bzip2,bz2,$(subst gzip,gz,$(CONFIG_ROOTFS_COMPRESSION))))))
INITRAMFS        := initramfs.cpio$(INITRAMFS_SUFFIX)

# A path as the script names it: below $TOP, unless it is absolute.
in-top = $(if $(filter /%,$1),"$1","$$TOP/$1")

# Time of all files in the archive: the newest of the sources that went in, as the step runner
# notes it for packages that bring files. $1 the packages
define rootfs-epoch
$(if $(SOURCE_DATE_EPOCH),epoch=$(SOURCE_DATE_EPOCH),packages='$1'
epoch=315532800
for p in $$packages; do
	[ -f "$$PACKAGES/$$p/epoch" ] && read -r e <"$$PACKAGES/$$p/epoch" || e=0
	[ "$$e" -le "$$epoch" ] || epoch=$$e
done)
endef

ROOT_HASH = $(if $(CONFIG_ROOTFS_ROOT_PASSWORD),$$(printf '%s\n' $(call squote,$(CONFIG_ROOTFS_ROOT_PASSWORD)) | mkpasswd --salt-from "$$hostname"))

# One layer a line; packages with LAYER := own stay apart. $1 the packages
package-layers = $(call lines,$(foreach p,$1,set -- "$$@" --layer $p="$$PACKAGES/$p/image/target"$(if $($(UP_$p)_LAYER), --apart $p)$(newline)))
skeleton-layers = $(call lines,$(foreach l,$(notdir $(wildcard $(SKELETON)/common $(SKELETON)/$(ROOTFS_INIT))),set -- "$$@" --skeleton skeleton="$$TOP/$(SKELETON)/$l"$(newline)))
overlay-layers = $(call lines,$(foreach d,$(BOARD_OVERLAY),set -- "$$@" --overlay board=$(call in-top,$d)$(newline)))$(call \
                 lines,$(foreach d,$(OVERLAYS),set -- "$$@" --overlay $(notdir $(d:%/=%))=$(call in-top,$d)$(newline)))
# $(call with,PACKAGES,VARIABLES): those whose recipe has one of the variables. (The others would leave blanks.)
with = $(strip $(foreach p,$1,$(if $(strip $(foreach v,$2,$($(UP_$p)_$v))),$p)))
# What recipes say of modes and devices is a table each, in its words but the first; $1 the packages
recipe-tables = $(call lines,$(foreach p,$(call with,$1,PERMISSIONS DEVICES),$(call recipe-table,$p,perm,$($(UP_$p)_PERMISSIONS))$(call recipe-table,$p,nod,$($(UP_$p)_DEVICES))))
define recipe-table
$(if $(strip $3),sed 's/^[^#]/$2 &/' >$1.$2 <<'END'
$3
END
set -- "$$@" --table $1=$1.$2
)
endef
# What they say of users is a file each, here in the list that mkusers is given.
recipe-users = $(call lines,$(foreach p,$(call with,$(PACKAGES),USERS),$(call recipe-user,$p,$($(UP_$p)_USERS))))
define recipe-user
$(if $(strip $2),cat >$1.users <<'END'
$2
END
users="$$users $1.users"
)
endef
table-layers   = $(call lines,$(foreach f,$(DEVICE_TABLES),set -- "$$@" --table $(notdir $f)=$(call in-top,$f)$(newline)))

define rootfs-head
set -eu
umask 022
export PATH="$$TOOLS:/usr/local/bin:/usr/bin:/bin" LC_ALL=C TZ=UTC0
mkdir -p "$$BUILD"
cd "$$BUILD"
endef

# Compressed for images/ and as it is for QEMU, which reads it quicker than a guest can unpack.
# What did not change is not compressed again. $1 where the compressed one goes, with the manifest
define rootfs-pack
initramfs=$(INITRAMFS)
compression=$(or $(CONFIG_ROOTFS_COMPRESSION),gzip)
mkinitramfs -o "$$IMAGE/$1/$$initramfs" -m "$$IMAGE/$1/rootfs.manifest" --compress "$$compression" \
	$(if $(call config-on,ROOTFS_CHECK_NEEDS),--check-needs )$(if $(filter host/initramfs.cpio,$1/$(INITRAMFS)),,--plain "$$IMAGE/host/initramfs.cpio" --kept "$$BUILD/kept" )"$$@"
endef

define text-rootfs
#!/bin/sh
# The root filesystem. Whittle wrote this from support/make/rootfs.mk and the configuration.
$(rootfs-head)
# what it is made of, by content:
$(call lines,$(foreach f,$(sort $(ROOTFS_INPUTS)),$(hash) $(notdir $f) $(DIGEST_$f)$(newline)))$(if $(TABLES_DIGEST),$(hash) what tables bring $(TABLES_DIGEST))
# Files that follow from the configuration.
hostname=$(call squote,$(CONFIG_ROOTFS_HOSTNAME))
greeting=$(call squote,$(CONFIG_ROOTFS_GREETING))
rm -rf skeleton
mkdir -p skeleton/etc
printf '%s\n' "$$hostname" >skeleton/etc/hostname
printf '%s\n' "$$greeting" >skeleton/etc/issue
printf '127.0.0.1 localhost %s\n' "$$hostname" >skeleton/etc/hosts
# Users and groups.
printf '%s\n' 'root 0 root 0 /root /bin/sh root' '- - tty 5' >whittle.users
users=whittle.users
$(recipe-users)root="$(ROOT_HASH)"
mkusers -o skeleton/etc --password "root=$$root" $$users

$(call rootfs-epoch,$(EARLY))
set -- --mtime "$$epoch" --layer skeleton=skeleton --table skeleton="$$TOP/$(SKELETON)/devices.table"
$(skeleton-layers)$(call package-layers,$(EARLY))$(call recipe-tables,$(EARLY))$(call depmod-layer,$(DEPMOD_EARLY))$(overlay-layers)$(table-layers)$(call rootfs-pack,$(if $(LATE),host,images))
endef

define text-initramfs
#!/bin/sh
# What goes over the root filesystem. Whittle wrote this from support/make/rootfs.mk and the configuration.
$(rootfs-head)
# mkinitramfs $(foreach f,$(MKINITRAMFS_SOURCES),$(DIGEST_$f))
find $(LATE:%="$$PACKAGES/%/image/target") -mindepth 1 -print -quit >found
if [ ! -s found ]; then
	cp "$$PACKAGES/rootfs/image/host/rootfs.manifest" "$$IMAGE/images"
	exit 0
fi
$(call rootfs-epoch,$(LATE))
set -- --mtime "$$epoch" --over "$$PACKAGES/rootfs/image/host/rootfs.manifest"
$(call package-layers,$(LATE))$(call recipe-tables,$(LATE))$(call depmod-layer,$(DEPMOD_LATE))$(call rootfs-pack,images)
endef

ROOTFS_PARTS   = $(DEPMOD_PARTS) rootfs $(if $(LATE),initramfs)
rootfs-scripts = $(if $(DEPMOD_PARTS),$(call script,$(B)/depmod/install.sh,$(text-depmod)))$(call script,$(B)/rootfs/install.sh,$(text-rootfs))$(if $(LATE),$(call script,$(B)/initramfs/install.sh,$(text-initramfs)))

step-part      = --part target $(foreach p,$1,--dep $p=$(B)/$p)
rootfs-words    = $(call step-part,$(EARLY) $(DEPMOD_EARLY)) --stamp $(B)/rootfs/stamp install
initramfs-words = $(call step-part,$(LATE) $(DEPMOD_LATE)) --late-dep rootfs=$(B)/rootfs --stamp $(B)/initramfs/stamp install
# A line for each, as the step runner has it on its command line.
rootfs-survey  = $(foreach p,$(ROOTFS_PARTS),$(call step-name,$p) $(step-common) $($p-words)$(newline))

define rootfs-rules
$(depmod-rule)
$(B)/rootfs/stamp: $(B)/rootfs/install.sh $(patsubst %,$(B)/%/stamp,$(EARLY) $(DEPMOD_EARLY))
	$$(jobs)$(call STEP,rootfs) $(rootfs-words)
$(if $(LATE),$(B)/initramfs/stamp: $(B)/initramfs/install.sh $(B)/rootfs/stamp $(patsubst %,$(B)/%/stamp,$(LATE) $(DEPMOD_LATE))
	$$(jobs)$(call STEP,initramfs) $(initramfs-words))
endef

# What QEMU is given: if the kernel has the root filesystem, what goes over it, if anything does.
QEMU_CPIO = $(if $(LATE),$(wildcard $(B)/initramfs/image/host/initramfs.cpio),$(B)/rootfs/image/host/initramfs.cpio)
