# SPDX-License-Identifier: GPL-2.0-or-later
# A run that is recorded, and played again, under gdb, which can also go back in it (docs/record.md). It has nothing to do
# with the tool replay, which runs kbuild's commands again (docs/replay.md).
#
# takes: RUNQEMU, RUN_DIR, RUN_ARGS, LOG_FILE (run.mk), gdb-ready, DEBUG_WAIT, GDB_RUN (debug.mk); RUN=COMMAND, GUEST=NAME,
#        SNAPSHOTS=NUMBER, BREAK=FUNCTION, GDB_PORT=NUMBER, LOG=FILE, JSON=FILE, JUNIT=FILE, TIMEOUT=SECONDS, V=LEVEL
# gives: record, replay, replay-run

# How many of them there are to go back to, besides that of the start.
RECORD_SNAPSHOTS = $(if $(SNAPSHOTS),--snapshots $(call given-number,SNAPSHOTS))

# A guest's name is also that of its recording.
RUN_RECORDING = $(O)/record/$(GUEST)

ifneq ($(and $(filter record,$(GOALS)),$(if $(RUN),,y)),)
$(error record needs RUN='COMMAND': what the guest runs while it is recorded)
endif

RUN_REPLAY_PLAY = $(TOOLBIN)/runqemu --replay $(RUN_RECORDING) --run-dir $(RUN_DIR) --cache $(CACHE_DIR) \
              $(call run-path,json,JSON,$(JSON)) $(call run-path,junit,JUNIT,$(JUNIT)) $(DECODE_RUN) \
              $(if $(TIMEOUT),--timeout $(call given-number,TIMEOUT)) $(if $(filter-out 0,$(V)),--verbose)
RUN_REPLAY_LOG  = $(or $(LOG_FILE),$(O)/run/$(GUEST).console)
RUN_REPLAY_THERE = [ -f $(RUN_RECORDING)/recording.json ] || \
               { echo "there is no recording in $(RUN_RECORDING): make record RUN='COMMAND' makes one" >&2; exit 1; }

# The replay ends with gdb, which has the terminal, and Ctrl-C: the replay's output is in the file.
define RUN_REPLAY_GDB
echo "  the replay's console is in "$(call squote,$(RUN_REPLAY_LOG))"; reverse-continue and reverse-step go back" >&2; \
$(RUN_REPLAY_PLAY) --debug $(if $(GDB_PORT),--gdb-port $(call given-number,GDB_PORT)) --log $(call squote,$(RUN_REPLAY_LOG)) \
	</dev/null >$(RUN_RECORDING)/replay.out 2>&1 & \
guest=$$!; trap 'kill $$guest; exit 130' INT; \
until [ -S $(RUN_DIR)/gdb ]; do \
	kill -0 $$guest 2>/dev/null || { cat $(RUN_RECORDING)/replay.out >&2; exit 1; }; \
	sleep 0.1; \
done; \
trap : INT; ( $(GDB_RUN) ); status=$$?; \
kill $$guest 2>/dev/null; wait $$guest; exit $$status
endef

.PHONY: record replay replay-run
record: images $(EXTRA_NEEDS)
	$(if $(filter-out 0,$(V)),,@)$(RUNQEMU) --record $(RUN_RECORDING) $(RECORD_SNAPSHOTS) $(RUN_ARGS)

# Nothing is built: the kernel must be the one that was recorded.
replay: gdb-ready | $(TOOLS)
	@$(RUN_REPLAY_THERE)
	$(if $(filter-out 0,$(V)),,@)$(RUN_REPLAY_GDB)

replay-run: | $(TOOLS)
	@$(RUN_REPLAY_THERE)
	$(if $(filter-out 0,$(V)),,@)$(RUN_REPLAY_PLAY) $(LOG_SHOWN) $(call run-path,log,LOG,$(LOG_FILE))
