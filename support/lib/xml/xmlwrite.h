/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An XML document, element by element. The library (libxml.h) escapes all texts. */
#ifndef XML_XMLWRITE_H
#define XML_XMLWRITE_H

#include "xml/libxml.h"

/* A document that is being written. */
struct xml {
	const struct libxml *lib;
	xmlTextWriterPtr writer;
	xmlBufferPtr text;
};

/* Start a document. Returns 0, or -1 with errno ELIBACC if libxml2 is not there. */
int xmlbegin(struct xml *w);

void xmlopen(const struct xml *w, const char *element);
void xmlclose(const struct xml *w); /* the element that was opened last */

/*
 * An attribute of the element that was opened last, and text in it: valid UTF-8 without control
 * characters but tabs and line feeds, as bufvisible (visible.h) makes it.
 */
void xmlattribute(const struct xml *w, const char *name, const char *text);
void xmlstring(const struct xml *w, const char *text);

/* Write the document to the file at path, atomically, and free it. Returns 0, or -1 with errno. */
int xmlend(struct xml *w, const char *path);

#endif
