# SPDX-License-Identifier: GPL-2.0-or-later
O ?= output
include support/make/tools.mk
