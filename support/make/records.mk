# SPDX-License-Identifier: GPL-2.0-or-later
# Files with the result of a guest. An old one is not to be taken for that of this make, whatever it fails of: it goes
# first of all. Where the command line is wrong or the build fails there is none. No directory is made for a new one.
#
# takes: MAKECMDGOALS, JSON, JUNIT, LOG, CHART, squote and path-home (given.mk)
# gives: record-check

RECORD_GOALS := qemu-run qemu-debug debug record replay replay-run coverage kcov boot-chart series row
record-goals = $(if $(findstring n,$(firstword -$(MAKEFLAGS))),,$(filter $(RECORD_GOALS),$(MAKECMDGOALS)))
# Usage: $(call record-drop,VARIABLE), $(call drop-file,PATH)
record-drop = $(if $($1),$(shell $(call drop-file,$(call squote,$(call path-home,$1,$($1))))))
drop-file   = f=$1; [ ! -f "$$f" ] || [ -L "$$f" ] || rm -f -- "$$f"
$(if $(record-goals),$(call record-drop,JSON)$(call record-drop,JUNIT))

# Usage: $(call record-check,DIRECTORIES)
# An error for a file in a directory that is not there, unless it is one of DIRECTORIES, which are made before it is written.
record-check  = $(if $(filter $(RECORD_GOALS) bisect,$(MAKECMDGOALS)),$(foreach v,$(record-files),$(call record-place,$v,$1)))
# A LOG that boot-chart gets is to be read.
record-files  = JSON JUNIT $(if $(filter boot-chart,$(MAKECMDGOALS)),CHART,$(if $(filter-out y n,$(LOG)),LOG))
# Usage: $(call record-place,VARIABLE,DIRECTORIES), $(call record-no-dir,PATH,DIRECTORIES), $(call record-lost,VARIABLE,DIRECTORY)
record-place  = $(if $($1),$(call record-lost,$1,$(shell $(call record-no-dir,$(call squote,$(call path-home,$1,$($1))),$2))))
record-no-dir = f=$1; d=$${f%/*}; [ "$$d" = "$$f" ] || [ -d "$$d/" ] || case " $2 " in *" $$d "*) ;; *) printf '%s\n' "$$d" ;; esac
record-lost   = $(if $2,$(error $1=$($1): there is no directory $2))
