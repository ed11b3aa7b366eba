# SPDX-License-Identifier: GPL-2.0-or-later
# erofs-utils for this machine: its mkfs.erofs takes files from a tar archive, as older ones do not. The file is the one of the
# pool: upstream makes its archives anew from git.

EROFS_UTILS_HOST_VERSION  := 1.8.6
EROFS_UTILS_HOST_SITE     := https://git.kernel.org/pub/scm/linux/kernel/git/xiang/erofs-utils.git/snapshot
EROFS_UTILS_HOST_SOURCE   := erofs-utils_$(EROFS_UTILS_HOST_VERSION).orig.tar.gz
EROFS_UTILS_HOST_POOL     := e/erofs-utils/erofs-utils_$(EROFS_UTILS_HOST_VERSION).orig.tar.gz
EROFS_UTILS_HOST_HOMEPAGE := https://erofs.docs.kernel.org
EROFS_UTILS_HOST_CPE      := erofs-utils_project:erofs-utils
EROFS_UTILS_HOST_LICENSE       := GPL-2.0-or-later AND (GPL-2.0-or-later OR Apache-2.0)
EROFS_UTILS_HOST_LICENSE_FILES := COPYING LICENSES/GPL-2.0 LICENSES/Apache-2.0
EROFS_UTILS_HOST_MODE     := host
EROFS_UTILS_HOST_FILES    := config.h

# Without threads, whose number would be one more thing to look after. libdeflate and qpl are not on every machine.
define EROFS_UTILS_HOST_BUILD
for file in "$(SRC)"/lib/*.c; do
	case $$file in
	*/compressor_libdeflate.c | */workqueue.c) ;;
	*) set -- "$$@" "$$file" ;;
	esac
done
for program in mkfs fsck; do
	$$CC $$CFLAGS -w -D_GNU_SOURCE -D_FILE_OFFSET_BITS=64 -DHAVE_CONFIG_H -I"$(FILES)" -I"$(SRC)/include" -I"$(SRC)/lib" \
		-o $$program.erofs "$(SRC)/$$program/main.c" "$$@" -llz4 -llzma -lzstd -lz
done
endef

define EROFS_UTILS_HOST_INSTALL
install -D -t "$(IMAGE)/host/usr/bin" mkfs.erofs fsck.erofs
endef
