/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The build clock. Files that make compares by age get their times from it, not from the machine's
 * clock. It only goes forward: a machine clock that jumps back, or two changes within one
 * timestamp, cannot make a stale file look fresh.
 */
#ifndef FS_BUILDCLOCK_H
#define FS_BUILDCLOCK_H

/*
 * Set the modification time of the file at path to the next tick. clock is the file that holds the
 * last tick (in seconds; ticks start in 2001, so none is in the future). It is created if missing,
 * and locked during the call. Returns 0, or -1 with errno.
 */
int buildclockset(const char *clock, const char *path);

/*
 * Like buildclockset; but if path does not exist, create it empty, with the time of its tick, in
 * one atomic step.
 */
int buildclocktouch(const char *clock, const char *path);

/*
 * Check that files still have the times that they were given. If the time of the clock's own file
 * is another, its directory was copied without times, and ages mean nothing: remove the files named
 * stamp in the directories next to the clock. Returns 0, or -1 with errno.
 */
int buildclockverify(const char *clock);

#endif
