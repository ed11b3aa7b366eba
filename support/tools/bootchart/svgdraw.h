/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Shapes and texts of an SVG picture. Places and sizes are in pixels, from the left and the top. */
#ifndef BOOTCHART_SVGDRAW_H
#define BOOTCHART_SVGDRAW_H

#include <stddef.h>

#include "xml/xmlwrite.h"

#define TEXT_COLOUR "#222222"

/* Start the picture, on white. Ended by xmlend. */
void svgbegin(const struct xml *w, double width, double height, const char *title);

/* A bar with what is shown for it when the mouse is there; NULL: nothing. */
void svgbar(const struct xml *w, double x, double y, double width, double height,
	    const char *colour, const char *tip);

void svgline(const struct xml *w, double x1, double y1, double x2, double y2, const char *colour);

enum svgtext {
	SVG_PLAIN,
	SVG_BOLD = 1,
	SVG_RIGHT = 2, /* x is where it ends */
	SVG_LARGE = 4,
};

/* A text on the line y; flags are of enum svgtext. */
void svgtext(const struct xml *w, double x, double y, int flags, const char *text);

/* About how wide a plain text will be. */
double svgwidth(const char *text);

/* Return a copy of text, cut to that width. Caller frees. */
char *svgcut(const char *text, double width);

#endif
