# SPDX-License-Identifier: GPL-2.0-or-later
# Reject what means nothing here: a variable that is nearly one of ours, one that the goals do not read, a package that is not
# enabled, a goal that does not exist, what others call it. Variables that are near to none of ours are somebody else's.
#
# takes: GIVEN, ENVIRONMENT, ASKED (given.mk), GOALS, TOOLBIN; ALL_PACKAGES, PACKAGES, <package>.prefix (inputs.mk) and
#        KERNEL_PACKAGE (model.mk), where recipes are wanted
# gives: an error for each, with what was meant

# Usage: $(call near,NAME,CANDIDATES)
# The one that was meant; nothing while the tool is not built.
near = $(if $(wildcard $(TOOLBIN)/near),$(shell $(TOOLBIN)/near $(call squote,$1) $2))

# Usage: $(call elsewhere,NAME,PAIRS)
# What NAME, which other builds have, is called here, by pairs NAME:OURS.
elsewhere = $(patsubst $1:%,%,$(filter $1:%,$2))

# ---- variables ----

VARIABLES_ELSEWHERE := $(foreach v,KDIR KSRC KERNELDIR KERNEL_DIR KERNEL_SRC LINUX,$v:LINUX_DIR) \
                       MEM:MEMORY RAM:MEMORY SMP:CPUS CMDLINE:APPEND

PREFIXES    := $(foreach p,$(ALL_PACKAGES),$($p.prefix))
GIVEN_OURS  := $(ENVIRONMENT) $(ASKED) $(PREFIXES:%=%_DIR)
GIVEN_ODD   := $(filter-out $(GIVEN_OURS) CONFIG_% $(PREFIXES:%=%_%),$(GIVEN))
# Of a package's variables most are the recipe's own. One that nearly is its DIR would build a release.
GIVEN_ODDDIR := $(filter-out %_DIR %_DL,$(filter $(PREFIXES:%=%_%),$(GIVEN)))

# Usage: $(call prefix-of,VARIABLE)
prefix-of   = $(foreach p,$(PREFIXES),$(if $(filter $p_%,$1),$p))
# Usage: $(call given-meant,VARIABLE,MEANT)
given-meant = $(if $2,$(error $1= means nothing to Whittle: did you mean $2=?))
# Usage: $(call given-near,VARIABLE), $(call given-other,VARIABLE)
# The one that was meant. Whoever gives ours too, and so in a make that hands its own variables on, has meant both.
given-near  = $(if $(call elsewhere,$1,$(VARIABLES_ELSEWHERE)),$(call given-other,$1),$(call near,$1,$(GIVEN_OURS)))
given-other = $(filter-out $(GIVEN),$(call elsewhere,$1,$(VARIABLES_ELSEWHERE)))
$(foreach v,$(GIVEN_ODD),$(call given-meant,$v,$(call given-near,$v)))
$(foreach v,$(GIVEN_ODDDIR),$(call given-meant,$v,$(call near,$v,$(patsubst %,%_DIR,$(call prefix-of,$v)))))

# The kernel's make has ARCH, and here the board chooses the architecture: another one would be another system.
ARCH_OTHER = $(if $(filter ARCH,$(GIVEN)),$(filter-out $(CONFIG_ARCH) $(arch.kernel) $(arch.srcarch),$(ARCH)))
ifeq ($(INPUTS_READY),y)
ifneq ($(and $(CONFIG_ARCH),$(ARCH_OTHER)),)
$(error ARCH=$(ARCH) means nothing to Whittle: the board $(BOARD) is for $(CONFIG_ARCH), and 'make list-defconfigs' lists others)
endif
endif

# Variables that only these goals read, the likeliest first: without one of them they would do nothing. (A make that
# a make runs has them from that one.)
ASKED_BY := OPTIONS:set RUN:qemu-run:shell:debug:qemu-debug:record:bisect:series:matrix:row:coverage:kcov PKG:explain:size:checkrecipe \
            KERNELS:matrix:row ARCHES:matrix:row:check-packages:%-test BOARDS:matrix:row:check-packages:%-test \
            JUNIT:qemu-run:record:replay-run:coverage:kcov FOLD:qemu-run:coverage:kcov \
            EXPECT:qemu-run:bisect:series:matrix:row:coverage:kcov REPEAT:qemu-run:bisect:series:matrix:row \
            GOOD:bisect BAD:bisect BASE:series RESTART:bisect:series:matrix:coverage ONLY:coverage:kcov DEST:source:source-all \
            CONFIGS:matrix:row RUNS:matrix:row UNCOMMITTED:matrix $(foreach v,SLOTS SCHEDULER SBATCH_ARGS,$v:matrix:bisect) \
            DEVICE:write YES:write FIRMWARE:qemu-run:debug:qemu-debug:coverage:kcov \
            VMLINUX:decode:boot-chart:crash CHART:boot-chart WITH:crash SNAPSHOTS:record
# Usage: $(call asked-idle,VARIABLE,GOALS), $(call asked-error,VARIABLE,GOALS)
asked-idle  = $(if $(and $(filter $1,$(GIVEN)),$($1)),$(if $(filter $2,$(GOALS)),,$(call asked-error,$1,$2)))
asked-error = $(error $1= is for $(subst %,PKG,$(subst $(space),$(comma)$(space),$2)): 'make $(firstword $2) $1=...')
ifeq ($(MAKELEVEL),0)
$(foreach a,$(ASKED_BY),$(call asked-idle,$(firstword $(subst :, ,$a)),$(wordlist 2,19,$(subst :, ,$a))))
endif

# ---- packages ----

# What goals of one package are called, behind its name.
GOAL_ENDS := unpack rebuild reconfigure configure menuconfig nconfig savedefconfig update localmodconfig compile-commands
DISABLED  := $(filter-out $(PACKAGES),$(ALL_PACKAGES))
# Usage: $(call goal-package,GOAL)
# The packages that it may be a goal of.
goal-package = $1 $(foreach e,$(GOAL_ENDS),$(patsubst %-$e,%,$(filter %-$e,$1)))
# Usage: $(call package-disabled,PACKAGE)
package-disabled = $(error $1 is a package, but not enabled: 'make menuconfig', or 'make set OPTIONS=PACKAGE_$($1.prefix)=y')
# Before .config is complete it may lack a package that is enabled by default.
ifeq ($(INPUTS_READY),y)
$(foreach g,$(GOALS),$(foreach p,$(filter $(DISABLED),$(call goal-package,$g)),$(call package-disabled,$p)))
ifneq ($(filter explain size,$(GOALS)),)
$(if $(FILE),,$(foreach p,$(filter $(DISABLED),$(PKG)),$(call package-disabled,$p)))
endif
endif

# ---- goals ----

# Their names stand behind .PHONY in the files of this directory.
goals-phony = $(shell sed -e :a -e '/\\$$/{N;s/\\\n//;ba' -e '}' support/make/*.mk | sed -n 's/^\.PHONY://p' | \
              tr -s ' ' '\n' | grep -x '[a-z][a-z-]*')
goals-known = $(goals-phony) $(foreach f,$(BOARD_DEFCONFIGS),$(call board-of,$f)_defconfig) $(ALL_PACKAGES) \
              $(foreach e,$(GOAL_ENDS) dirclean test,$(ALL_PACKAGES:%=%-$e))

GOALS_ELSEWHERE = $(foreach g,run boot start qemu,$g:qemu-run) \
                  $(foreach g,kernel modules bzImage vmlinux,$(KERNEL_PACKAGE:%=$g:%)) \
                  localmodconfig:$(KERNEL_PACKAGE)-localmodconfig test:check tests:check mrproper:distclean

# Usage: $(call goal-near,GOAL)
goal-near   = $(or $(call elsewhere,$1,$(GOALS_ELSEWHERE)),$(call near,$1,$(goals-known)))
# Usage: $(call goal-remedy,GOAL,MEANT)
goal-remedy = $(if $2,did you mean '$2'?,$(if $(findstring /,$1),$(NO_FILE),'make help' tells what there is))
NO_FILE    := no such file, 'make help' tells the goals
# Usage: $(call no-rule,NAME)
# A goal that does not exist, or a file that a rule needs and that is not there.
no-rule     = $(if $(filter $1,$(GOALS)),$(call no-goal,$1),there is no rule to make '$1'$(comma) $(NO_NEED))
NO_NEED    := which is needed and is not there: was it removed just now
# Usage: $(call no-goal,GOAL)
no-goal     = there is no goal '$1': $(call goal-remedy,$1,$(call goal-near,$1))

.DEFAULT:
	$(error $(call no-rule,$@))
