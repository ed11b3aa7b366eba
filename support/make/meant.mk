# SPDX-License-Identifier: GPL-2.0-or-later
# What a person typed that means nothing here: a variable that is nearly one of ours, one that the goals do not
# read, a package that is not enabled, a goal that there is not, what others call it. Variables that are near to none
# of ours are somebody else's.
#
# takes: KERNEL_PACKAGE (package.mk), GIVEN, ENVIRONMENT, ASKED (given.mk), GOALS, TOOLBIN; ALL_PACKAGES, PACKAGES, UP_<package>
#        (inputs.mk), where recipes are wanted
# gives: an error for each, with what was meant

# $(call near,NAME,CANDIDATES): the one that was meant; nothing while the tool is not built.
near = $(if $(wildcard $(TOOLBIN)/near),$(shell $(TOOLBIN)/near $(call squote,$1) $2))

# $(call elsewhere,NAME,PAIRS): what NAME, which other builds have, is called here, by pairs NAME:OURS.
elsewhere = $(patsubst $1:%,%,$(filter $1:%,$2))

# ---- variables ----

VARIABLES_ELSEWHERE := $(foreach v,KDIR KSRC KERNELDIR KERNEL_DIR KERNEL_SRC LINUX,$v:LINUX_DIR) MEM:MEMORY RAM:MEMORY SMP:CPUS CMDLINE:APPEND

PREFIXES    := $(foreach p,$(ALL_PACKAGES),$(UP_$p))
GIVEN_OURS  := $(ENVIRONMENT) $(ASKED) $(PREFIXES:%=%_DIR)
GIVEN_ODD   := $(filter-out $(GIVEN_OURS) CONFIG_% $(PREFIXES:%=%_%),$(GIVEN))
# Of a package's variables most are the recipe's own. One that nearly is its DIR would build a release.
GIVEN_ODDDIR := $(filter-out %_DIR %_DL,$(filter $(PREFIXES:%=%_%),$(GIVEN)))

given-meant = $(if $2,$(error $1= means nothing to Whittle: did you mean $2=?))
# Whoever gives ours too, and so in a make that hands its own variables on, has meant both.
given-near  = $(if $(call elsewhere,$1,$(VARIABLES_ELSEWHERE)),$(filter-out $(GIVEN),$(call elsewhere,$1,$(VARIABLES_ELSEWHERE))),$(call near,$1,$(GIVEN_OURS)))
$(foreach v,$(GIVEN_ODD),$(call given-meant,$v,$(call given-near,$v)))
$(foreach v,$(GIVEN_ODDDIR),$(call given-meant,$v,$(call near,$v,$(filter $(foreach p,$(PREFIXES),$(if $(filter $p_%,$v),$p_DIR)),$(PREFIXES:%=%_DIR)))))

# Variables that only these goals read, the likeliest first: without one of them they would do nothing. (A make that
# a make runs has them from that one.)
ASKED_BY := OPTIONS:set RUN:qemu-run:shell:debug:qemu-debug:bisect:matrix PKG:explain:size:checkrecipe KERNELS:matrix GOOD:bisect BAD:bisect DEST:source:source-all
asked-idle = $(if $(and $(filter $1,$(GIVEN)),$($1)),$(if $(filter $2,$(GOALS)),,$(error $1= is for $(subst $(space),$(comma)$(space),$2): 'make $(firstword $2) $1=...')))
ifeq ($(MAKELEVEL),0)
$(foreach a,$(ASKED_BY),$(call asked-idle,$(firstword $(subst :, ,$a)),$(wordlist 2,9,$(subst :, ,$a))))
endif

# ---- packages ----

# What goals of one package are called, behind its name.
GOAL_ENDS := unpack rebuild reconfigure configure menuconfig nconfig savedefconfig update localmodconfig
DISABLED  := $(filter-out $(PACKAGES),$(ALL_PACKAGES))
goal-package = $1 $(foreach e,$(GOAL_ENDS),$(patsubst %-$e,%,$(filter %-$e,$1)))
package-disabled = $(error $1 is a package, but not enabled: 'make menuconfig', or 'make set OPTIONS=PACKAGE_$(UP_$1)=y')
$(foreach g,$(GOALS),$(foreach p,$(filter $(DISABLED),$(call goal-package,$g)),$(call package-disabled,$p)))
$(if $(filter explain size,$(GOALS)),$(if $(FILE),,$(foreach p,$(filter $(DISABLED),$(PKG)),$(call package-disabled,$p))))

# ---- goals ----

# Their names stand behind .PHONY in the files of this directory.
goals-phony = $(shell sed -e :a -e '/\\$$/{N;s/\\\n//;ba' -e '}' support/make/*.mk | sed -n 's/^\.PHONY://p' | tr -s ' ' '\n' | grep -x '[a-z][a-z-]*')
goals-known = $(goals-phony) $(foreach f,$(BOARD_DEFCONFIGS),$(call board-of,$f)_defconfig) $(ALL_PACKAGES) $(foreach e,$(GOAL_ENDS) dirclean test,$(ALL_PACKAGES:%=%-$e))
GOALS_ELSEWHERE = $(foreach g,run boot start qemu,$g:qemu-run) $(foreach g,kernel modules bzImage vmlinux,$(KERNEL_PACKAGE:%=$g:%)) \
                  localmodconfig:$(KERNEL_PACKAGE)-localmodconfig test:check tests:check mrproper:distclean
goal-near   = $(or $(call elsewhere,$1,$(GOALS_ELSEWHERE)),$(call near,$1,$(goals-known)))
goal-meant  = there is no goal '$1': $(if $2,did you mean '$2'?,$(if $(filter-out $(subst /,,$1),$1),no such file$(comma) 'make help' tells the goals,'make help' tells what there is))

# What has no rule: a goal, or a file that a rule needs and that is not there.
.DEFAULT:
	$(error $(if $(filter $@,$(GOALS)),$(call goal-meant,$@,$(call goal-near,$@)),there is no rule to make '$@'$(comma) which is needed and is not there: was it removed just now))
