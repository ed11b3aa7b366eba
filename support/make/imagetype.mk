# SPDX-License-Identifier: GPL-2.0-or-later
# TYPE image: a package that makes an image, of the root filesystem or of other images. Its build step is the recipe's: it
# leaves in $BUILD the files that IMAGES names, and these go to images/.
#
# Such a step finds the root filesystem in $ROOTFS: rootfs.tar, rootfs.manifest and the initramfs. What its bytes may depend
# on, other than its inputs, is set before the recipe's own commands:
#
#   SOURCE_DATE_EPOCH   the time of all files in the root filesystem
#   uuid                a UUID (version 8 of RFC 9562) that follows from the content of the root filesystem and from the package
#
# Programs that it runs are those of packages of MODE host that it depends on, or of this machine.
#
# takes: the data model (model.mk)
# gives: TYPE_image_<STEP>, image-head (for package.mk); image-dir, image-uuid, image-text (for recipes)

# Usage: $(call image-dir,PACKAGE)
# The directory of the images of a package that the recipe depends on, in a script.
image-dir = "$$PACKAGES/$1/image/images"

# Usage: $(call image-uuid,NAME,FILES)
# A shell command that prints a UUID for the content of FILES; another one for each NAME.
image-uuid   = { echo $1; cat $2; } | sha256sum | sed 's/$(uuid-from)/\1-\2-8\3-8\4-\5/'
uuid-from   := ^\(.\{8\}\)\(.\{4\}\).\(.\{3\}\).\(.\{3\}\)\(.\{12\}\).*

# Usage: $(call image-text,VARIABLE,MAX)
# Its value: a label or the like, of at most MAX bytes, without white space and characters that the shell
# has a use for. Anything else stops make before it builds.
image-text  = $(call image-short,$1,$2,$(call path,$1,$(CONFIG_$(1:CONFIG_%=%))))
# Usage: $(call image-short,VARIABLE,MAX,VALUE)
image-short = $(if $(call image-beyond,$2,$3),$(call image-long,$1,$2,$3))$3
# Usage: $(call image-long,VARIABLE,MAX,VALUE)
image-long  = $(error $1="$3" is longer than the $2 bytes that there is room for: shorten it in menu Images)
# Usage: $(call image-beyond,MAX,TEXT)
# What of TEXT goes beyond MAX bytes.
image-beyond = $(shell printf %s $(call squote,$2) | tail -c +$1 | tail -c +2)

# Usage: $(call image-head,PACKAGE)
# What stands before the commands of the build step.
define image-head
export SOURCE_DATE_EPOCH="$$(cat "$$ROOTFS/rootfs.epoch")"
uuid=$$($(call image-uuid,$1,"$$ROOTFS/rootfs.tar"))

endef

# Usage: $(call TYPE_<type>_<STEP>,PACKAGE)
TYPE_image_CONFIGURE :=
TYPE_image_BUILD     :=
define TYPE_image_INSTALL
mkdir -p "$$IMAGE/images"
cp --sparse=always $($($1.prefix)_IMAGES) "$$IMAGE/images"
endef
