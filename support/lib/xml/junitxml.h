/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The elements of JUnit XML. Each that is opened is closed by xmlclose. */
#ifndef XML_JUNITXML_H
#define XML_JUNITXML_H

#include "xml/xmlwrite.h"

/* What a suite counts. */
struct junitcounts {
	unsigned long tests, failures, errors, skipped;
};

/* Open a testsuite. hostname is where its tests ran. */
void junitsuite(const struct xml *w, const char *name, const char *hostname,
		const struct junitcounts *counts);

/* Open a testcase, which took so many milliseconds; negative ones are 0. */
void junitcase(const struct xml *w, const char *name, const char *classname, long ms);

/* A whole element that says how a test did not pass. message and text may be NULL. */
void junitoutcome(const struct xml *w, const char *element, const char *type, const char *message,
		  const char *text);

#endif
