# SPDX-License-Identifier: GPL-2.0-or-later
# Text from outside: the command line, the environment, and names of files. It is never run.
#
# - Text of the command line is literal: make does not expand it, here or when it exports it.
# - From the environment the engine takes the variables of ENVIRONMENT and no others: what it reads
#   under another name comes from recipes, .config or the command line.
# - A path that make or the shell cannot take is refused by name (path, paths).
#
# takes: the command line and the environment
# gives: GIVEN (names of the variables that a person has set), ENVIRONMENT, GUEST_VARIABLES, ASKED,
#        the functions take, forget, path, paths, given-path, given-paths, given-number, squote

GIVEN := $(strip $(foreach v,$(.VARIABLES),$(if $(filter command,$(origin $v)),$v)))
$(foreach v,$(GIVEN),$(eval override $$v := $$(value $v)))

# What a person may set in the environment (docs/variables.md). Other programs read more of it; the
# engine does not.
ENVIRONMENT := HOME PATH XDG_CACHE_HOME TMPDIR SOURCE_DATE_EPOCH O V EXTERNAL \
               CC_HOST HOST_CFLAGS HOST_LDFLAGS SANITIZE DEVELOPER WHITTLE_HELD GITHUB_ACTIONS GITLAB_CI CRASH CRASH_MAX

# Usage: $(call take,NAMES), $(eval $(call take-one,NAME))
# Variables of the environment with these names count, as the text that they are.
take = $(foreach v,$1,$(if $(filter environment,$(origin $v)),$(eval $(call take-one,$v))))
define take-one
GIVEN += $1
$1 := $$(value $1)
endef
$(call take,$(ENVIRONMENT))

# What a guest is asked for; 'make bisect', 'series', 'row' and 'matrix' hand it on.
GUEST_VARIABLES := RUN TIMEOUT STRICT KERNEL MODULES SHARE PORTS NET VSOCK INITRAMFS_EXTRA CPUS MEMORY NUMA APPEND DISK \
                   BOOT FIRMWARE KEEP ROOT ROOT_HIDE GUEST_USER LOG EXPECT REPEAT

# What a goal is asked with, on the command line only; the last line is for the engine's own makes.
ASKED := $(GUEST_VARIABLES) LLVM JSON JUNIT FOLD GUEST SNAPSHOTS BREAK VMLINUX CHART WITH GDB GDB_PORT GDB_ARGS \
         A B DEVICE YES DIR FILE DEST PREFIX DESTDIR PKG OPTIONS LSMOD P T SECONDS BENCH GOOD BAD BASE RESTART ONLY \
         KERNELS ARCHES BOARDS CONFIGS RUNS SLOTS HOSTS UNCOMMITTED SSH_CONFIG SCHEDULER SBATCH_ARGS \
         SANDBOX REPLAY CACHE_TRUST CACHE_KEY \
         KCONFIG_FRONTENDS BOOT_ONLY UNRESOLVED LOCAL_UNCHECKED TOOLDIR ROOTFS_CONSUMERS FRONT_ENDS

# Usage: $(call forget,PATTERNS)
# All others with these names are as none, here and in what make runs. The engine reads these names without having set
# them.
forget = $(foreach v,$(filter-out $(GIVEN),$(filter $1,$(.VARIABLES))),$(call forget-one,$v))
# Usage: $(call forget-one,NAME)
forget-one = $(if $(filter environment,$(origin $1)),$(eval override undefine $$1))
$(call forget,\
	$(ASKED) CONFIG_% SHA256_% DIGEST_% CONFIGS_% %.prefix implied-deps-% mode-of-% rootfs-of-% ALL_% BOARD_% AGAIN_% TYPE_% \
	LIBS_% GIT_PACKAGES FETCH_FOR FETCHED SOURCES_NEEDED SOURCES CROSS_PREFIX BOOK_REFUSED env-% before-% after-% \
	MIXED_GOALS WRITES UNLOCKED LOADING TOOLS_% UNIT_% INPUTS_READY PACKAGES KCONFIG_DIGEST TABLES_DIGEST GIT_STATE_% \
	HOST_MACHINE ARCH_% LIBGCC arch.% machine.% packages.% firmware.% EXTRA_NEEDS IMAGES_WHY %.title %.recipe %.src %.unpacks)

# ---- paths ----

# What make, the shell or the engine's own lists (NAME=PATH, DIR:DIR) would take for something else.
PATH_UNFIT := % : = \# $$ " ' \ ` ( ) [ ] { } & | ; < > * ?

# Usage: $(call path,WHAT,PATH)
# PATH, with ~/ at its start being $HOME/. WHAT tells a person where it comes from. A PATH that is not one word, or has a
# character of PATH_UNFIT in it, is an error.
path = $(call path-check,$1,$2)$(call path-home,$1,$2)
# Usage: $(call path-check,WHAT,PATH), $(call path-bad,WHAT,PATH,REASON)
path-check = $(if $(filter-out 1,$(words x$2x)),$(call path-bad,$1,$2,white space))$(call path-fit,$1,$2,$(call path-unfit,$2))
path-bad   = $(error $1 "$2" has $3 in it, which make or the shell would take for something else: rename or move it)
# Usage: $(call path-unfit,PATH), $(call path-fit,WHAT,PATH,UNFIT)
# The characters of PATH_UNFIT that are in PATH; none may be.
path-unfit = $(strip $(foreach c,$(PATH_UNFIT),$(findstring $c,$1)))
path-fit   = $(if $3,$(call path-bad,$1,$2,the character $(firstword $3)))
# Usage: $(call path-home,WHAT,PATH), $(call path-tilde,WHAT,PATH)
# PATH with $HOME/ for ~/. A shell that left another ~ there is told of.
path-home  = $(if $(filter ~ ~/%,$2),$(HOME)$(2:~%=%),$(if $(filter ~%,$2),$(call path-tilde,$1,$2),$2))
path-tilde = $(error $1 "$2" begins with ~, which your shell left as it is: write the directory itself)

# Usage: $(call paths,WHAT,PATHS)
# The same for each of several words.
paths = $(foreach p,$2,$(call path,$1,$p))

# Usage: $(call given-path,VARIABLE), $(call given-paths,VARIABLE)
# Its value, checked like that.
given-path  = $(if $($1),$(call path,$1,$($1)))
given-paths = $(call paths,$1,$($1))

# ---- numbers ----

# Usage: $(call given-number,VARIABLE)
# Its value, a whole number if there is one; anything else is an error.
given-number = $(if $(call without,$(DIGITS),$($1)),$(error $1=$($1): a whole number is expected),$($1))
DIGITS := 0 1 2 3 4 5 6 7 8 9
# Usage: $(call without,CHARACTERS,TEXT)
# TEXT less all of CHARACTERS.
without = $(if $1,$(call without,$(wordlist 2,$(words $1),$1),$(subst $(firstword $1),,$2)),$2)

# ---- words of the shell ----

define newline


endef

# Usage: $(call squote,TEXT)
# TEXT as one word of a shell command; of a recipe's one line, if TEXT has several.
squote = $(if $(findstring $(newline),$1),$(call squote-lines,$1),$(call squote-word,$1))
# Usage: $(call squote-word,TEXT), $(call squote-lines,TEXT)
squote-word  = '$(subst ','\'',$1)'
squote-lines = "$$(printf '%b' $(call squote-word,$(subst $(newline),\n,$(subst \,\\,$1))))"
