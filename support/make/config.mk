# SPDX-License-Identifier: GPL-2.0-or-later
# The configuration: front ends of Kconfig, and the .config that they leave in O.
#
# takes: O, BOARD_ROOTS, PACKAGE_ROOTS; KCONFIG_PACKAGE, the package whose sources the front
#        ends are built from when kconfig-frontends is not installed (KCONFIG_FRONTENDS=own
#        has them built in any case); UNRESOLVED=y: .config is
#        taken as it is and no front end is wanted
# gives: the targets menuconfig ..., set (OPTIONS=) and $(O)/.config; KCONF (runs "conf" with its arguments), menu-fits

KCONFIG_DIR := $(O)/kconfig
PATH_DIRS   := $(subst :, ,$(PATH))
KCONFIG_FOUND := $(if $(filter own,$(KCONFIG_FRONTENDS)),,$(firstword $(wildcard $(addsuffix /kconfig-conf,$(PATH_DIRS)))))
KCONFIG_OWN   := $(KCONFIG_DIR)/own

# Usage: $(call kconfig-program,PROGRAM), $(call kconfig-wait,PROGRAM)
# conf, mconf or nconf; and the file to wait for before it can run.
kconfig-program = $(if $(KCONFIG_FOUND),kconfig-$1,$(abspath $(KCONFIG_OWN))/$1)
kconfig-wait    = $(if $(KCONFIG_FOUND)$(UNRESOLVED),,$(KCONFIG_OWN)/$1)

KCONFIG_FILES := Kconfig $(wildcard support/kconfig/*) $(ARCH_FILES)
BOARD_MENUS   := $(call paths,the menu,$(wildcard $(addsuffix /*/Kconfig,$(BOARD_ROOTS))))
# Packages that Kconfig itself does not place in a menu of their own.
PACKAGE_MENUS := $(call paths,the menu,$(filter-out $(subst ",,$(file <Kconfig)),$(wildcard $(addsuffix /*/Kconfig,$(PACKAGE_ROOTS)))))
# Usage: $(call kconfig-sources,FILES)
kconfig-sources = $(call lines,$(foreach f,$1,source "$f"$(newline)))

# The menu that a package is in is named by a line of its Kconfig, '# Menu: Networking'. One without stands below those
# menus. In the words ~MENU=FILE, blanks of MENU are ~, too.

# Usage: $(call kconfig-words,TEXT)
# Each line as one word.
kconfig-words = $(subst $(newline),$(space),$(subst $(space),~,$1))
# Usage: $(call kconfig-title,FILE)
# The menu that FILE names.
kconfig-title = $(patsubst $(hash)~Menu:~%,%,$(firstword $(filter $(hash)~Menu:~%,$(call kconfig-words,$(file <$1)))))
# Usage: $(call kconfig-place,FILE)
# ~MENU=FILE, without what make or Kconfig would read as its own.
kconfig-place = ~$(subst ",,$(subst \,,$(subst $$,,$(subst =,,$(subst %,,$(call kconfig-title,$1))))))=$1
# Usage: $(call kconfig-files-in,MENU,PLACES)
kconfig-files-in = $(patsubst $1=%,%,$(filter $1=%,$2))
# Usage: $(call kconfig-menus-of,PLACES)
# The menus that are named, sorted.
kconfig-menus-of = $(filter-out ~,$(sort $(foreach w,$1,$(call pair-name,$w))))
# Usage: $(call kconfig-menu-text,MENU,PLACES)
define kconfig-menu-text
menu "$(patsubst $(space)%,%,$(subst ~, ,$1))"
$(call kconfig-sources,$(call kconfig-files-in,$1,$2))endmenu

endef
# Usage: $(call kconfig-placed,PLACES)
# The text of packages.in.
kconfig-placed = $(foreach m,$(call kconfig-menus-of,$1),$(call kconfig-menu-text,$m,$1))$(call kconfig-rest,$1)
# Usage: $(call kconfig-rest,PLACES)
# Those without a menu.
kconfig-rest   = $(call kconfig-sources,$(call kconfig-files-in,~,$1))
kconfig-places   = $(foreach f,$(PACKAGE_MENUS),$(call kconfig-place,$f))
kconfig-packages = $(call lines,$(call kconfig-placed,$(filter-out ~Images=%,$(kconfig-places))))
# The text of images.in: menu Images is one of its own.
kconfig-images   = $(call kconfig-sources,$(call kconfig-files-in,~Images,$(kconfig-places)))

# arches.in has a symbol for each architecture, ARCH_<NAME>, which a board selects, and the name, ARCH. What options may
# depend on in place of the names is selected by these symbols: ARCH_STATIC for arch.static, and so ARCH_LLVM, ARCH_EFI
# and ARCH_BIOS; ARCH_32BIT for an arch.bits of 32; ARCH_LACKS_<WORD> for each word of arch.lacks.
# Usage: $(call arch-symbol,ARCHITECTURE)
arch-symbol    = ARCH_$(call upper,$1)
# Usage: $(call arch-words,FILE,KEY)
# The words of a value of a description.
arch-words     = $(wordlist 3,99,$(subst ~,$(space),$(filter arch.$2~%,$(subst =,~=~,$(call kconfig-words,$(file <$1))))))
# Usage: $(call arch-limits,ARCHITECTURE), $(call arch-limits-of,FILE)
# The symbols of what it can and cannot do.
arch-limits    = $(call arch-limits-of,$(firstword $(filter %/$1.arch,$(ARCH_FILES))))
arch-limits-of = $(foreach k,static llvm efi bios,$(if $(call arch-words,$1,$k),ARCH_$(call upper,$k))) \
                 $(if $(filter 32,$(call arch-words,$1,bits)),ARCH_32BIT) \
                 $(foreach w,$(call arch-words,$1,lacks),ARCH_LACKS_$(call upper,$w))
# Those that options may name, whatever architectures there are.
ARCH_LIMITS    := ARCH_STATIC ARCH_LLVM ARCH_EFI ARCH_BIOS ARCH_32BIT
# Usage: $(call arch-select,SYMBOL)
arch-select    = $(newline)	select $1
# Usage: $(call arch-menu,ARCHITECTURE)
define arch-menu
config $(call arch-symbol,$1)
	bool$(call lines,$(foreach s,$(call arch-limits,$1),$(call arch-select,$s)))
	help
	  The board's architecture is $1 ($(filter %/$1.arch,$(ARCH_FILES))).

endef
# Usage: $(call arch-limit-menu,SYMBOL)
define arch-limit-menu
config $1
	bool
	help
	  The board's architecture says so in its description
	  (docs/architectures.md).

endef
# Usage: $(call arch-name,ARCHITECTURE)
arch-name      = $(newline)	default "$1" if $(call arch-symbol,$1)
define kconfig-arches
$(call lines,$(foreach a,$(ARCH_NAMES),$(call arch-menu,$a)))
$(call lines,$(foreach s,$(sort $(ARCH_LIMITS) $(foreach a,$(ARCH_NAMES),$(call arch-limits,$a))),$(call arch-limit-menu,$s)))
config ARCH
	string$(call lines,$(foreach a,$(ARCH_NAMES),$(call arch-name,$a)))
	help
	  The architecture of the board: the name of its description.
endef

# boards.in is one choice of all boards. The front ends find it, arches.in, images.in and packages.in in the directory that
# they run in, the rest below $$srctree: a way that every version of Kconfig knows.
board-menus    = $(foreach f,$(BOARD_MENUS),$(newline)$(file <$f)$(newline))
kconfig-boards = $(subst endchoice,,$(file <support/kconfig/boards))$(board-menus)endchoice
# Usage: $(call kconfig-menu,FILE,TEXT)
kconfig-menu  = $(if $(call stale,$(KCONFIG_DIR)/$1,$2),$(file >$(KCONFIG_DIR)/$1,$2))
kconfig-menus = $(shell mkdir -p $(KCONFIG_DIR))$(kconfig-write)
kconfig-write = $(call kconfig-menu,arches.in,$(kconfig-arches))$(call kconfig-menu,boards.in,$(kconfig-boards))\
                $(call kconfig-menu,packages.in,$(kconfig-packages))$(call kconfig-menu,images.in,$(kconfig-images))

# ---- running a front end ----

# A front end works on a copy of .config: one that is killed, or writes to a full disk, which it does not notice, leaves no
# configuration or half of it. The last line tells that all is there (Kconfig). It does so in a directory of its own:
# another make may do the same just then.
KCONFIG_OURS  := $(abspath $(O))/.config
# What a front end left last.
KCONFIG_LAST  := $(abspath $(KCONFIG_DIR))/last.config
kconfig-begin  = if [ -e $(KCONFIG_OURS) ]; then cp $(KCONFIG_OURS) .config; else rm -f .config; fi
kconfig-same   = [ ! -e .config ] || cmp -s .config $(KCONFIG_OURS)
define kconfig-whole
if $(kconfig-same) || [ "$$(tail -n 1 .config)" = CONFIG_COMPLETE=y ]; then :; else \
	echo "the new configuration was not written as a whole: is the disk full? $(O)/.config is as it was" >&2; exit 1; \
fi
endef
define kconfig-end
if $(kconfig-same); then :; else \
	if [ -e $(KCONFIG_OURS) ]; then ln -f $(KCONFIG_OURS) $(KCONFIG_OURS).old; fi; mv .config $(KCONFIG_OURS); \
fi; \
if [ -e $(KCONFIG_OURS) ]; then cp $(KCONFIG_OURS) $(KCONFIG_LAST); fi
endef

# Usage: $(call kconfig-run,PROGRAM,ARGUMENTS,AFTER,BEFORE)
# Run it in its own directory, with the commands BEFORE before it and AFTER behind it, before .config is replaced.
define kconfig-run
$(kconfig-menus)( dir=$$(mktemp -d $(abspath $(KCONFIG_DIR))/run.XXXXXX) && trap 'rm -rf "$$dir"' EXIT && trap 'exit 130' INT TERM HUP && \
	cp $(KCONFIG_DIR)/*.in "$$dir" && cd "$$dir" && { $(kconfig-begin); } $(if $4,&& { $4; }) && \
	$(KCONFIG_ENV) $(call kconfig-program,$1) $2 $(TOP)/Kconfig && { $(kconfig-whole); } $(if $3,&& { $3; }) && { $(kconfig-end); } )
endef
KCONFIG_ENV := srctree=$(TOP) KCONFIG_CONFIG=.config CONFIG_=CONFIG_
# Usage: $(call KCONF,ARGUMENTS,AFTER,BEFORE)
KCONF = $(call kconfig-run,conf,$1,$2,$3)

# ---- what did not take effect ----

# What a person changed since a front end was last there is held against what comes out: a setting that did not take effect
# is told with the reason, on descriptor 3. Where nothing was changed, a menu was, and all count.

# Usage: $(call kconfig-kmerge,COMMAND[,CONFIGURATION])
kconfig-kmerge   = $(abspath $(TOOLBIN))/kmerge $1 --config "$(or $2,$$dir/.config)" --kconfig $(TOP) --generated "$$dir"
# Usage: $(call kconfig-check,FILE,OPTIONS)
kconfig-check    = ( cd $(TOP) && $(call kconfig-kmerge,check) $2 $1 2>&3 )
kconfig-since    = $$(if [ -e $(KCONFIG_LAST) ] && ! cmp -s $(KCONFIG_LAST) $(O)/.config; then echo --before $(KCONFIG_LAST); fi)
kconfig-complete-after = if [ -e $(KCONFIG_OURS) ]; then $(call kconfig-check,$(O)/.config,$(kconfig-since)); fi
# Usage: $(call kconfig-complete,GOAL)
# oldconfig and olddefconfig make .config complete, from what a person wrote.
kconfig-complete = $(call KCONF,--$1,$(kconfig-complete-after))

# 'make set': in the words of OPTIONS, which is also what the file of them is called.
kconfig-set = $(call KCONF,--olddefconfig >/dev/null,$(set-after),$(set-before))
define set-before
$(call kconfig-kmerge,set,$(KCONFIG_OURS)) -o OPTIONS $(call squote,$(OPTIONS)) 2>&3 && \
	$(abspath $(TOOLBIN))/kmerge merge -o .config .config OPTIONS
endef
define set-after
$(call kconfig-kmerge,check) --strict OPTIONS 2>&3 || { echo "nothing was changed: $(O)/.config is as it was" >&3; exit 1; }; \
	[ ! -e $(KCONFIG_LAST) ] || $(call kconfig-check,$(O)/.config,--before $(KCONFIG_LAST)); \
	$(abspath $(TOOLBIN))/kmerge diff $(KCONFIG_OURS) .config >changed; sed 's/^/  /' changed; \
	[ -s changed ] || echo '  it was so already'
endef

# ---- goals ----

BOARD_DEFCONFIGS := $(call paths,the board,$(wildcard $(addsuffix /*/defconfig,$(BOARD_ROOTS))))
# Usage: $(call board-of,DEFCONFIG)
board-of = $(notdir $(patsubst %/defconfig,%,$1))

# Usage: $(call menu-fits,GOAL,REMEDY)
# An error on a terminal that the menu of GOAL refuses, or that shows half of it. (What menuconfig wants is
# WINDOW_WIDTH_MIN and WINDOW_HEIGHT_MIN in the sources of Linux's lxdialog.)
menu-fits    = $(if $(filter %nconfig,$1),$(call menu-wants,$1,$2,75,20),$(call menu-wants,$1,$2,80,19))
# Usage: $(call menu-wants,GOAL,REMEDY,COLUMNS,LINES), $(call menu-refuse,GOAL,REMEDY,COLUMNS,LINES,SIZE)
menu-wants   = $(call menu-refuse,$1,$2,$3,$4,$(call menu-smaller,$3,$4))
menu-refuse  = $(if $5,$(error $1 wants a terminal of $3 columns and $4 lines$(comma) and this one has $5: $2))
# Usage: $(call menu-smaller,COLUMNS,LINES)
# The size of a terminal that is smaller.
menu-smaller = $(shell set -- $$(stty size 2>/dev/null); \
               [ "$${2:-0}" = 0 ] || { [ "$$2" -ge $1 ] && [ "$$1" -ge $2 ]; } || echo "$$2 and $$1")
MENU_OWN    := 'make config' works here, and 'make set OPTIONS=...'

.PHONY: menuconfig nconfig config oldconfig olddefconfig defconfig savedefconfig \
        allnoconfig allyesconfig randconfig listnewconfig list-defconfigs

menuconfig: | $(call kconfig-wait,mconf)
	@$(call menu-fits,$@,$(MENU_OWN))$(call kconfig-run,mconf)
nconfig: | $(call kconfig-wait,nconf)
	@$(call menu-fits,$@,$(MENU_OWN))$(call kconfig-run,nconf)
config: | $(call kconfig-wait,conf)
	@$(call KCONF,--oldaskconfig)
oldconfig olddefconfig: %: $(TOOLBIN)/kmerge | $(call kconfig-wait,conf)
	@$(call kconfig-complete,$@) 3>&2
listnewconfig allnoconfig allyesconfig randconfig: %: | $(call kconfig-wait,conf)
	@$(call KCONF,--$@)
defconfig: $(BOARD_DEFAULT)_defconfig
savedefconfig: | $(call kconfig-wait,conf)
	@$(call KCONF,--savedefconfig=$(abspath $(O))/defconfig)
	@echo "  wrote $(O)/defconfig"
list-defconfigs:
	@O=$(O) EXTERNAL=$(call squote,$(EXTERNAL)) sh support/make/list-boards.sh $(foreach f,$(BOARD_DEFCONFIGS),$(call board-of,$f))

# Usage: $(call board-symbol,BOARD)
board-symbol = CONFIG_BOARD_$(call upper,$1)
# Usage: $(call board-chosen,DEFCONFIG,BOARD)
# Shell text that tells when a board's defconfig, copied from another's perhaps, chooses another board.
define board-chosen
if [ -e $(abspath $(dir $1))/Kconfig ] && ! grep -q '^$(call board-symbol,$2)=y$$' .config; then \
	echo "$1: it does not choose its own board: write $(call board-symbol,$2)=y there, and no other CONFIG_BOARD_" >&3; \
fi
endef

# Usage: $(eval $(call board-defconfig,DEFCONFIG,BOARD))
# One rule for each board; any other name gets the list.
define board-defconfig
.PHONY: $2_defconfig
$2_defconfig: $$(TOOLBIN)/kmerge | $$(call kconfig-wait,conf)
	@mkdir -p $$(O)
	@$$(call KCONF,--defconfig=$$(abspath $1),$$(call kconfig-check,$1); $$(call board-chosen,$1,$2)) 3>&2
endef
$(foreach f,$(BOARD_DEFCONFIGS),$(eval $(call board-defconfig,$f,$(call board-of,$f))))

%_defconfig:
	@echo $(call squote,there is no board '$*'; make list-defconfigs tells what there is) >&2; exit 1

# Options without a menu: what they depend on is set, too. One that does not take effect leaves .config as
# it was.
.PHONY: set
set: $(TOOLBIN)/kmerge | $(O)/.config $(call kconfig-wait,conf)
	$(if $(strip $(OPTIONS)),,$(error set wants OPTIONS, as in: make set OPTIONS='PACKAGE_LUA=y QEMU_CPUS=2'))
	@$(kconfig-set) 3>&2 2>$(KCONFIG_DIR)/set.log || { grep -v 'changes choice state$$' $(KCONFIG_DIR)/set.log >&2; exit 1; }

# What make asks for when nothing was configured yet.
$(O)/.config: | $(call kconfig-wait,conf)
	@echo "  no configuration in $(O): taking board $(BOARD_DEFAULT) ('make menuconfig' changes it)"
	@mkdir -p $(O)
	@$(call KCONF,--defconfig=$(abspath board/$(BOARD_DEFAULT)/defconfig)) >/dev/null

# The front ends of $(KCONFIG_PACKAGE), for machines that have none packaged. They are kept in the cache that all
# checkouts share (tools.sh). Else the sources are fetched and verified like any package's, in a directory of
# their own and from the mirrors that .config names; only the part that the recipe wants with FRONT_ENDS=y is unpacked.
KCONFIG_SOURCES := $(KCONFIG_DIR)/sources
KCONFIG_BUILD   := $(KCONFIG_DIR)/build
KCONFIG_RECIPE  := package/$(KCONFIG_PACKAGE)/$(KCONFIG_PACKAGE)
# Usage: $(call kconfig-store,ACTION)
kconfig-store    = sh support/make/tools.sh $1 $(CACHE_DEFAULT)/frontends \
                   '$(KCONFIG_RECIPE).mk $(KCONFIG_RECIPE).hash' $(KCONFIG_OWN) $(CC_HOST)
# The configuration that they are fetched with.
define kconfig-fetch-config
{ echo 'CONFIG_PACKAGE_$(call upper,$(KCONFIG_PACKAGE))=y'; \
	grep -sE '^CONFIG_(MIRROR|OFFLINE|POOL|DL_DIR|CACHE_DIR|DL_MIN_RATE|DL_MAX_SIZE)=' $(O)/.config || :; }
endef
# Any architecture will do for them; this one is none.
define kconfig-build
mkdir -p $(KCONFIG_SOURCES)/build/$(KCONFIG_PACKAGE)/src/arch/none; \
: >$(KCONFIG_SOURCES)/build/$(KCONFIG_PACKAGE)/src/arch/none/Makefile; \
env -u MAKEFLAGS -u MAKELEVEL $(MAKE) -C $(KCONFIG_SOURCES)/build/$(KCONFIG_PACKAGE)/src ARCH=none O=$(abspath $(KCONFIG_BUILD)) \
	build_config build_menuconfig build_nconfig >$(KCONFIG_DIR)/own.log 2>&1
endef
define kconfig-failed
tail -n 20 $(KCONFIG_DIR)/own.log | $(shown) >&2; \
	echo "cannot build the front ends: the whole log is $(KCONFIG_DIR)/own.log" >&2; exit 1
endef

ifeq ($(KCONFIG_FOUND)$(UNRESOLVED),)
$(KCONFIG_OWN)/conf $(KCONFIG_OWN)/mconf $(KCONFIG_OWN)/nconf &: | $(TOOLS)
	@+$(call kconfig-store,take) || { set -e; \
	echo "  kconfig-frontends is not installed: building the front ends of $(KCONFIG_PACKAGE)"; \
	mkdir -p $(KCONFIG_SOURCES) $(KCONFIG_OWN); \
	$(kconfig-fetch-config) >$(KCONFIG_SOURCES)/.config; \
	$(MAKE) O=$(KCONFIG_SOURCES) TOOLDIR=$(TOOLDIR) UNRESOLVED=y FRONT_ENDS=y $(KCONFIG_PACKAGE)-unpack; \
	$(kconfig-build) || { $(kconfig-failed); }; \
	cp $(addprefix $(KCONFIG_BUILD)/scripts/kconfig/,conf mconf nconf) $(KCONFIG_OWN); \
	rm -rf $(KCONFIG_BUILD) $(KCONFIG_SOURCES); $(call kconfig-store,keep) || :; }
endif
