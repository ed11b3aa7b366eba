# SPDX-License-Identifier: GPL-2.0-or-later
# The usual steps, by a recipe's TYPE. $1 is the package's prefix (BZIP2), $2 its name. A
# recipe that defines <PREFIX>_BUILD and so on has its own step instead.
#
# gives: TYPE_<type>_<STEP>

# generic: all steps are the recipe's.

# make: a makefile that builds where it stands: in a copy of the sources.
define TYPE_make_CONFIGURE
cp -a "$$SRC/$($1_SUBDIR)/." .
endef
define TYPE_make_BUILD
make $(type-make-vars) $($1_MAKE_OPTS)
endef
define TYPE_make_INSTALL
make $(type-make-vars) $($1_MAKE_OPTS) DESTDIR="$$IMAGE/target" $(or $($1_INSTALL_OPTS),install)
endef
type-make-vars = CC="$$CC" AR="$$AR" RANLIB="$$RANLIB" CFLAGS="$$CFLAGS $($1_CFLAGS)" LDFLAGS="$$LDFLAGS $($1_LDFLAGS)" PREFIX=/usr prefix=/usr

# autotools: ./configure && make && make install.
define TYPE_autotools_CONFIGURE
CFLAGS="$$CFLAGS $($1_CFLAGS)" LDFLAGS="$$LDFLAGS $($1_LDFLAGS)" $($1_CONF_ENV) \
"$$SRC/$(if $($1_SUBDIR),$($1_SUBDIR)/)configure" --host=$(TARGET_TRIPLET) --prefix=/usr --sysconfdir=/etc \
	--localstatedir=/var --disable-shared --enable-static $($1_CONF_OPTS)
endef
define TYPE_autotools_BUILD
make $($1_MAKE_OPTS)
endef
define TYPE_autotools_INSTALL
make $($1_MAKE_OPTS) DESTDIR="$$IMAGE/target" $(or $($1_INSTALL_OPTS),install)
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

KMERGE_SOURCES := support/tools/kmerge

define TYPE_kbuild_CONFIGURE
$(hash) kmerge $(DIGEST_$(KMERGE_SOURCES))
if [ -e "$$SRC/.config" ] || [ -d "$$SRC/include/config" ]; then
	echo "$2: $$SRC was configured in place; run 'make mrproper' there first (that removes its .config: keep a copy)" >&9
	exit 1
fi
$(if $(kbuild-base-file),cp "$$FILES/base.config" .config,$(kbuild-make) $($1_KCONFIG_BASE))
$(if $($1_KCONFIG),cat >recipe.config <<'END'
$($1_KCONFIG)
END
)kmerge merge -o merged.config .config $(kbuild-fragments)
mv merged.config .config
$(or $($1_OLDCONFIG),$(kbuild-make) olddefconfig)
$(if $(kbuild-fragments),kmerge check $(if $($1_STRICT),--strict )--config .config --kconfig "$$SRC" $($1_KMERGE_OPTS) $(kbuild-fragments) >&9 2>&9)
endef
define TYPE_kbuild_BUILD
$(kbuild-make)
endef
