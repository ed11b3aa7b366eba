# SPDX-License-Identifier: GPL-2.0-or-later
# Modules of packages in the root filesystem: what modprobe needs to know of all modules, the kernel's own
# and theirs, is computed by one script, $(B)/depmod/install.sh, and goes over what the kernel brings
# of that. Without such packages there is none: then the kernel's own is right.
#
# takes: KERNEL_PACKAGE, MODULE_PACKAGES, LATE (package.mk); rootfs-head, step-part (rootfs.mk)
# gives: DEPMOD_EARLY, DEPMOD_LATE (depmod or nothing: the part of the root filesystem that it goes to),
#        DEPMOD_PARTS, depmod-layer, text-depmod, depmod-words

DEPMOD_PARTS = $(if $(MODULE_PACKAGES),depmod)
DEPMOD_LATE  = $(if $(filter $(KERNEL_PACKAGE),$(LATE)),$(DEPMOD_PARTS))
DEPMOD_EARLY = $(if $(DEPMOD_LATE),,$(DEPMOD_PARTS))

# $1: DEPMOD_EARLY or DEPMOD_LATE
depmod-layer = $(if $1,set -- "$$@" --overlay $1="$$PACKAGES/$1/image/target" --apart $1$(newline))

# depmod has its order of directories from a file of ours, not from this machine's.
define text-depmod
#!/bin/sh
# What modprobe needs to know of all modules. Whittle wrote this from support/make/modules.mk and the configuration.
$(rootfs-head)
PATH=$$PATH:/usr/local/sbin:/usr/sbin:/sbin
command -v depmod >/dev/null || { echo "there is no program 'depmod' here, which modules need: install kmod (scripts/bootstrap does)" >&9; exit 1; }
kernel=$$PACKAGES/$(KERNEL_PACKAGE)/image/target/lib/modules
release=$$(cd "$$kernel" && echo *)
rm -rf root
mkdir -p root/usr/lib/modules
ln -s usr/lib root/lib
cp -a "$$kernel/$$release" root/lib/modules
for p in $(MODULE_PACKAGES); do
	cd "$$PACKAGES/$$p/image/target"
	for file in $$(find . -name '*.ko*'); do
		made=$$(modinfo -F vermagic "$$file")
		case $$file:$${made%% *} in
		"./lib/modules/$$release"/*:"$$release") ;;
		*)
			echo "$$p: $${file#.} is for Linux $${made%% *}, but the kernel is $$release: modprobe would not find or not load it" >&9
			exit 1 ;;
		esac
	done
	cp -a "lib/modules/$$release" "$$BUILD/root/lib/modules"
	cd "$$BUILD"
done
echo 'search updates built-in' >depmod.conf
# (kmod 30 cannot live with a relative name of that file.)
depmod -b "$$BUILD/root" -C "$$BUILD/depmod.conf" "$$release"
mkdir -p "$$IMAGE/target/lib/modules/$$release"
cp root/lib/modules/"$$release"/modules.* "$$IMAGE/target/lib/modules/$$release"
endef

depmod-words = $(call step-part,$(KERNEL_PACKAGE) $(MODULE_PACKAGES)) --stamp $(B)/depmod/stamp install

define depmod-rule
$(if $(DEPMOD_PARTS),$(B)/depmod/stamp: $(B)/depmod/install.sh $(patsubst %,$(B)/%/stamp,$(KERNEL_PACKAGE) $(MODULE_PACKAGES))
	$$(jobs)$(call STEP,depmod) $(depmod-words))
endef
