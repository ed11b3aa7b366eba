# SPDX-License-Identifier: GPL-2.0-or-later
# The usual steps, by a recipe's TYPE. $1 is the package's prefix (BZIP2), $2 its name. A
# recipe that defines <PREFIX>_BUILD and so on has its own step instead.
#
# gives: TYPE_<type>_<STEP>

# A type has CONFIGURE, BUILD and INSTALL; and EDITED, what comes before BUILD, be that the recipe's own or not, in a
# directory of the user's, whose build goes on where it was.
#
# generic: all steps are the recipe's.

# What 'make install' and its like give goes straight into the image; where the recipe names what is
# wanted of it (TARGET_FILES, SYSROOT_FILES: patterns below its root), to a place of its own first.
type-picks = $(filter-out undefined,$(origin $1_TARGET_FILES) $(origin $1_SYSROOT_FILES))
type-dest  = $(if $(type-picks),"$$BUILD/dest","$$IMAGE/$(if $(filter host,$($1_MODE)),host,target)")
define type-pick
$(if $(type-picks),
cd "$$BUILD/dest"
$(if $($1_SYSROOT_FILES),find . -name '*.la' -exec rm {} +
mkdir -p "$$IMAGE/sysroot"
cp -a --parents $($1_SYSROOT_FILES) "$$IMAGE/sysroot"
$(if $(LINK_DYNAMIC),mkdir -p "$$IMAGE/target"
find . -name '*.so.*' -exec cp -a --parents {} "$$IMAGE/target" ';'
))$(if $($1_TARGET_FILES),mkdir -p "$$IMAGE/target"
cp -a --parents $($1_TARGET_FILES) "$$IMAGE/target"
))
endef
# Programs that not every machine has. $1 the program
define type-needs
command -v $1 >/dev/null || { echo "there is no program '$1' here, which this type of package is built with: install it" >&9; exit 1; }
endef
type-src     = $$SRC$(addprefix /,$($1_SUBDIR))
type-cflags  = CFLAGS="$$CFLAGS$(addprefix $(space),$($1_CFLAGS))"
type-ldflags = LDFLAGS="$(strip $(LINK_STRIP) $($1_LDFLAGS))"

# make: a makefile that builds where it stands: in a copy of the sources. A directory of the user's is
# copied when it is built, as far as it was edited; but by configure where the recipe has one of its own.
COPYTREE_SOURCES := support/tools/copytree
type-copytree = copytree "$(type-src)" .
define TYPE_make_CONFIGURE
$(if $($1_DIR),$(hash) copytree $(DIGEST_$(COPYTREE_SOURCES))$(if $($1_CONFIGURE),$(newline)$(type-copytree)),cp -a "$(type-src)/." .)
endef
define TYPE_make_EDITED
$(if $($1_CONFIGURE),,$(type-copytree)
)
endef
define TYPE_make_BUILD
make $(type-make-vars) $($1_MAKE_OPTS)
endef
define TYPE_make_INSTALL
$(type-fresh)make $(type-make-vars) $($1_MAKE_OPTS) DESTDIR=$(type-dest) $(or $($1_INSTALL_OPTS),install)$(type-pick)
endef
type-make-vars = CC="$$CC" AR="$$AR" RANLIB="$$RANLIB" $(type-cflags) $(type-ldflags) PREFIX=/usr prefix=/usr
type-fresh     = $(if $(type-picks),rm -rf dest$(newline))

# autotools: ./configure && make && make install. It is told what builds, so that it takes nothing for
# its own machine, even where programs of the target would run here.
define TYPE_autotools_CONFIGURE
$(if $($1_DIR),if [ -e "$(type-src)/config.status" ]; then
	echo "$(type-src) was configured in place; run 'make distclean' there first" >&9
	exit 1
fi
)$(type-cflags) $(type-ldflags) PKG_CONFIG="pkg-config$(if $(LINK_DYNAMIC),, --static)" $($1_CONF_ENV) \
"$(type-src)/configure" --build="$$(uname -m)-pc-linux-gnu" --host=$(TARGET_TRIPLET) --prefix=/usr --sysconfdir=/etc \
	--localstatedir=/var $(if $(LINK_DYNAMIC),--enable-shared --disable-static,--disable-shared --enable-static) $($1_CONF_OPTS)
endef
# Of a directory of the user's, only automake's makefiles know which headers were edited: others start afresh.
define TYPE_autotools_EDITED
if [ -e .built ] && ! grep -qs depfiles config.status; then
find . -mindepth 1 -delete
$(or $($1_CONFIGURE),$(TYPE_autotools_CONFIGURE))
fi
: >.built

endef
define TYPE_autotools_BUILD
make $($1_MAKE_OPTS)
endef
define TYPE_autotools_INSTALL
$(type-fresh)make $($1_MAKE_OPTS) DESTDIR=$(type-dest) $(or $($1_INSTALL_OPTS),install)$(type-pick)
endef

# cmake: with makefiles of its own making.
define TYPE_cmake_CONFIGURE
$(call type-needs,cmake)
$(type-cflags) $(type-ldflags) cmake -S "$(type-src)" -B . -G 'Unix Makefiles' \
	-DCMAKE_SYSTEM_NAME=Linux -DCMAKE_SYSTEM_PROCESSOR=$(CONFIG_ARCH) -DCMAKE_C_COMPILER="$$CC" \
	-DCMAKE_FIND_ROOT_PATH="$$SYSROOT" -DCMAKE_FIND_ROOT_PATH_MODE_PROGRAM=NEVER -DCMAKE_FIND_ROOT_PATH_MODE_LIBRARY=ONLY \
	-DCMAKE_FIND_ROOT_PATH_MODE_INCLUDE=ONLY -DCMAKE_FIND_ROOT_PATH_MODE_PACKAGE=ONLY \
	-DCMAKE_INSTALL_PREFIX=/usr -DCMAKE_INSTALL_LIBDIR=lib -DCMAKE_INSTALL_SYSCONFDIR=/etc -DCMAKE_SKIP_RPATH=ON -DCMAKE_BUILD_TYPE= \
	-DBUILD_SHARED_LIBS=$(if $(LINK_DYNAMIC),ON,OFF) $($1_CONF_OPTS)
endef
TYPE_cmake_BUILD   = $(TYPE_autotools_BUILD)
TYPE_cmake_INSTALL = $(TYPE_autotools_INSTALL)

# meson: builds with ninja.
define TYPE_meson_CONFIGURE
$(call type-needs,meson)
$(call type-needs,ninja)
words() {
	for word; do printf "'%s'," "$$word"; done
}
cat >cross.ini <<END
[binaries]
c = '$$CC'
ar = '$$AR'
nm = '$$NM'
ranlib = '$$RANLIB'
strip = '$$STRIP'
pkg-config = 'pkg-config'
[built-in options]
c_args = [$$(words $$CFLAGS $($1_CFLAGS))]
c_link_args = [$$(words $(LINK_STRIP) $($1_LDFLAGS))]
[properties]
pkg_config_libdir = '$$PKG_CONFIG_LIBDIR'
sys_root = '$$SYSROOT'
[host_machine]
system = 'linux'
cpu_family = '$(CONFIG_ARCH)'
cpu = '$(CONFIG_ARCH)'
endian = '$(or $(CONFIG_ENDIAN),little)'
END
meson setup --cross-file cross.ini --prefix=/usr --libdir=lib --sysconfdir=/etc --localstatedir=/var --buildtype=plain --wrap-mode=nodownload \
	--default-library=$(if $(LINK_DYNAMIC),shared,static) $(if $(LINK_DYNAMIC),,--prefer-static) $($1_CONF_OPTS) . "$(type-src)"
endef
define TYPE_meson_BUILD
ninja -j "$$JOBS" $($1_MAKE_OPTS)
endef
define TYPE_meson_INSTALL
$(type-fresh)DESTDIR=$(type-dest) meson install --no-rebuild $($1_INSTALL_OPTS)$(type-pick)
endef

# module: modules for the kernel, from sources outside of its tree: kbuild with obj-m, in a copy of the sources as TYPE make
# has it, all of them, whatever SUBDIR has the makefile. The kernel gives what they are built with, in $HOST/kbuild; it has none
# without CONFIG_MODULES. What a module exports is known to packages of this type that depend on it, by $HOST/symvers.
module-make = make -C "$$HOST/kbuild" $($(UP_$(KERNEL_PACKAGE))_MAKE_OPTS) M="$$BUILD$(addprefix /,$($1_SUBDIR))" $($1_MAKE_OPTS)
module-copy = copytree "$$SRC" .
define TYPE_module_CONFIGURE
if [ ! -e "$$HOST/kbuild/Makefile" ]; then
	echo "$2 is a kernel module, but the kernel has no CONFIG_MODULES: choose 'Loadable modules' in menu Kernel, Debugging, or set it by 'make $(KERNEL_PACKAGE)-menuconfig'" >&9
	exit 1
fi
$(if $($1_DIR),$(hash) copytree $(DIGEST_$(COPYTREE_SOURCES))$(if $($1_CONFIGURE),$(newline)$(module-copy)),cp -a "$$SRC/." .)
endef
define TYPE_module_EDITED
$(if $($1_CONFIGURE),,$(module-copy)
)
endef
define TYPE_module_BUILD
$(module-make) $(if $(filter $(MODULE_PACKAGES),$($1_DEPENDS)),KBUILD_EXTRA_SYMBOLS="$$(echo "$$HOST"/symvers/*)" )modules
endef
define TYPE_module_INSTALL
$(module-make) INSTALL_MOD_PATH="$$IMAGE/target" INSTALL_MOD_DIR=updates INSTALL_MOD_STRIP=1 DEPMOD=true $(or $($1_INSTALL_OPTS),modules_install)
if [ -z "$$(find "$$IMAGE/target" -name '*.ko*' -print -quit)" ]; then
	echo "$2: no module was built: obj-m, in Kbuild or Makefile $(if $($1_SUBDIR),in $($1_SUBDIR) of,at the top of) its sources, names them; $1_SUBDIR is where else that file is" >&9
	exit 1
fi
mkdir -p "$$IMAGE/host/symvers"
sed "s,	$$BUILD/,	," "$$BUILD$(addprefix /,$($1_SUBDIR))/Module.symvers" >"$$IMAGE/host/symvers/$2"
endef

# kbuild: Kconfig and kbuild inside, as in Linux and BusyBox. The configuration is a base (a
# target such as x86_64_defconfig; a file when it has a slash in it), then fragments in order:
# the recipe's files, the recipe's own lines, what the package's inner menu left. Each setting
# is checked afterwards.
kbuild-make      = make -C "$$SRC" O="$$BUILD" $($1_MAKE_OPTS)
kbuild-base-file = $(if $(findstring /,$($1_KCONFIG_BASE)),$($1_KCONFIG_BASE))
kbuild-menu-file = $(wildcard $(O)/fragments/$2.config)
kbuild-fragments = $(strip $(foreach f,$(call numbered,$($1_KCONFIG_FRAGMENTS)),"$$FILES/$f") \
                   $(if $($1_KCONFIG),recipe.config) $(if $(kbuild-menu-file),"$$FILES/menu.config"))

KMERGE_SOURCES := support/tools/kmerge support/lib/kconfig
# Kconfig's $(ARCH) is what its own make has.
kbuild-arch      = $(patsubst ARCH=%,--arch %,$(lastword $(filter ARCH=%,$($1_MAKE_OPTS))))

# kbuild builds out of a tree only that was never built or configured in.
define kbuild-unclean
if [ -e "$$SRC/.config" ] || [ -d "$$SRC/include/config" ]; then
	echo "$2: $$SRC was configured in place; run 'make mrproper' there first (that removes its .config: keep a copy)" >&9
	exit 1
fi
endef

define TYPE_kbuild_CONFIGURE
$(hash) kmerge $(foreach s,$(KMERGE_SOURCES),$(DIGEST_$s))
$(kbuild-unclean)
$(if $(kbuild-base-file),cp "$$FILES/base.config" .config,$(kbuild-make) $(foreach t,$($1_KCONFIG_BASE),$(call squote,$t)))
$(if $($1_KCONFIG),cat >recipe.config <<'END'
$($1_KCONFIG)
END
)kmerge merge -o merged.config .config $(kbuild-fragments)
mv merged.config .config
$(or $($1_OLDCONFIG),$(kbuild-make) olddefconfig)
$(if $(kbuild-fragments),kmerge check $(if $($1_STRICT),--strict )--config .config --kconfig "$$SRC" $(kbuild-arch) $(kbuild-fragments) >&9 2>&9)
endef
# A tree of the user's may have been configured since.
define TYPE_kbuild_EDITED
$(kbuild-unclean)

endef
define TYPE_kbuild_BUILD
$(kbuild-make)
endef
