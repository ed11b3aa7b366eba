# SPDX-License-Identifier: GPL-2.0-or-later
PERF_VERSION = $(LINUX_VERSION)
PERF_SRC_OF := linux
PERF_DIR     = $(LINUX_DIR)
# It asks the kernel's makefile for the version.
PERF_DIR_READS := tools Makefile
PERF_LICENSE       := GPL-2.0-only
PERF_LICENSE_FILES := COPYING
PERF_HOMEPAGE := https://perfwiki.github.io
# Everything that a library would be needed for.
PERF_without := LIBELF LIBTRACEEVENT LIBPYTHON LIBPERL SLANG GTK2 LIBNUMA LIBAUDIT LIBUNWIND LIBDW_DWARF_UNWIND \
	DWARF BACKTRACE LIBCRYPTO DEMANGLE LIBZSTD LIBCAP JVMTI LZMA ZLIB AUXTRACE LIBBPF LIBBABELTRACE CAPSTONE LIBPFM4 SDT \
	JEVENTS LIBDEBUGINFOD LIBLLVM SHELLCHECK
# Linux 6.1 takes any BUILD_BPF_SKEL for a yes, and newer ones anything but 1 for a no.
PERF_make = make -C "$(SRC)/tools/perf" O="$(BUILD)" ARCH=$(arch.srcarch) CC="$$CC" AR="$$AR" HOSTCC=gcc \
	LDFLAGS="$(LINK_STRIP)" EXTRA_CFLAGS="$$CFLAGS" WERROR=0 BUILD_BPF_SKEL= NO_LIBDW=1 \
	$(PERF_without:%=NO_%=1) LLVM_CONFIG=false prefix=/usr
# Two sources would have paths of this machine in them: of its manual, and of a module of Python for its tests. Its makes
# take no variables from each other's command lines, but they all read MAKEFILES.
define PERF_paths
cat >paths.mk <<'END'
override CFLAGS_builtin-report.o = -DTIPDIR="BUILD_STR($$(tipdir_SQ))" -DDOCDIR="BUILD_STR(/usr/share/doc/perf)"
override CFLAGS_python-use.o := -DPYTHONPATH="BUILD_STR(/usr/lib/perf/python)" -DPYTHON="BUILD_STR(python3)"
END
endef

define PERF_BUILD
$(PERF_paths)
MAKEFILES="$$BUILD/paths.mk" $(PERF_make)
endef

define PERF_INSTALL
install -D -m 755 perf "$(IMAGE)/target/usr/bin/perf"
endef
