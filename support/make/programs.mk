# SPDX-License-Identifier: GPL-2.0-or-later
# Programs of this machine that steps run: where they are, and by which files they are known.
#
# gives: SEARCH_DIRS, find-program, with-libraries, program-lacking

SEARCH_DIRS := /usr/local/bin /usr/bin /bin
# Usage: $(call find-program,NAME)
# Its path, or nothing.
find-program = $(firstword $(wildcard $(if $(findstring /,$1),$1,$(addsuffix /$1,$(SEARCH_DIRS)))))

# Usage: $(call with-libraries,PATHS), $(call program-libraries,PATHS)
# These programs, with the libraries that do their work: those of LLVM, and that of pahole.
with-libraries    = $1 $(if $1,$(sort $(call program-libraries,$1)))
program-libraries = $(shell ldd $1 2>/dev/null | sed -n 's,.* => \(/[^ ]*/lib\(LLVM\|clang-cpp\|dwarves\)[^ ]*\) .*,\1,p')

# Usage: $(call program-lacking,PROGRAM,USE)
# The error that it is not here, with its package where that has another name; USE tells what it is for.
program-lacking = $(error $1$(comma) which $2$(comma) is not to be found$(if $(findstring /,$1),,$(space)in $(SEARCH_DIRS)): \
                  scripts/bootstrap installs it$(if $(filter pahole,$1),$(space)(package pahole or dwarves)))
