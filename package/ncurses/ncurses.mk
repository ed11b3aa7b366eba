# SPDX-License-Identifier: GPL-2.0-or-later
NCURSES_VERSION  := 6.4
NCURSES_SITE     := https://ftp.gnu.org/gnu/ncurses
NCURSES_SOURCE   := ncurses-$(NCURSES_VERSION).tar.gz
NCURSES_POOL     := n/ncurses/ncurses_$(NCURSES_VERSION).orig.tar.gz
NCURSES_HOMEPAGE := https://invisible-island.net/ncurses/
NCURSES_CPE      := gnu:ncurses
NCURSES_LICENSE       := X11-distribute-modifications-variant
NCURSES_LICENSE_FILES := COPYING

NCURSES_TYPE      := autotools
NCURSES_CONF_ENV  := PKG_CONFIG=pkg-config
NCURSES_CONF_OPTS  = --enable-widec --enable-overwrite --enable-pc-files --disable-pkg-ldflags --disable-db-install --disable-stripping \
	--without-ada --without-cxx --without-cxx-binding --without-debug --without-manpages --without-tests --with-build-cc="$$HOSTCC" \
	$(if $(LINK_DYNAMIC),--with-shared --without-normal)
NCURSES_libs      := ncurses $(if $(CONFIG_NCURSES_FORMS),panel menu form)

define NCURSES_BUILD
for dir in include $(NCURSES_libs) $(if $(CONFIG_NCURSES_TOOLS),progs); do make -C "$$dir"; done
make -C misc pc-files
rm -rf terminfo
tic -x -o terminfo -e $(subst $(space),$(comma),$(strip $(CONFIG_NCURSES_TERMINFO))) "$(SRC)/misc/terminfo.src"
endef

# There is one library, by all the names that programs look for.
define NCURSES_INSTALL
for dir in include $(NCURSES_libs); do make -C "$$dir" DESTDIR="$(IMAGE)/sysroot" install; done
sed -i "s|$(SRC)|/src/ncurses|g" "$(IMAGE)/sysroot/usr/include/curses.h"
mkdir -p "$(IMAGE)/sysroot/usr/lib/pkgconfig" "$(IMAGE)/target/usr/share/terminfo"
cp $(NCURSES_libs:%=misc/%w.pc) "$(IMAGE)/sysroot/usr/lib/pkgconfig"
for name in ncurses curses tinfo; do
	ln -sf libncursesw.$(if $(LINK_DYNAMIC),so,a) "$(IMAGE)/sysroot/usr/lib/lib$$name.$(if $(LINK_DYNAMIC),so,a)"
	ln -s ncursesw.pc "$(IMAGE)/sysroot/usr/lib/pkgconfig/$$name.pc"
done
$(if $(LINK_DYNAMIC),mkdir -p "$(IMAGE)/target/usr/lib"
cp -a "$(IMAGE)/sysroot/usr/lib/"*.so.* "$(IMAGE)/target/usr/lib"
)$(if $(CONFIG_NCURSES_TOOLS),install -D -t "$(IMAGE)/target/usr/bin" progs/tput progs/infocmp progs/tic
)cd terminfo
cp --parents $(patsubst %,?/%,$(CONFIG_NCURSES_TERMINFO)) "$(IMAGE)/target/usr/share/terminfo"
endef
