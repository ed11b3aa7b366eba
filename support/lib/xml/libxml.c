// SPDX-License-Identifier: GPL-2.0-or-later
#include "libxml.h"

#include <dlfcn.h>
#include <stddef.h>

/* Its interface to programs has a new number from this version on. */
#if LIBXML_VERSION >= 21400
#define LIBXML_FILE "libxml2.so.16"
#else
#define LIBXML_FILE "libxml2.so.2"
#endif

const struct libxml *libxml(void)
{
	static struct libxml lib;
	const struct {
		const char *name;
		void *to;
	} functions[] = {
		{ "xmlBufferCreate", &lib.buffercreate },
		{ "xmlBufferContent", &lib.buffercontent },
		{ "xmlBufferLength", &lib.bufferlength },
		{ "xmlBufferFree", &lib.bufferfree },
		{ "xmlNewTextWriterMemory", &lib.writernew },
		{ "xmlFreeTextWriter", &lib.writerfree },
		{ "xmlTextWriterSetIndent", &lib.indent },
		{ "xmlTextWriterStartDocument", &lib.startdocument },
		{ "xmlTextWriterEndDocument", &lib.enddocument },
		{ "xmlTextWriterStartElement", &lib.startelement },
		{ "xmlTextWriterEndElement", &lib.endelement },
		{ "xmlTextWriterWriteAttribute", &lib.attribute },
		{ "xmlTextWriterWriteString", &lib.string },
	};
	void *handle = dlopen(LIBXML_FILE, RTLD_NOW);

	for (size_t i = 0; handle && i < sizeof(functions) / sizeof(*functions); i++) {
		*(void **)functions[i].to = dlsym(handle, functions[i].name);
		if (!*(void **)functions[i].to)
			return NULL;
	}
	return handle ? &lib : NULL;
}
