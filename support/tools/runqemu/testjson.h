/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The results of tests in the JSON record of a run. */
#ifndef RUNQEMU_TESTJSON_H
#define RUNQEMU_TESTJSON_H

#include <cjson/cJSON.h>

#include "results/tests.h"

/* Add them to the object, as name; null if there are none. */
void testjson(cJSON *to, const char *name, struct results *r);

#endif
