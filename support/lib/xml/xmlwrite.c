// SPDX-License-Identifier: GPL-2.0-or-later
#include "xmlwrite.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "fs/file.h"

/* libxml2 refuses characters that XML has not, of which visible text may have these two. */
static char *fit(const char *text)
{
	char *copy = xstrdup(text);

	for (char *p = copy; (p = strstr(p, "\xef\xbf")); p++)
		if (p[2] == '\xbe' || p[2] == '\xbf')
			p[2] = '\xbd'; /* the replacement character */
	return copy;
}

int xmlbegin(struct xml *w)
{
	w->lib = libxml();
	if (!w->lib) {
		errno = ELIBACC;
		return -1;
	}
	w->text = w->lib->buffercreate();
	w->writer = w->text ? w->lib->writernew(w->text, 0) : NULL;
	if (!w->writer)
		abort(); /* out of memory: like lib/base/buf.h */
	w->lib->indent(w->writer, 1);
	w->lib->startdocument(w->writer, NULL, "UTF-8", NULL);
	return 0;
}

void xmlopen(const struct xml *w, const char *element)
{
	w->lib->startelement(w->writer, BAD_CAST element);
}

void xmlclose(const struct xml *w)
{
	w->lib->endelement(w->writer);
}

void xmlattribute(const struct xml *w, const char *name, const char *text)
{
	char *xml = fit(text);

	w->lib->attribute(w->writer, BAD_CAST name, BAD_CAST xml);
	free(xml);
}

void xmlstring(const struct xml *w, const char *text)
{
	char *xml = fit(text);

	w->lib->string(w->writer, BAD_CAST xml);
	free(xml);
}

int xmlend(struct xml *w, const char *path)
{
	int ret;

	w->lib->enddocument(w->writer);
	w->lib->writerfree(w->writer);
	ret = filewrite(path, w->lib->buffercontent(w->text), (size_t)w->lib->bufferlength(w->text),
			0666);
	w->lib->bufferfree(w->text);
	return ret;
}
