#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What recipes say beside their steps: which files go where, users, modes, devices, start-up scripts;
# and the types that are built with programs not every machine has.
# shellcheck disable=SC2016 # text for other shells stands in single quotes
set -u
. support/tests/engine.sh

# source NAME FILE...: a package's own sources, from files in the current directory.
sources() {
	sources_to=$EXT/package/$1/src
	mkdir -p "$sources_to"
	shift
	cp -R "$@" "$sources_to"
}
manifest() {
	grep -e "^/*$1 " "$OUT/images/rootfs.manifest"
}

# ---- types: what is installed is picked from ----
mkdir -p "$SCRATCH/make" "$SCRATCH/cmake" "$SCRATCH/meson"
cat >"$SCRATCH/make/Makefile" <<'END'
all: ; echo made >libmade.a
install: ; mkdir -p $(DESTDIR)$(PREFIX)/lib $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/man && \
	cp libmade.a $(DESTDIR)$(PREFIX)/lib && echo la >$(DESTDIR)$(PREFIX)/lib/libmade.la && \
	printf '#!/bin/sh\necho made\n' >$(DESTDIR)$(PREFIX)/bin/made && echo x >$(DESTDIR)$(PREFIX)/share/man/made.1
END
pkg made <<'END'
MADE_TYPE := make
MADE_TARGET_FILES  := usr/bin/made
MADE_SYSROOT_FILES := usr/lib
MADE_BUILD := CC=cc AR=ar RANLIB=ranlib CFLAGS= make
define MADE_INSTALL
$(subst $$CC,cc,$(subst $$AR,ar,$(subst $$RANLIB,ranlib,$(subst $$CFLAGS,,$(call TYPE_make_INSTALL,made)))))
endef
END
sources made "$SCRATCH/make/Makefile"
echo 'MADE_DIR := $(MADE_PKGDIR)/src' >>"$EXT/package/made/made.mk"
choose made
ok 'a package of type make' whittle
ok 'what was picked is in the root filesystem' manifest usr/bin/made
fails 1 'what was not is not' manifest usr/share/man/made.1
ok 'its library is in its sysroot' test -f "$OUT/build/made/image/sysroot/usr/lib/libmade.a"
fails 1 'without what libtool would read' test -e "$OUT/build/made/image/sysroot/usr/lib/libmade.la"
fails 1 'and no manual page' test -e "$OUT/build/made/image/sysroot/usr/share"
sed -i 's,usr/bin/made,usr/bin/unmade,' "$EXT/package/made/made.mk"
fails 2 'a pattern that names nothing' whittle
said 'is told' 'usr/bin/unmade'
sed -i 's,usr/bin/unmade,usr/bin/made,' "$EXT/package/made/made.mk"
sed -i 's|^MADE_TARGET_FILES.*|MADE_TARGET_FILES := $(if $(CONFIG_NO_SUCH_OPTION),usr/bin/made)|; /^MADE_SYSROOT_FILES/d' "$EXT/package/made/made.mk"
ok 'a package of which nothing is picked' whittle
fails 1 'brings nothing, not all' manifest 'usr/.*made.*'

# ---- users, modes, devices, start-up scripts ----
simple daemon
cat >>"$EXT/package/daemon/daemon.mk" <<'END'
DAEMON_START := S70daemon
DAEMON_FILES := daemon.conf
define DAEMON_USERS
# those who run it
daemon 100 daemon 100 /var/empty /bin/false the daemon's own
- - helpers 101
endef
define DAEMON_PERMISSIONS
/usr/share/daemon 4750 100 101
endef
define DAEMON_DEVICES
/dev/daemon 0600 100 100 c 10 250
endef
define DAEMON_INSTALL
install -D -m 644 out "$(IMAGE)/target/usr/share/daemon"
install -D -m 644 "$(FILES)/daemon.conf" "$(IMAGE)/target/etc/daemon.conf"
endef
END
printf '#!/bin/sh\necho started\n' >"$EXT/package/daemon/S70daemon"
echo 'x=1' >"$EXT/package/daemon/daemon.conf"
choose daemon
ok 'a package with users, modes, devices and a start-up script' whittle
is 'its user' "$(unpacked etc/passwd)" "root:x:0:0:root:/root:/bin/sh
daemon:x:100:100:the daemon's own:/var/empty:/bin/false"
is 'its groups' "$(unpacked etc/group)" 'root:x:0:
tty:x:5:
daemon:x:100:
helpers:x:101:'
is 'nobody knows its password' "$(unpacked etc/shadow)" 'root::::::::
daemon:!:::::::'
like 'its mode' "$(manifest usr/share/daemon)" 'file 4750 100 101 .* daemon$'
like 'its device' "$(manifest dev/daemon)" 'char 0600 100 100 0 10:250 daemon$'
like 'its start-up script' "$(manifest etc/init.d/S70daemon)" 'file 0755 0 0 .* daemon$'
is 'its file' "$(unpacked etc/daemon.conf)" 'x=1'
mv "$EXT/package/daemon/daemon.conf" "$SCRATCH/daemon.conf"
fails 2 'a file that is not there' whittle
said 'is told' 'package/daemon/daemon.conf'
mv "$SCRATCH/daemon.conf" "$EXT/package/daemon/daemon.conf"
echo 'x=2' >"$EXT/package/daemon/daemon.conf"
ok 'a changed file' whittle
is 'is in the image' "$(unpacked etc/daemon.conf)" 'x=2'
printf '#!/bin/sh\necho restarted\n' >"$EXT/package/daemon/S70daemon"
ok 'a changed start-up script' whittle
like 'is in the image' "$(unpacked etc/init.d/S70daemon)" restarted
ok 'a second make' whittle
is 'runs nothing' "$(steps)" ''
sed -i 's/^daemon 100/daemon 102/' "$EXT/package/daemon/daemon.mk"
ok 'a changed user' whittle
is 'packs the root filesystem anew, no package' "$(steps)" 'INSTALL rootfs'

simple other
cat >>"$EXT/package/other/other.mk" <<'END'
define OTHER_USERS
other 102 other 103 / /bin/sh
endef
END
choose daemon other
before=$(sha256sum <"$OUT/images/initramfs.cpio.gz")
fails 2 'two packages with a user of one number' whittle
said 'both are named' 'other.users:1: user other 102 differs from daemon 102 of daemon.users:2: give one of them another number'
is 'images/ is as it was' "$(sha256sum <"$OUT/images/initramfs.cpio.gz")" "$before"
sed -i 's/^other 102.*/other/' "$EXT/package/other/other.mk"
fails 2 'a line with words missing' whittle
said 'is told' 'other.users:1: expected NAME UID GROUP GID HOME SHELL'
sed -i '/OTHER_USERS/,$d' "$EXT/package/other/other.mk"
cat >>"$EXT/package/other/other.mk" <<'END'
define OTHER_PERMISSIONS
/usr/share/nothing 0600 0 0
endef
END
fails 2 'a mode of what nobody brings' whittle
said 'is told with the package' 'other.perm:1: '

# ---- full programs instead of BusyBox's applets ----
simple mounting
echo 'MOUNTING_REPLACES := MOUNT IP' >>"$EXT/package/mounting/mounting.mk"
simple looping
echo 'LOOPING_REPLACES := $(if $(CONFIG_LOOPING_IS_ON),LOSETUP)' >>"$EXT/package/looping/looping.mk"
asked() {
	grep -e "CONFIG_$1[= ]" "$OUT/build/busybox/configure.sh"
}
# with_busybox NAME...: a configuration with BusyBox and those; only its scripts are written.
with_busybox() {
	choose "$@"
	sed -i 's/^CONFIG_TOOLCHAIN_NONE=y/CONFIG_TOOLCHAIN_MUSL=y/' "$OUT/.config"
	ok "scripts with $*" whittle mounting
}
with_busybox mounting looping
is 'an applet that is replaced' "$(asked MOUNT)" '# CONFIG_MOUNT is not set'
is 'one that would be asked for' "$(asked IP)" '# CONFIG_IP is not set'
is 'the others are asked for' "$(asked IFCONFIG)" 'CONFIG_IFCONFIG=y'
is 'one whose condition does not hold' "$(asked LOSETUP)" ''
sed -i 's/^LOOPING_REPLACES.*/LOOPING_REPLACES := LOSETUP/' "$EXT/package/looping/looping.mk"
with_busybox mounting
is 'a package that is not enabled replaces nothing' "$(asked LOSETUP)" ''

# ---- Kconfig knows what its make knows ----
pkg wide <<'END'
WIDE_DIR := $(WIDE_PKGDIR)/src
WIDE_TYPE := kbuild
WIDE_MAKE_OPTS = V=1 ARCH=x86_64 CC="$$PATH"
WIDE_KCONFIG_BASE := defconfig
define WIDE_KCONFIG
# CONFIG_64BIT is not set
CONFIG_OTHER=y
endef
define WIDE_INSTALL
install -D -m 644 .config "$(IMAGE)/target/wide"
endef
END
mkdir -p "$EXT/package/wide/src/arch/x86"
printf 'all defconfig:\n\ttouch $(O)/.config\nolddefconfig:\n\techo CONFIG_64BIT=y >$(O)/.config\n' >"$EXT/package/wide/src/Makefile"
echo 'source "arch/$(SRCARCH)/Kconfig"' >"$EXT/package/wide/src/Kconfig"
printf '%s\n' 'config 64BIT' '	bool "64-bit kernel" if "$(ARCH)" = "x86"' '	default "$(ARCH)" != "i386"' '' 'config OTHER' \
	'	bool "Other"' '	depends on "$(ARCH)" = "x86_64" && $(cc-option,-mnothing)' >"$EXT/package/wide/src/arch/x86/Kconfig"
choose wide
ok 'a configuration that depends on ARCH' whittle
said 'ARCH is what make has' 'CONFIG_64BIT=n did not take effect: it is y, .* depends on "x86_64" = "x86", which is not so with ARCH=x86_64 (arch/x86/Kconfig:1)$'
said 'what only the compiler knows is not known' 'CONFIG_OTHER=y .* depends on $(cc-option,-mnothing), which may be n (it cannot be told here)'
sed -i 's/ARCH=x86_64/ARCH=x86/' "$EXT/package/wide/wide.mk"
ok 'another ARCH' whittle
said 'that has the prompt' 'CONFIG_64BIT=n did not take effect: it is y, though its Kconfig allows it'

# ---- cmake and meson ----
printf '#include <stdio.h>\nint main(void) { puts("built by " HOW); return 0; }\n' >"$SCRATCH/main.c"
cat >"$SCRATCH/cmake/CMakeLists.txt" <<'END'
cmake_minimum_required(VERSION 3.10)
project(bycmake C)
add_executable(bycmake main.c)
target_compile_definitions(bycmake PRIVATE HOW="cmake")
install(TARGETS bycmake)
END
cat >"$SCRATCH/meson/meson.build" <<'END'
project('bymeson', 'c')
executable('bymeson', 'main.c', c_args: '-DHOW="meson"', install: true)
END
for type in cmake meson; do
	up=$(prefix "by$type")
	pkg "by$type" <<-END
		${up}_TYPE := $type
		${up}_MODE := host
		${up}_DIR := \$(${up}_PKGDIR)/src
	END
	sources "by$type" "$SCRATCH/$type/." "$SCRATCH/main.c"
	if command -v "$type" >/dev/null && { [ "$type" = cmake ] || command -v ninja >/dev/null; }; then
		sed -i "/_MODE := none/d" "$EXT/package/by$type/by$type.mk"
		choose "by$type"
		ok "a package of type $type" whittle "by$type"
		is 'its program runs' "$("$OUT/build/by$type/image/host/usr/bin/by$type")" "built by $type"
	else
		skip "a package of type $type" "no $type here: scripts/bootstrap check installs it"
	fi
done
done_testing
