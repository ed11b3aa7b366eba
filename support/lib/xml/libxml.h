/* SPDX-License-Identifier: GPL-2.0-or-later */
/* libxml2, loaded only when XML is to be written: a tool that writes none starts faster. */
#ifndef XML_LIBXML_H
#define XML_LIBXML_H

#include <libxml/xmlwriter.h>

/* The functions of libxml2 with these names, less their prefixes xml and xmlTextWriter. */
struct libxml {
	__typeof__(xmlBufferCreate) *buffercreate;
	__typeof__(xmlBufferContent) *buffercontent;
	__typeof__(xmlBufferLength) *bufferlength;
	__typeof__(xmlBufferFree) *bufferfree;
	__typeof__(xmlNewTextWriterMemory) *writernew;
	__typeof__(xmlFreeTextWriter) *writerfree;
	__typeof__(xmlTextWriterSetIndent) *indent;
	__typeof__(xmlTextWriterStartDocument) *startdocument;
	__typeof__(xmlTextWriterEndDocument) *enddocument;
	__typeof__(xmlTextWriterStartElement) *startelement;
	__typeof__(xmlTextWriterEndElement) *endelement;
	__typeof__(xmlTextWriterWriteAttribute) *attribute;
	__typeof__(xmlTextWriterWriteString) *string;
};

/* Return the functions, or NULL if the library is not there. */
const struct libxml *libxml(void);

#endif
