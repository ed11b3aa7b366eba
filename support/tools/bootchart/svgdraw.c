// SPDX-License-Identifier: GPL-2.0-or-later
#include "svgdraw.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

#define CHARACTER 6.6 /* pixels that a character takes, about */

static void pixels(const struct xml *w, const char *name, double n)
{
	char text[32];

	snprintf(text, sizeof(text), "%.2f", n);
	xmlattribute(w, name, text);
}

void svgbegin(const struct xml *w, double width, double height, const char *title)
{
	char box[80];

	snprintf(box, sizeof(box), "0 0 %.0f %.0f", width, height);
	xmlopen(w, "svg");
	xmlattribute(w, "xmlns", "http://www.w3.org/2000/svg");
	xmlattribute(w, "version", "1.1");
	pixels(w, "width", width);
	pixels(w, "height", height);
	xmlattribute(w, "viewBox", box);
	xmlattribute(w, "font-family", "DejaVu Sans, Verdana, Helvetica, sans-serif");
	xmlattribute(w, "font-size", "11");
	xmlopen(w, "title");
	xmlstring(w, title);
	xmlclose(w);
	svgbar(w, 0, 0, width, height, "#ffffff", NULL);
}

void svgbar(const struct xml *w, double x, double y, double width, double height,
	    const char *colour, const char *tip)
{
	xmlopen(w, "rect");
	pixels(w, "x", x);
	pixels(w, "y", y);
	pixels(w, "width", width);
	pixels(w, "height", height);
	xmlattribute(w, "fill", colour);
	if (tip) {
		xmlopen(w, "title");
		xmlstring(w, tip);
		xmlclose(w);
	}
	xmlclose(w);
}

void svgline(const struct xml *w, double x1, double y1, double x2, double y2, const char *colour)
{
	xmlopen(w, "line");
	pixels(w, "x1", x1);
	pixels(w, "y1", y1);
	pixels(w, "x2", x2);
	pixels(w, "y2", y2);
	xmlattribute(w, "stroke", colour);
	xmlclose(w);
}

void svgtext(const struct xml *w, double x, double y, int flags, const char *text)
{
	xmlopen(w, "text");
	pixels(w, "x", x);
	pixels(w, "y", y);
	xmlattribute(w, "fill", TEXT_COLOUR);
	if (flags & SVG_BOLD)
		xmlattribute(w, "font-weight", "bold");
	if (flags & SVG_RIGHT)
		xmlattribute(w, "text-anchor", "end");
	if (flags & SVG_LARGE)
		xmlattribute(w, "font-size", "16");
	xmlstring(w, text);
	xmlclose(w);
}

/* How many characters of UTF-8 text has. */
static size_t characters(const char *text)
{
	size_t n = 0;

	for (; *text; text++)
		n += (*text & 0xc0) != 0x80;
	return n;
}

double svgwidth(const char *text)
{
	return (double)characters(text) * CHARACTER;
}

char *svgcut(const char *text, double width)
{
	size_t room = width > 2 * CHARACTER ? (size_t)(width / CHARACTER) : 2;
	const char *end = text;

	if (characters(text) <= room)
		return xstrdup(text);
	for (size_t n = 0; n < room; end++)
		n += (end[1] & 0xc0) != 0x80;
	return xasprintf("%.*s\xe2\x80\xa6", (int)(end - text), text);
}
