/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The build's own clock. Files that make compares by age get their times from it instead of
 * from the machine's clock: it only ever goes forward, so a clock that jumps back or two
 * changes within one timestamp cannot make something stale look fresh.
 */
#ifndef FS_BUILDCLOCK_H
#define FS_BUILDCLOCK_H

/*
 * Give the file at path the next tick as its modification time. clock is the file that holds
 * the last tick (seconds; ticks start in 2001, so none lies in the future); it is created when
 * missing and locked meanwhile. Returns 0, or -1 with errno.
 */
int buildclockset(const char *clock, const char *path);

/*
 * buildclockset; where there is no file at path, an empty one appears with its tick in one step.
 */
int buildclocktouch(const char *clock, const char *path);

/*
 * See whether files still have the times that they got. If the clock's own file has another,
 * its directory was copied without times, and which file is older says nothing: then the
 * files named stamp in the directories beside it are removed. 0, or -1 with errno.
 */
int buildclockverify(const char *clock);

#endif
