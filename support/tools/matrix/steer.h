/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A command that says, as rows end, which rows are wanted now. */
#ifndef MATRIX_STEER_H
#define MATRIX_STEER_H

/*
 * Run a line of shell, with the number of lanes as $1, and wait for it. Returns its exit status, or
 * 128 + the signal that ended it; -1 with errno.
 */
int steer(const char *command, unsigned lanes);

#endif
