# SPDX-License-Identifier: GPL-2.0-or-later
# The usual steps, by a recipe's TYPE. A recipe that defines <PREFIX>_BUILD and so on has its own step instead, and may
# call the type's from there: $(call TYPE_autotools_INSTALL,zlib).
#
# takes: the data model (model.mk), LINK_*, TARGET_TRIPLET (env.mk), arch.* of the architecture's description
# gives: TYPE_<type>_<STEP>; COPYTREE_SOURCES, KMERGE_SOURCES (paths whose content counts); type-make-vars, kconfig-set,
#        kconfig-unset, kconfig-lines (for recipes); kbuild-make, kbuild-base-file, kbuild-menu-file

# Usage: $(call TYPE_<type>_<STEP>,PACKAGE)
# A type has CONFIGURE, BUILD and INSTALL; and EDITED, which comes before BUILD, be that the recipe's own or not, where a
# local directory is built once more in the build directory that it has. Type generic has none: all steps are the recipe's.

# ---- what several types share ----

# Usage: $(call type-picks,PACKAGE)
# Non-empty if the recipe names what is wanted of 'make install' and its like (TARGET_FILES, SYSROOT_FILES: patterns below
# its root). Then that goes to a place of its own first, else straight into the image.
type-picks = $(filter-out undefined,$(origin $($1.prefix)_TARGET_FILES) $(origin $($1.prefix)_SYSROOT_FILES))
# Usage: $(call type-dest,PACKAGE)
# Where it goes.
type-dest  = $(if $(call type-picks,$1),"$$BUILD/dest","$$IMAGE/$(if $(filter host,$($1.mode)),host,target)")
# Usage: $(call type-fresh,PACKAGE)
# Before it is installed.
type-fresh = $(if $(call type-picks,$1),rm -rf dest$(newline))
# Usage: $(call type-pick,PACKAGE)
# After it was installed.
type-pick  = $(if $(call type-picks,$1),$(newline)$(call pick-text,$1))

# Usage: $(call pick-text,PACKAGE)
define pick-text
cd "$$BUILD/dest"
$(if $($($1.prefix)_SYSROOT_FILES),$(call line,$(call pick-sysroot,$1))$(call line,$(pick-libraries)))$(call line,$(call pick-target,$1))
endef
# Usage: $(call pick-sysroot,PACKAGE)
define pick-sysroot
find . -name '*.la' -exec rm {} +
mkdir -p "$$IMAGE/sysroot"
cp -a --parents $($($1.prefix)_SYSROOT_FILES) "$$IMAGE/sysroot"
endef
pick-libraries = $(if $(LINK_DYNAMIC),$(pick-libraries-text))
define pick-libraries-text
mkdir -p "$$IMAGE/target"
find . -name '*.so.*' -exec cp -a --parents {} "$$IMAGE/target" ';'
endef
# Usage: $(call pick-target,PACKAGE), $(call pick-target-text,FILES)
pick-target = $(if $($($1.prefix)_TARGET_FILES),$(call pick-target-text,$($($1.prefix)_TARGET_FILES)))
define pick-target-text
mkdir -p "$$IMAGE/target"
cp -a --parents $1 "$$IMAGE/target"
endef

# Usage: $(call type-needs,PROGRAM)
# Stop at programs that not every machine has.
define type-needs
command -v $1 >/dev/null || { echo "there is no program '$1' here, which this type of package is built with: install it" >&9; exit 1; }
endef

# Usage: $(call type-src,PACKAGE), $(call type-cflags,PACKAGE), $(call type-ldflags,PACKAGE)
type-src     = $$SRC$(addprefix /,$($($1.prefix)_SUBDIR))
type-cflags  = CFLAGS="$$CFLAGS$(addprefix $(space),$($($1.prefix)_CFLAGS))"
type-ldflags = LDFLAGS="$(strip $(LINK_STRIP) $($($1.prefix)_LDFLAGS))"

# Usage: $(call type-own,PACKAGE), $(call type-cpu,PACKAGE,KEY), $(call type-endian,PACKAGE), $(call type-host,PACKAGE)
# Non-empty if it is of mode host, and so built for this machine, whatever the board is. The processor that it is built for,
# by the name that the architecture's description has for KEY; its byte order; and configure's option.
type-own    = $(filter host,$($1.mode))
type-cpu    = $(if $(type-own),$$(uname -m),$(arch.$2))
type-endian = $(if $(type-own),$$(printf '\1\0' | od -An -tu2 | sed 's/ *256/big/; s/ *1$$/little/'),$(arch.endian))
type-host   = $(if $(type-own),,--host=$(TARGET_TRIPLET) )

# Usage: $(call type-install,PACKAGE)
# What make is told to install.
type-install = $($($1.prefix)_MAKE_OPTS) DESTDIR=$(call type-dest,$1) $(or $($($1.prefix)_INSTALL_OPTS),install)

# ---- packages that build where they stand: in a copy of the sources ----

COPYTREE_SOURCES := support/tools/copytree

# Usage: $(call copy-configure,PACKAGE,DIRECTORY)
# Copy DIRECTORY. A local one is copied when it is built, as far as it was edited; but here if the recipe has a CONFIGURE of
# its own.
copy-configure = $(if $($1.local),$(hash) copytree $(DIGEST_$(COPYTREE_SOURCES))$(call copy-again,$1,$2),cp -a "$2/." .)
# Usage: $(call copy-again,PACKAGE,DIRECTORY)
copy-again     = $(if $($($1.prefix)_CONFIGURE),$(newline)copytree "$2" .)
# Usage: $(call copy-edited,PACKAGE,DIRECTORY)
copy-edited    = $(if $($($1.prefix)_CONFIGURE),,copytree "$2" .$(newline))

# ---- make: a makefile ----

# Usage: $(call type-make-vars,PACKAGE)
# What make is told on its command line.
type-make-vars = CC="$$CC" AR="$$AR" RANLIB="$$RANLIB" $(call type-cflags,$1) $(call type-ldflags,$1) PREFIX=/usr prefix=/usr

define TYPE_make_CONFIGURE
$(call copy-configure,$1,$(call type-src,$1))
endef
define TYPE_make_EDITED
$(call copy-edited,$1,$(call type-src,$1))
endef
define TYPE_make_BUILD
make $(call type-make-vars,$1) $($($1.prefix)_MAKE_OPTS)
endef
define TYPE_make_INSTALL
$(call type-fresh,$1)make $(call type-make-vars,$1) $(call type-install,$1)$(call type-pick,$1)
endef

# ---- autotools: ./configure && make && make install ----

# Usage: $(call autotools-check,PACKAGE)
# A local directory that was configured in place cannot be built elsewhere.
define autotools-check
if [ -e "$(call type-src,$1)/config.status" ]; then
	echo "$(call type-src,$1) was configured in place; run 'make distclean' there first" >&9
	exit 1
fi
endef
ifeq ($(LINK_DYNAMIC),y)
AUTOTOOLS_PKG_CONFIG := pkg-config
AUTOTOOLS_LIBRARIES  := --enable-shared --disable-static
else
AUTOTOOLS_PKG_CONFIG := pkg-config --static
AUTOTOOLS_LIBRARIES  := --disable-shared --enable-static
endif

# Usage: $(call autotools-env,PACKAGE)
autotools-env = $(call type-cflags,$1) $(call type-ldflags,$1) PKG_CONFIG="$(AUTOTOOLS_PKG_CONFIG)" $($($1.prefix)_CONF_ENV)

# It is told what builds, so that it takes nothing for its own machine, even where programs of the target would run here.
define TYPE_autotools_CONFIGURE
$(if $($1.local),$(call line,$(call autotools-check,$1)))$(call autotools-env,$1) \
"$(call type-src,$1)/configure" --build="$$(uname -m)-pc-linux-gnu" $(call type-host,$1)--prefix=/usr --sysconfdir=/etc \
	--localstatedir=/var $(AUTOTOOLS_LIBRARIES) $($($1.prefix)_CONF_OPTS)
endef
# Of a local directory, only automake's makefiles know which headers were edited: others start afresh.
define TYPE_autotools_EDITED
if [ -e .built ] && ! grep -qs depfiles config.status; then
find . -mindepth 1 -delete
$(or $($($1.prefix)_CONFIGURE),$(call TYPE_autotools_CONFIGURE,$1))
fi
: >.built

endef
define TYPE_autotools_BUILD
make $($($1.prefix)_MAKE_OPTS)
endef
define TYPE_autotools_INSTALL
$(call type-fresh,$1)make $(call type-install,$1)$(call type-pick,$1)
endef

# ---- cmake: with makefiles of its own making ----

# cmake takes these from no variable of the environment, and would find the ones of the machine that builds.
CMAKE_BINS := AR RANLIB NM STRIP OBJCOPY OBJDUMP READELF
define TYPE_cmake_CONFIGURE
$(call type-needs,cmake)
$(call type-cflags,$1) $(call type-ldflags,$1) cmake -S "$(call type-src,$1)" -B . -G 'Unix Makefiles' \
	-DCMAKE_SYSTEM_NAME=Linux -DCMAKE_SYSTEM_PROCESSOR="$(call type-cpu,$1,cmake)" -DCMAKE_C_COMPILER="$$CC" \
	$(foreach p,$(CMAKE_BINS),-DCMAKE_$p="$$(command -v "$$$p")") \
	-DCMAKE_FIND_ROOT_PATH="$$SYSROOT" -DCMAKE_FIND_ROOT_PATH_MODE_PROGRAM=NEVER -DCMAKE_FIND_ROOT_PATH_MODE_LIBRARY=ONLY \
	-DCMAKE_FIND_ROOT_PATH_MODE_INCLUDE=ONLY -DCMAKE_FIND_ROOT_PATH_MODE_PACKAGE=ONLY \
	-DCMAKE_INSTALL_PREFIX=/usr -DCMAKE_INSTALL_LIBDIR=lib -DCMAKE_INSTALL_SYSCONFDIR=/etc -DCMAKE_SKIP_RPATH=ON -DCMAKE_BUILD_TYPE= \
	-DBUILD_SHARED_LIBS=$(if $(LINK_DYNAMIC),ON,OFF) $($($1.prefix)_CONF_OPTS)
endef
TYPE_cmake_BUILD   = $(call TYPE_autotools_BUILD,$1)
TYPE_cmake_INSTALL = $(call TYPE_autotools_INSTALL,$1)

# ---- meson: builds with ninja ----

MESON_OPTIONS   := --prefix=/usr --libdir=lib --sysconfdir=/etc --localstatedir=/var --buildtype=plain --wrap-mode=nodownload
MESON_LIBRARIES := --default-library=$(if $(LINK_DYNAMIC),shared,static) $(if $(LINK_DYNAMIC),,--prefer-static)
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
objcopy = '$$OBJCOPY'
objdump = '$$OBJDUMP'
readelf = '$$READELF'
pkg-config = 'pkg-config'
[built-in options]
c_args = [$$(words $$CFLAGS $($($1.prefix)_CFLAGS))]
c_link_args = [$$(words $(LINK_STRIP) $($($1.prefix)_LDFLAGS))]
[properties]
pkg_config_libdir = '$$PKG_CONFIG_LIBDIR'
sys_root = '$$SYSROOT'
[host_machine]
system = 'linux'
cpu_family = '$(call type-cpu,$1,meson)'
cpu = '$(call type-cpu,$1,cmake)'
endian = '$(call type-endian,$1)'
END
meson setup --cross-file cross.ini $(MESON_OPTIONS) \
	$(MESON_LIBRARIES) $($($1.prefix)_CONF_OPTS) . "$(call type-src,$1)"
endef
define TYPE_meson_BUILD
ninja -j "$$JOBS" $($($1.prefix)_MAKE_OPTS)
endef
define TYPE_meson_INSTALL
$(call type-fresh,$1)DESTDIR=$(call type-dest,$1) meson install --no-rebuild $($($1.prefix)_INSTALL_OPTS)$(call type-pick,$1)
endef

# ---- module: modules for the kernel, from sources outside of its tree ----

# kbuild with obj-m, in a copy of the sources, all of them, whatever SUBDIR has the makefile. The kernel gives what they
# are built with, in $HOST/kbuild; it has none without CONFIG_MODULES. What a module exports is known to packages of this
# type that depend on it, by $HOST/symvers.

# Usage: $(call module-dir,PACKAGE), $(call module-make,PACKAGE), $(call module-symvers,PACKAGE)
module-dir     = $$BUILD$(addprefix /,$($($1.prefix)_SUBDIR))
module-make    = make -C "$$HOST/kbuild" $($($(KERNEL_PACKAGE).prefix)_MAKE_OPTS) M="$(call module-dir,$1)" $($($1.prefix)_MAKE_OPTS)
module-symvers = $(if $(filter $(MODULE_PACKAGES),$($($1.prefix)_DEPENDS)),KBUILD_EXTRA_SYMBOLS="$$(echo "$$HOST"/symvers/*)" )
# Usage: $(call module-place,PACKAGE), $(call module-where,PACKAGE)
# Where its makefile was looked for, in words; and what a person may do about it.
module-place   = $(if $($($1.prefix)_SUBDIR),in $($($1.prefix)_SUBDIR) of,at the top of)
module-where   = obj-m, in Kbuild or Makefile $(call module-place,$1) its sources, names them; \
                 $($1.prefix)_SUBDIR is where else that file is

module-remedy  = choose 'Loadable modules' in menu Kernel, Debugging, or set it by 'make $(KERNEL_PACKAGE)-menuconfig'
module-options = INSTALL_MOD_DIR=updates INSTALL_MOD_STRIP=1 DEPMOD=true

define TYPE_module_CONFIGURE
if [ ! -e "$$HOST/kbuild/Makefile" ]; then
	echo "$1 is a kernel module, but the kernel has no CONFIG_MODULES: $(module-remedy)" >&9
	exit 1
fi
$(call copy-configure,$1,$$SRC)
endef
define TYPE_module_EDITED
$(call copy-edited,$1,$$SRC)
endef
define TYPE_module_BUILD
$(call module-make,$1) $(call module-symvers,$1)modules
endef
define TYPE_module_INSTALL
$(call module-make,$1) INSTALL_MOD_PATH="$$IMAGE/target" $(module-options) $(or $($($1.prefix)_INSTALL_OPTS),modules_install)
if [ -z "$$(find "$$IMAGE/target" -name '*.ko*' -print -quit)" ]; then
	echo "$1: no module was built: $(call module-where,$1)" >&9
	exit 1
fi
mkdir -p "$$IMAGE/host/symvers"
sed "s,	$$BUILD/,	," "$(call module-dir,$1)/Module.symvers" >"$$IMAGE/host/symvers/$1"
endef

# ---- kbuild: Kconfig and kbuild inside, as in Linux and BusyBox ----

# The configuration is a base (a target such as defconfig; a file when it has a slash in it), then fragments in
# order: the recipe's files, the recipe's own lines, what the package's inner menu left. Each setting is checked afterwards.

KMERGE_SOURCES := support/tools/kmerge support/lib/kconfig

# Usage: $(call kconfig-set,SYMBOLS), $(call kconfig-unset,SYMBOLS)
# A setting for each symbol, which is a word: it is y, or not set.
kconfig-set   = $(patsubst %,CONFIG_%=y,$1)
kconfig-unset = $(patsubst %,$(hash)~CONFIG_%~is~not~set,$1)
# Usage: $(call kconfig-lines,SETTINGS)
# Lines of a configuration.
kconfig-lines = $(subst ~,$(space),$(subst $(space),$(newline),$(strip $1)))

# Usage: $(call kbuild-make,PACKAGE)
# Its own make.
kbuild-make      = make -C "$$SRC" O="$$BUILD" $($($1.prefix)_MAKE_OPTS)
# Usage: $(call kbuild-base-file,PACKAGE)
# The base, if it is a file.
kbuild-base-file = $(if $(findstring /,$($($1.prefix)_KCONFIG_BASE)),$($($1.prefix)_KCONFIG_BASE))
# Usage: $(call kbuild-base,PACKAGE)
# The commands that make the base.
kbuild-base      = $(if $(call kbuild-base-file,$1),cp "$$FILES/base.config" .config,$(call kbuild-base-made,$1))
# Usage: $(call kbuild-base-made,PACKAGE), $(call kbuild-base-goals,PACKAGE)
kbuild-base-made  = $(if $($($1.prefix)_KCONFIG_ALLCONFIG),$(kbuild-allconfig))$(call kbuild-make,$1) $(call kbuild-base-goals,$1)
kbuild-base-goals = $(foreach t,$($($1.prefix)_KCONFIG_BASE),$(call squote,$t))
# Usage: $(call kbuild-allconfig,PACKAGE)
# What stands before the make of the base: it takes the settings of KCONFIG_ALLCONFIG as given.
define kbuild-allconfig
for file in $($($1.prefix)_KCONFIG_ALLCONFIG); do
	[ ! -e "$$SRC/$$file" ] || cat "$$SRC/$$file"
done >all.config
$(if $($($1.prefix)_KCONFIG_FIRST),$(call line,$(call kbuild-first,$1)))KCONFIG_ALLCONFIG="$$BUILD/all.config" $(empty)
endef
# Usage: $(call kbuild-first,PACKAGE)
# The first of the fragments go there, too.
kbuild-first     = cat $(foreach f,$(call numbered,$($($1.prefix)_KCONFIG_FIRST)),"$$FILES/$f") >>all.config
# Usage: $(call kbuild-menu-file,PACKAGE)
# What its inner menu left, if anything (kbuild.mk).
kbuild-menu-file = $(wildcard $(O)/fragments/$1.config)
# Usage: $(call kbuild-fragments,PACKAGE)
# The fragments, as words of a shell command.
kbuild-fragments = $(strip $(foreach f,$(call numbered,$($($1.prefix)_KCONFIG_FRAGMENTS)),"$$FILES/$f") \
                   $(if $($($1.prefix)_KCONFIG),recipe.config) $(if $(call kbuild-menu-file,$1),"$$FILES/menu.config"))
# Usage: $(call kbuild-recipe-config,PACKAGE)
# The command that writes the recipe's own lines.
define kbuild-recipe-config
cat >recipe.config <<'END'
$($($1.prefix)_KCONFIG)
END
endef
# Usage: $(call kbuild-arch,PACKAGE)
# Kconfig's $(ARCH) is what its own make has.
kbuild-arch      = $(patsubst ARCH=%,--arch %,$(lastword $(filter ARCH=%,$($($1.prefix)_MAKE_OPTS))))
# Usage: $(call kbuild-alone,PACKAGE)
# Non-empty if values that come from the base alone are to be reported: the base is for a machine that it picked itself.
kbuild-alone     = $(and $(call eq,tinyconfig,$($($1.prefix)_KCONFIG_BASE)),$(call kbuild-fragments,$1))
# Usage: $(call kbuild-alone-text,PACKAGE)
# What Kconfig makes of the fragments without the base.
define kbuild-alone-text
cat $(call kbuild-fragments,$1) >alone.all
KCONFIG_CONFIG=alone.config KCONFIG_ALLCONFIG="$$BUILD/alone.all" $(call kbuild-make,$1) allnoconfig >alone.log
endef
# Usage: $(call kbuild-check,PACKAGE,FRAGMENTS)
# The command that checks each setting.
kbuild-check     = kmerge check $(call kbuild-check-how,$1)--config .config --kconfig "$$SRC" $(call kbuild-arch,$1) $2 >&9 2>&9
# Usage: $(call kbuild-check-how,PACKAGE)
kbuild-check-how = $(if $($($1.prefix)_STRICT),--strict )$(if $(call kbuild-alone,$1),--alone alone.config )
# Usage: $(call kbuild-verify,PACKAGE)
# What is checked once the configuration is complete.
kbuild-verify    = $(if $(call kbuild-alone,$1),$(call line,$(call kbuild-alone-text,$1)))$(call kbuild-verify-all,$1)
# Usage: $(call kbuild-verify-all,PACKAGE)
kbuild-verify-all = $(call kbuild-check,$1,$(call kbuild-fragments,$1))
# Usage: $(call kbuild-merge,PACKAGE)
# The commands that merge the fragments over the base.
define kbuild-merge
kmerge merge -o merged.config .config $(call kbuild-fragments,$1)
mv merged.config .config
endef

# Usage: $(call kbuild-unclean,PACKAGE)
# kbuild builds out of a tree only that was never built or configured in. Where it knows architectures, mrproper
# has to be told for which one that was: it leaves the files of others.
kbuild-unclean = $(if $(and $(arch.srcarch),$(call kbuild-arch,$1)),$(call kbuild-unclean-arch,$1),$(call kbuild-unclean-plain,$1))
# Usage: $(call kbuild-unclean-plain,PACKAGE)
define kbuild-unclean-plain
if [ -e "$$SRC/.config" ] || [ -d "$$SRC/include/config" ]; then
	echo "$1: $$SRC was configured in place; run 'make mrproper' there first (that removes its .config: keep a copy)" >&9
	exit 1
fi
endef
# Usage: $(call kbuild-unclean-arch,PACKAGE)
# A .config says its architecture, NAME/ARCH, in the first such comment.
define kbuild-unclean-arch
if [ -e "$$SRC/.config" ] || [ -d "$$SRC/include/config" ] || [ -d "$$SRC/arch/$(arch.srcarch)/include/generated" ]; then
	of=$$(sed -n '/^# [^ ]*\/\([^ ]*\) .*/{s//\1/p;q;}' "$$SRC/.config" 2>/dev/null) || of=$(arch.kernel)
	for=$${of:+ for $$of}
	case $$of in '' | $(arch.kernel) | $(arch.srcarch)) ;; *) for="$$for, and the board is for $(arch.kernel)" ;; esac
	clean="run 'make$${of:+ ARCH=$$of} mrproper' there first"
	echo "$1: $$SRC was configured in place$$for; $$clean (that removes its .config: keep a copy)" >&9
	exit 1
fi
endef

define TYPE_kbuild_CONFIGURE
$(hash) kmerge $(foreach s,$(KMERGE_SOURCES),$(DIGEST_$s))
$(call kbuild-unclean,$1)
$(call kbuild-base,$1)
$(if $($($1.prefix)_KCONFIG),$(call line,$(call kbuild-recipe-config,$1)))$(call kbuild-merge,$1)
$(or $($($1.prefix)_OLDCONFIG),$(call kbuild-make,$1) olddefconfig)
$(if $(call kbuild-fragments,$1),$(call kbuild-verify,$1))
endef
# A local tree may have been configured since.
define TYPE_kbuild_EDITED
$(call kbuild-unclean,$1)

endef
define TYPE_kbuild_BUILD
$(call kbuild-make,$1)
endef
