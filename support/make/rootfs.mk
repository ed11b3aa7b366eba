# SPDX-License-Identifier: GPL-2.0-or-later
# The root filesystem: the sum of the skeleton, the packages' images, the overlays and the device tables. It is computed by
# one script, $(B)/rootfs/install.sh, which the step runner treats like a package's: its dependencies are the target parts
# of all images.
#
# A package that consumes it finds it in $ROOTFS when it builds. It comes later, and with it what depends on it: these are
# POST_ROOTFS. Then a second script, $(B)/initramfs/install.sh, makes what goes to images/:
#
#   - If one has the root filesystem built in (ROOTFS_BUILTIN), as a kernel may, an initramfs with what POST_ROOTFS brings,
#     which goes over what is built in, or none.
#   - Else the initramfs as it is: consumers make something beside it, such as an image of another format. Files of
#     theirs would be in neither, and are refused.
#
# takes: CONFIG_ROOTFS_*, BOARD_DIR; PACKAGES, ROOTFS_BUILTIN, PRE_ROOTFS, POST_ROOTFS (model.mk); DEPMOD_*, depmod-* (modules.mk)
# gives: ROOTFS_INPUTS (paths whose content counts), rootfs-scripts, rootfs-rules, rootfs-survey; ROOTFS_PARTS (what is beside
#        the packages), INITRAMFS (its name), QEMU_CPIO (for QEMU); rootfs-head, step-part (for other parts)

# ---- what it is made of ----

ifeq ($(CONFIG_ROOTFS_INIT_BUSYBOX),y)
ROOTFS_INIT := busybox
else ifeq ($(CONFIG_ROOTFS_INIT_C),y)
ROOTFS_INIT := init
else # CONFIG_ROOTFS_INIT_SCRIPT
ROOTFS_INIT := script
endif
SKELETON      := support/skeleton
BOARD_OVERLAY := $(wildcard $(BOARD_DIR)/overlay)
OVERLAYS      := $(call given-paths,CONFIG_ROOTFS_OVERLAY)
DEVICE_TABLES := $(wildcard $(BOARD_DIR)/devices.table) $(call given-paths,CONFIG_ROOTFS_DEVICE_TABLE)
# What lines of the tables take from elsewhere counts as the tables do. With the same variables as in the step.
TABLES_LIST := $(ENGINE)/tables.list
ifneq ($(strip $(DEVICE_TABLES)),)
$(shell env -i TOP=$(call squote,$(TOP)) $(call squote,$(TOOLBIN))/mkinitramfs --table-reads \
	$(foreach f,$(DEVICE_TABLES),$(call squote,$f)) >$(call squote,$(TABLES_LIST)))
else ifneq ($(wildcard $(TABLES_LIST)),)
$(shell rm -f $(call squote,$(TABLES_LIST)))
endif
MKINITRAMFS_SOURCES := support/tools/mkinitramfs support/lib/archive
ROOTFS_INPUTS := $(SKELETON) $(BOARD_OVERLAY) $(OVERLAYS) $(DEVICE_TABLES) \
                 $(MKINITRAMFS_SOURCES) support/tools/mkpasswd support/tools/mkusers

ROOTFS_COMPRESSION := $(or $(CONFIG_ROOTFS_COMPRESSION),gzip)
SUFFIX_gzip        := .gz
SUFFIX_bzip2       := .bz2
SUFFIX_zstd        := .zst
SUFFIX_none        :=
SUFFIX_xz          := .xz
SUFFIX_lz4         := .lz4
INITRAMFS          := initramfs.cpio$(if $(CONFIG_ROOTFS_COMPRESSION),$(SUFFIX_$(ROOTFS_COMPRESSION)))

# ---- layers: each is a line of the script that adds to the arguments of mkinitramfs ----

# Usage: $(call in-top,PATH)
# PATH as the script names it: below $TOP, unless it is absolute.
in-top = $(if $(filter /%,$1),"$1","$$TOP/$1")

# Usage: $(call layer,OPTION,NAME,PATH)
layer = set -- "$$@" --$1 $2=$3$(newline)

# Usage: $(call package-layers,PACKAGES), $(call package-layer,PACKAGE)
# Packages with LAYER := own stay apart.
package-layers = $(call lines,$(foreach p,$1,$(call package-layer,$p)))
package-layer  = $(call layer,layer,$1,"$$PACKAGES/$1/image/target"$(if $($($1.prefix)_LAYER), --apart $1))

SKELETON_DIRS   := $(wildcard $(SKELETON)/common $(SKELETON)/$(ROOTFS_INIT) $(if $(IMAGE_PACKAGES),$(SKELETON)/image))
skeleton-layers = $(call lines,$(foreach d,$(SKELETON_DIRS),$(call layer,skeleton,skeleton,"$$TOP/$d")))
# What a root filesystem has that images are made of.
image-layer     = $(if $(IMAGE_PACKAGES),$(call layer,table,image,"$$TOP/$(SKELETON)/image.table"))
board-overlay   = $(if $(BOARD_OVERLAY),$(call layer,overlay,board,$(call in-top,$(BOARD_OVERLAY))))
overlay-layers  = $(board-overlay)$(call lines,$(foreach d,$(OVERLAYS),$(call layer,overlay,$(notdir $(d:%/=%)),$(call in-top,$d))))
table-layers    = $(call lines,$(foreach f,$(DEVICE_TABLES),$(call layer,table,$(notdir $f),$(call in-top,$f))))

# Usage: $(call having-some,PACKAGES,VARIABLES)
# Those whose recipe has one of the variables.
having-some = $(strip $(foreach p,$1,$(if $(strip $(foreach v,$2,$($($p.prefix)_$v))),$p)))

# Usage: $(call recipe-tables,PACKAGES), $(call recipe-table,PACKAGE)
# What recipes say of modes and devices is a table each, in their words but the first.
recipe-tables = $(call lines,$(foreach p,$(call having-some,$1,PERMISSIONS DEVICES),$(call recipe-table,$p)))
recipe-table  = $(call table-text,$1,perm,$($($1.prefix)_PERMISSIONS))$(call table-text,$1,nod,$($($1.prefix)_DEVICES))
# Usage: $(call table-text,PACKAGE,WORD,LINES)
define table-text
$(if $(strip $3),sed 's/^[^#]/$2 &/' >$1.$2 <<'END'
$3
END
$(call layer,table,$1,$1.$2))
endef

# Usage: $(call recipe-users,PACKAGES), $(call users-text,PACKAGE,LINES)
# What they say of users is a file each, here in the list that mkusers is given.
recipe-users = $(call lines,$(foreach p,$(call having-some,$1,USERS),$(call users-text,$p,$($($p.prefix)_USERS))))
define users-text
cat >$1.users <<'END'
$2
END
users="$$users $1.users"

endef

# Usage: $(call package-part,PACKAGES,DEPMOD)
# All that packages bring. DEPMOD is depmod or nothing (modules.mk).
package-part = $(call package-layers,$1)$(call recipe-tables,$1)$(call depmod-layer,$2)

# ---- the scripts ----

# Where in the image of the first script its initramfs goes: to images/, or to the consumers.
ROOTFS_PLACE = $(if $(POST_ROOTFS),host,images)

define rootfs-head
set -eu
umask 022
export PATH="$$TOOLS:/usr/local/bin:/usr/bin:/bin" LC_ALL=C TZ=UTC0
mkdir -p "$$BUILD"
cd "$$BUILD"
endef

# Usage: $(call rootfs-epoch,PACKAGES)
# Time of all files in the archive: the newest of the sources that went in, as the step runner notes it for packages that
# bring files.
rootfs-epoch = $(if $(SOURCE_DATE_EPOCH),epoch=$(SOURCE_DATE_EPOCH),$(call newest-epoch,$1))
# Usage: $(call newest-epoch,PACKAGES)
define newest-epoch
packages='$1'
epoch=315532800
for p in $$packages; do
	[ -f "$$PACKAGES/$$p/epoch" ] && read -r e <"$$PACKAGES/$$p/epoch" || e=0
	[ "$$e" -le "$$epoch" ] || epoch=$$e
done
endef

# Where images are made of it, they take the time from a file.
rootfs-packed = $(call rootfs-pack,$(ROOTFS_PLACE))$(if $(IMAGE_PACKAGES),$(newline)echo "$$epoch" >"$$IMAGE/host/rootfs.epoch")

# Usage: $(call rootfs-pack,WHERE)
# Pack it: compressed, with the manifest, into WHERE of the image; and as it is for QEMU, which reads it quicker than a guest
# can unpack. What did not change is not compressed again.
define rootfs-pack
initramfs=$(INITRAMFS)
compression=$(ROOTFS_COMPRESSION)
mkinitramfs -o "$$IMAGE/$1/$$initramfs" -m "$$IMAGE/$1/rootfs.manifest" --compress "$$compression" \
	$(if $(CONFIG_ROOTFS_CHECK_NEEDS),--check-needs $(rootfs-machine))$(call rootfs-plain,$1/$(INITRAMFS))$(call rootfs-tar,$1)"$$@"
endef
# Usage: $(call rootfs-tar,WHERE)
# The option for the tar archive that images are made of; what goes over a root filesystem has none.
rootfs-tar   = $(if $(and $(IMAGE_PACKAGES),$(filter host,$1)),--tar "$$IMAGE/host/rootfs.tar" )
rootfs-machine = $(if $(arch.elf),--machine $(arch.bits)$(comma)$(arch.endian)$(comma)$(arch.elf) )
# Usage: $(call rootfs-plain,FILE)
# Options for the one as it is, unless FILE is that already.
rootfs-plain = $(if $(call eq,$1,host/initramfs.cpio),,--plain "$$IMAGE/host/initramfs.cpio" --kept "$$BUILD/kept" )

ROOT_PASSWORD = $(call squote,$(CONFIG_ROOTFS_ROOT_PASSWORD))
ROOT_HASH     = $(if $(CONFIG_ROOTFS_ROOT_PASSWORD),$$(printf '%s\n' $(ROOT_PASSWORD) | mkpasswd --salt-from "$$hostname"))

input-lines  = $(call lines,$(foreach f,$(sort $(ROOTFS_INPUTS)),$(hash) $(notdir $f) $(DIGEST_$f)$(newline)))
tables-line  = $(if $(TABLES_DIGEST),$(hash) what tables bring $(TABLES_DIGEST))

define rootfs-text
#!/bin/sh
# The root filesystem. Whittle wrote this from support/make/rootfs.mk and the configuration.
$(rootfs-head)
# what it is made of, by content:
$(input-lines)$(tables-line)
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
$(call recipe-users,$(PACKAGES))root="$(ROOT_HASH)"
mkusers -o skeleton/etc --password "root=$$root" $$users

$(call rootfs-epoch,$(PRE_ROOTFS))
set -- --mtime "$$epoch" --layer skeleton=skeleton --table skeleton="$$TOP/$(SKELETON)/devices.table"
$(skeleton-layers)$(image-layer)$(call package-part,$(PRE_ROOTFS),$(DEPMOD_PRE))$(overlay-layers)$(table-layers)$(rootfs-packed)
endef

define text-over
#!/bin/sh
# What goes over the root filesystem. Whittle wrote this from support/make/rootfs.mk and the configuration.
$(rootfs-head)
# mkinitramfs $(foreach f,$(MKINITRAMFS_SOURCES),$(DIGEST_$f))
find $(POST_ROOTFS:%="$$PACKAGES/%/image/target") -mindepth 1 -print -quit >found
if [ ! -s found ]; then
	cp "$$PACKAGES/rootfs/image/host/rootfs.manifest" "$$IMAGE/images"
	exit 0
fi
$(call rootfs-epoch,$(POST_ROOTFS))
set -- --mtime "$$epoch" --over "$$PACKAGES/rootfs/image/host/rootfs.manifest"
$(call package-part,$(POST_ROOTFS),$(DEPMOD_POST))$(call rootfs-pack,images)
endef

define text-beside
#!/bin/sh
# The root filesystem beside what was made of it. Whittle wrote this from support/make/rootfs.mk and the configuration.
$(rootfs-head)
for p in $(POST_ROOTFS); do
	find "$$PACKAGES/$$p/image/target" -mindepth 1 -print -quit >found
	if [ -s found ]; then
		echo "$$p brings files for the root filesystem, but is built after it, for $(ROOTFS_CONSUMERS): they would be lost" >&9
		exit 1
	fi
done
cp "$$PACKAGES/rootfs/image/host/$(INITRAMFS)" "$$PACKAGES/rootfs/image/host/rootfs.manifest" "$$IMAGE/images"
endef

# ---- who runs them ----

ROOTFS_PARTS   = $(DEPMOD_PARTS) rootfs $(if $(POST_ROOTFS),initramfs)
initramfs-text = $(if $(ROOTFS_BUILTIN),$(text-over),$(text-beside))
rootfs-scripts = $(foreach p,$(ROOTFS_PARTS),$(call script,$(B)/$p/install.sh,$($p-text)))

# Usage: $(call step-part,NAMES)
# The step runner's words for a script of which the target parts of these images are the dependencies.
step-part       = --part target $(foreach p,$1,--dep $p=$(B)/$p)
depmod-words    = $(call step-part,$(KERNEL_PACKAGE) $(MODULE_PACKAGES)) --stamp $(B)/depmod/stamp install
rootfs-words    = $(call step-part,$(PRE_ROOTFS) $(DEPMOD_PRE)) --stamp $(B)/rootfs/stamp install
initramfs-words = $(call step-part,$(POST_ROOTFS) $(DEPMOD_POST)) --late-dep rootfs=$(B)/rootfs --stamp $(B)/initramfs/stamp install
# A line for each, as the step runner has it on its command line.
rootfs-survey   = $(foreach p,$(ROOTFS_PARTS),$(call step-name,$p) $(step-common) $($p-words)$(newline))

# What the stamp of each waits for.
depmod-needs    = $(KERNEL_PACKAGE) $(MODULE_PACKAGES)
rootfs-needs    = $(PRE_ROOTFS) $(DEPMOD_PRE)
initramfs-needs = rootfs $(POST_ROOTFS) $(DEPMOD_POST)

# Usage: $(call part-rule,PART)
define part-rule
$(B)/$1/stamp: $(B)/$1/install.sh $(patsubst %,$(B)/%/stamp,$($1-needs))
	$$(jobs)$(call step,$1) $($1-words)

endef
rootfs-rules = $(foreach p,$(ROOTFS_PARTS),$(call part-rule,$p))

# What QEMU is given: if the kernel has the root filesystem, what goes over it, if anything does.
QEMU_CPIO = $(if $(ROOTFS_BUILTIN),$(wildcard $(B)/initramfs/image/host/initramfs.cpio),$(B)/rootfs/image/host/initramfs.cpio)
