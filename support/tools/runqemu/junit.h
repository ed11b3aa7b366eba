/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The results of a run as JUnit XML, as CI systems read it. */
#ifndef RUNQEMU_JUNIT_H
#define RUNQEMU_JUNIT_H

#include "result.h"

/*
 * Write the results to the file at path, atomically: a suite for each test that has subtests, and
 * one with the command itself. Returns 0, or -1 with errno.
 */
int junitwrite(const struct result *r, const char *path);

#endif
