# SPDX-License-Identifier: GPL-2.0-or-later
# The version, manual pages, and installing the tools that are of use without Whittle.
#
# takes: TOOLS, TOOLNAMES, TOOLBIN, WHITTLE_VERSION (tools.mk); PREFIX, DESTDIR
# gives: version, man, install, uninstall

.PHONY: version
version: ; $(info $(WHITTLE_VERSION)) @:
