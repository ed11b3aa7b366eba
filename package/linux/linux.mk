# SPDX-License-Identifier: GPL-2.0-or-later
# The kernel. Its sources are a pinned release, another release or tarball with a digest, a
# git commit, or a directory (also by 'make LINUX_DIR=DIR').

LINUX_VERSIONS := 6.12.95 6.1.176 6.18.45
ifeq ($(CONFIG_LINUX_CUSTOM),y)
LINUX_VERSION := $(CONFIG_LINUX_CUSTOM_VERSION)
LINUX_SHA256  := $(CONFIG_LINUX_CUSTOM_SHA256)
else ifeq ($(CONFIG_LINUX_6_1),y)
LINUX_VERSION := 6.1.176
else ifeq ($(CONFIG_LINUX_6_18),y)
LINUX_VERSION := 6.18.45
else # CONFIG_LINUX_6_12
LINUX_VERSION := 6.12.95
endif

LINUX_SITE   = https://cdn.kernel.org/pub/linux/kernel/v$(firstword $(subst ., ,$(LINUX_VERSION))).x
LINUX_SOURCE = linux-$(LINUX_VERSION).tar.xz
LINUX_POOL   = $(if $(SHA256_linux/linux_$(LINUX_VERSION).orig.tar.xz),l/linux/linux_$(LINUX_VERSION).orig.tar.xz)
LINUX_LICENSE       := GPL-2.0-only WITH Linux-syscall-note
LINUX_LICENSE_FILES := COPYING LICENSES/preferred/GPL-2.0 LICENSES/exceptions/Linux-syscall-note
LINUX_HOMEPAGE      := https://www.kernel.org
LINUX_CPE           := linux:linux_kernel

ifeq ($(CONFIG_LINUX_URL),y)
LINUX_VERSION := url
LINUX_SITE    := $(patsubst %/,%,$(dir $(CONFIG_LINUX_CUSTOM_URL)))
LINUX_SOURCE  := $(notdir $(CONFIG_LINUX_CUSTOM_URL))
LINUX_SHA256  := $(CONFIG_LINUX_CUSTOM_SHA256)
LINUX_POOL    :=
else ifeq ($(CONFIG_LINUX_GIT),y)
LINUX_VERSION := git
LINUX_GIT_URL := $(CONFIG_LINUX_GIT_URL)
LINUX_GIT_REF := $(CONFIG_LINUX_GIT_REF)
else ifeq ($(CONFIG_LINUX_LOCAL),y)
LINUX_DIR     ?= $(or $(CONFIG_LINUX_LOCAL_DIR),LINUX_LOCAL_DIR-is-empty)
endif

# What its Kconfig front ends are built from (support/make/config.mk).
ifeq ($(FRONT_ENDS),y)
LINUX_UNPACK_ONLY := Makefile scripts
endif

LINUX_TYPE       := kbuild
LINUX_MODE       := kernel
LINUX_KEEP_BUILD := y
LINUX_STRICT     := $(CONFIG_LINUX_CONFIG_STRICT)
LINUX_cross       = $(if $(KERNEL_LLVM),LLVM=$(KERNEL_LLVM) ,$(CROSS_PREFIX:%=CROSS_COMPILE=% ))
LINUX_MAKE_OPTS   = ARCH=$(arch.kernel) $(LINUX_cross)CC="$$CC" HOSTCC=gcc \
                    KBUILD_BUILD_USER=whittle KBUILD_BUILD_HOST=whittle \
                    KBUILD_BUILD_VERSION=1 KBUILD_BUILD_TIMESTAMP="$$(date -u -d "@$$SOURCE_DATE_EPOCH")"

# The board's fragments: what lean kernels of all architectures have, and its own.
LINUX_board := $(CONFIG_LINUX_LEAN:y=board/lean.config) $(wildcard $(BOARD_DIR)/linux.config)
LINUX_board_fragments := $(if $(CONFIG_LINUX_BOARD_FRAGMENT),$(LINUX_board))

ifeq ($(CONFIG_LINUX_BASE_LEAN),y)
# As tinyconfig begins, but for the board's machine: what tinyconfig's own machine has would stay.
LINUX_KCONFIG_BASE      := allnoconfig
LINUX_KCONFIG_ALLCONFIG := $(addprefix kernel/configs/,tiny-base.config tiny.config)
LINUX_KCONFIG_FIRST     := $(LINUX_board_fragments)
else ifeq ($(CONFIG_LINUX_BASE_TINYCONFIG),y)
LINUX_KCONFIG_BASE := tinyconfig
else ifeq ($(CONFIG_LINUX_BASE_FILE),y)
LINUX_config_file  := $(call given-path,CONFIG_LINUX_CONFIG_FILE)
LINUX_KCONFIG_BASE := $(if $(findstring /,$(LINUX_config_file)),,./)$(LINUX_config_file)
else # CONFIG_LINUX_BASE_DEFCONFIG
LINUX_KCONFIG_BASE := $(CONFIG_LINUX_DEFCONFIG)
endif
# With an address for .data, as scripts/module.lds leaves it since 6.10, gdb puts all sections of a module on top of
# each other. Only with this preset: other kernels stay as they are in caches.
ifeq ($(CONFIG_LINUX_PRESET_DEBUG_INFO),y)
LINUX_MAKE_OPTS += LDFLAGS_MODULE=--section-start=.data=0
endif
# Presets: a fragment for each, and one more for some architectures.
LINUX_presets := \
	$(CONFIG_LINUX_PRESET_GUEST:y=GUEST) $(CONFIG_LINUX_PRESET_GUEST:y=GUEST-$(CONFIG_ARCH)) \
	$(CONFIG_LINUX_PRESET_DEBUG_INFO:y=DEBUG_INFO) $(CONFIG_LINUX_PRESET_DEBUG_INFO:y=DEBUG_INFO-$(CONFIG_ARCH)) \
	$(CONFIG_LINUX_PRESET_BTF:y=BTF) \
	$(CONFIG_LINUX_PRESET_KASAN:y=KASAN) \
	$(CONFIG_LINUX_PRESET_UBSAN:y=UBSAN) \
	$(CONFIG_LINUX_PRESET_KCSAN:y=KCSAN) \
	$(CONFIG_LINUX_PRESET_LOCKDEP:y=LOCKDEP) \
	$(CONFIG_LINUX_PRESET_KMEMLEAK:y=KMEMLEAK) \
	$(CONFIG_LINUX_PRESET_FAULT_INJECTION:y=FAULT_INJECTION) \
	$(CONFIG_LINUX_PRESET_KCOV:y=KCOV) \
	$(CONFIG_LINUX_PRESET_GCOV:y=GCOV) \
	$(CONFIG_LINUX_PRESET_FTRACE:y=FTRACE) \
	$(CONFIG_LINUX_PRESET_KUNIT:y=KUNIT) \
	$(CONFIG_LINUX_PRESET_MODULES:y=MODULES)
# What enabled packages need of a kernel.
LINUX_packages := $(wildcard $(foreach p,$(PACKAGES),$($($p.prefix)_PKGDIR)/linux.config))
LINUX_KCONFIG_FRAGMENTS := $(LINUX_board_fragments) $(LINUX_packages) $(wildcard $(LINUX_presets:%=$(LINUX_PKGDIR)/presets/%.config)) \
	$(call given-paths,CONFIG_LINUX_FRAGMENTS)

# The kernel says which clang it needs, but not what to do then.
LINUX_CONFIGURE = $(if $(KERNEL_LLVM),$(LINUX_llvm_configure))
define LINUX_llvm_configure
if least=$$(SRCARCH=$(arch.srcarch) sh "$(SRC)/scripts/min-tool-version.sh" llvm 2>/dev/null); then
	has=$$($$CC -dumpversion)
	if [ "$$(printf '%s\n' "$$least" "$$has" | sort -V | head -n 1)" != "$$least" ]; then
		echo "linux: $(CC_KERNEL) is clang $$has, but this kernel needs $$least or newer: $(LINUX_llvm_remedy)" >&9
		exit 1
	fi
fi
$(call TYPE_kbuild_CONFIGURE,linux)
endef
LINUX_llvm_remedy := choose another one in menu Toolchain or by LLVM=-VERSION, or gcc

LINUX_PROGRAMS := $(CONFIG_LINUX_PRESET_BTF:y=pahole)

# How long the log of its build is, where the board has counted that: it holds as long as nothing but what packages need
# is added to the board's own configuration.
LINUX_counted   = $(patsubst linux/$(LINUX_KCONFIG_BASE)=%,%,$(filter linux/$(LINUX_KCONFIG_BASE)=%,$(BOARD_LINES)))
LINUX_LOG_LINES = $(if $(strip $(LINUX_presets) $(CONFIG_LINUX_FRAGMENTS)),,$(if $(CONFIG_LINUX_BOARD_FRAGMENT),$(LINUX_counted)))

# What the kernel brings for the root filesystem is packed apart: its modules change often.
LINUX_LAYER := own

# With the root filesystem built in: the kernel's own build packs it, from what is put into the
# build directory before, so that no path of this machine is in the configuration.
LINUX_TAKES_ROOTFS := $(CONFIG_ROOTFS_BUILTIN:y=builtin)
ifeq ($(CONFIG_ROOTFS_BUILTIN),y)
define LINUX_KCONFIG
CONFIG_BLK_DEV_INITRD=y
CONFIG_INITRAMFS_SOURCE="$(LINUX_rootfs_source)"
CONFIG_INITRAMFS_COMPRESSION_NONE=y
$(LINUX_rootfs_more)
endef
else ifeq ($(CONFIG_IMAGES_EFI_STUB),y)
# Firmware that starts the kernel itself passes it no arguments.
define LINUX_KCONFIG
# kmerge: if known
CONFIG_CMDLINE_BOOL=y
CONFIG_CMDLINE="$(IMAGE_DISK_builtin)"
endef
endif

ifeq ($(CONFIG_ROOTFS_BUILTIN_CPIO),y)
LINUX_rootfs_source = $(INITRAMFS)
LINUX_rootfs_more   = $(CONFIG_ROOTFS_COMPRESS_GZIP:y=CONFIG_RD_GZIP=y) $(CONFIG_ROOTFS_COMPRESS_BZIP2:y=CONFIG_RD_BZIP2=y) \
	$(CONFIG_ROOTFS_COMPRESS_XZ:y=CONFIG_RD_XZ=y) $(CONFIG_ROOTFS_COMPRESS_ZSTD:y=CONFIG_RD_ZSTD=y) \
	$(CONFIG_ROOTFS_COMPRESS_LZ4:y=CONFIG_RD_LZ4=y)
define LINUX_rootfs_take
cmp -s "$$ROOTFS/$(INITRAMFS)" $(INITRAMFS) || cp "$$ROOTFS/$(INITRAMFS)" $(INITRAMFS)

endef
else ifeq ($(CONFIG_ROOTFS_BUILTIN),y)
ifeq ($(CONFIG_ROOTFS_BUILTIN_DIR),y)
# Of a directory, what belongs to the person who builds belongs to root. Devices, other owners and the
# mode of the root itself are the list's.
LINUX_rootfs_source := rootfs rootfs.list
define LINUX_rootfs_more
CONFIG_INITRAMFS_ROOT_UID=-1
CONFIG_INITRAMFS_ROOT_GID=-1
endef
LINUX_rootfs_lines  := -n -e '/^nod /{p;d;}' -e '/^dir \/\. /{p;d;}' -e '/ 0 0\( \|$$\)/!p'
# Words that the list has no place for, and what gen_initramfs.sh reads as patterns and escapes.
LINUX_rootfs_odd    := -e ' "' -e '[\\*?]' -e '\[[^ ]*\]'
LINUX_rootfs_other  := an archive, or as a list if nothing there is in quotes
else # CONFIG_ROOTFS_BUILTIN_LIST
LINUX_rootfs_source := rootfs.list
LINUX_rootfs_lines  := -n p
# Words that the list has no place for.
LINUX_rootfs_odd    := -e ' "'
LINUX_rootfs_other  := an archive
endif
LINUX_rootfs_remedy := rename them, or build the root filesystem in as $(LINUX_rootfs_other)
# The kernel's build makes a makefile of all names, for its next run. It would stumble over some: without
# it, and without what it packed, it packs anew.
define LINUX_rootfs_take
# mkinitramfs $(DIGEST_support/tools/mkinitramfs) $(DIGEST_support/lib/archive)
[ ! -d rootfs ] || chmod -R u+rwX rootfs
rm -rf rootfs
mkinitramfs --extract --plain-owner "$$ROOTFS/initramfs.cpio" rootfs
mkinitramfs --write-list --source-prefix rootfs "$$ROOTFS/initramfs.cpio" >rootfs.all
if grep $(LINUX_rootfs_odd) rootfs.all >&9; then
	echo 'linux: the kernel'\''s build cannot pack the names above: $(LINUX_rootfs_remedy)' >&9
	exit 1
fi
rm -f usr/.initramfs_data.cpio.d usr/initramfs_data.cpio
sed $(LINUX_rootfs_lines) rootfs.all >rootfs.list

endef
endif

# To boot a tree of one's own just once more, vmlinux will do where the kernel has what it boots by. An image that has the kernel
# in it needs the other file.
LINUX_quick = $(if $(filter $(KERNEL_IMAGE),$(KERNEL))$(LINUX_imaged),,$(and $(arch.direct),$(LINUX_DIR),$(BOOT_ONLY)))
LINUX_imaged = $(filter linux,$(foreach p,$(IMAGE_PACKAGES),$($p.deps)))
define LINUX_quick_text
if grep -q '^CONFIG_$(arch.direct)=y' .config; then
	targets=vmlinux
	rm -f $(arch.image)
fi
endef

# After an edit of a tree of one's own, only the commands that it concerns (docs/replay.md); REPLAY=n leaves all to kbuild.
# Kernels by clang are not proven to be the same.
LINUX_replayed = $(if $(KERNEL_LLVM),,$(and $(LINUX_DIR),$(arch.replay)))
LINUX_replay = $(if $(LINUX_replayed),$(call line,$(LINUX_replay_digest))$(LINUX_replay_words))
LINUX_replay_digest = \# replay $(DIGEST_support/tools/replay)
LINUX_replay_words = replay $${REPLAY:+--off} --src "$(SRC)" --build "$(BUILD)" --versions '$(arch.replay)' -- $(empty)

define LINUX_BUILD
$(LINUX_rootfs_take)targets=$(or $(arch.target),vmlinux)
$(if $(LINUX_quick),$(call line,$(LINUX_quick_text)))if grep -q '^CONFIG_MODULES=y' .config; then targets="$$targets modules"; fi
if grep -q '^CONFIG_GDB_SCRIPTS=y' .config; then targets="$$targets scripts_gdb"; fi
$(LINUX_replay)make -C "$(SRC)" O="$(BUILD)" $(LINUX_MAKE_OPTS) $$targets
endef

# What modules outside of its tree are built with (TYPE module finds it in $HOST/kbuild): what the kernel's own
# scripts/package/install-extmod-build picks, under a name of its own. Programs are without what tells where they were built.
# A tree of one's own is built often: there it is made when such modules are enabled.
LINUX_kbuild_wanted = $(if $(LINUX_DIR),$(MODULE_PACKAGES),y)
# What is taken of the sources, but for what is skipped; and of what was built. The architecture is known after the recipes.
LINUX_kbuild_src      = Makefile arch/$(arch.srcarch)/[KMP]* arch/$(arch.srcarch)/include include scripts
LINUX_kbuild_skipped  = -path scripts/atomic -o -path scripts/coccinelle -o -path scripts/dtc -o -path scripts/gdb \
	-o -path scripts/kconfig -o -path scripts/package -o -path include/config -o -path include/generated \
	-o -path arch/$(arch.srcarch)/include/generated
LINUX_kbuild_built    = .config Module.symvers include/config/auto.conf include/config/kernel.release include/generated \
	arch/$(arch.srcarch)/include/generated
LINUX_kbuild_left    := -path scripts/dtc -o -path scripts/gdb -o -path scripts/kconfig \
	-o -name '.*.cmd' -o -name '.tmp*' -o -name '*.[aos]'
LINUX_kbuild_kept     = \( $(LINUX_kbuild_skipped) \) -prune -o \( -type f -o -type l \) ! -name 'Kconfig*' -print
define LINUX_kbuild
kbuild="$(IMAGE)/host/kbuild"
mkdir -p "$$kbuild"
take() {
	tar --mode=u=rwX,go=rX --owner=0 --group=0 -cf - -T "$$1" | tar -C "$$kbuild" -xf -
}
(cd "$(SRC)"
find $(LINUX_kbuild_src) $(LINUX_kbuild_kept) >"$(BUILD)/kbuild.files"
take "$(BUILD)/kbuild.files")
find $(LINUX_kbuild_built) \
	scripts $$(ls tools/objtool/objtool 2>/dev/null) \( $(LINUX_kbuild_left) \) -prune -o -type f -print >kbuild.files
take kbuild.files
for file in $$(find "$$kbuild/scripts" "$$kbuild/tools" -type f -perm -u+x); do
	[ "$$(head -c 4 "$$file" | tail -c 3)" != ELF ] || strip -s -R .note.gnu.build-id "$$file"
done

endef

# With the preset for gcov: what the compiler wrote of each object, for 'make coverage'.
LINUX_gcov_tar := --format=ustar --mode=u=rwX,go=rX --owner=0 --group=0 --numeric-owner --mtime=@0
ifeq ($(CONFIG_LINUX_PRESET_GCOV),y)
define LINUX_gcov
find . -name '*.gcno' | LC_ALL=C sort >gcno.files
[ ! -s gcno.files ] || tar $(LINUX_gcov_tar) -cf "$(IMAGE)/images/kernel.gcno.tar" -T gcno.files

endef
endif

define LINUX_image
[ ! -e $(arch.image) ] || install -m 644 $(arch.image) "$(IMAGE)/images"
endef
define LINUX_INSTALL
install -m 644 vmlinux System.map "$(IMAGE)/images"
install -m 644 .config "$(IMAGE)/images/kernel.config"
$(LINUX_gcov)$(if $(arch.image),$(call line,$(LINUX_image)))if grep -q '^CONFIG_MODULES=y' .config; then
	make -C "$(SRC)" O="$(BUILD)" $(LINUX_MAKE_OPTS) INSTALL_MOD_PATH="$(IMAGE)/target" INSTALL_MOD_STRIP=1 modules_install
	rm -f "$(IMAGE)"/target/lib/modules/*/build "$(IMAGE)"/target/lib/modules/*/source
$(if $(LINUX_kbuild_wanted),$(LINUX_kbuild))fi
# gdb looks for them beside vmlinux.
if grep -q "^CONFIG_GDB_SCRIPTS=y" .config; then
	mkdir -p "$(IMAGE)/images/scripts/gdb"
	cp -L vmlinux-gdb.py "$(IMAGE)/images"
	cp -RL scripts/gdb/linux "$(IMAGE)/images/scripts/gdb"
	rm -rf "$(IMAGE)/images/scripts/gdb/linux/__pycache__"
fi
endef
