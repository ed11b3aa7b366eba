# SPDX-License-Identifier: GPL-2.0-or-later
# The files of modprobe (modules.dep and the like) when packages add modules to the kernel's own: one script,
# $(B)/depmod/install.sh, computes them for all modules. They replace those that the kernel brings, which are right if no
# package adds a module.
#
# takes: KERNEL_PACKAGE, MODULE_PACKAGES, POST_ROOTFS (model.mk); rootfs-head (rootfs.mk)
# gives: DEPMOD_PRE, DEPMOD_POST (depmod or nothing: the part of the root filesystem that it goes to),
#        DEPMOD_PARTS, depmod-layer, depmod-text

DEPMOD_PARTS = $(if $(MODULE_PACKAGES),depmod)
DEPMOD_POST  = $(if $(filter $(KERNEL_PACKAGE),$(POST_ROOTFS)),$(DEPMOD_PARTS))
DEPMOD_PRE   = $(if $(DEPMOD_POST),,$(DEPMOD_PARTS))

# Usage: $(call depmod-layer,DEPMOD)
# DEPMOD is DEPMOD_PRE or DEPMOD_POST.
depmod-layer = $(if $1,set -- "$$@" --overlay $1="$$PACKAGES/$1/image/target" --apart $1$(newline))

DEPMOD_MISSING := there is no program 'depmod' here, which modules need: install kmod (scripts/bootstrap does)
DEPMOD_OTHER   := modprobe would not find or not load it

# The order of directories is from a configuration of ours, not from this machine's.
define depmod-text
#!/bin/sh
# What modprobe needs to know of all modules. Whittle wrote this from support/make/modules.mk and the configuration.
$(rootfs-head)
PATH=$$PATH:/usr/local/sbin:/usr/sbin:/sbin
command -v depmod >/dev/null || { echo "$(DEPMOD_MISSING)" >&9; exit 1; }
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
			echo "$$p: $${file#.} is for Linux $${made%% *}, but the kernel is $$release: $(DEPMOD_OTHER)" >&9
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
