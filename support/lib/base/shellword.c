// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/shellword.h"

#include <ctype.h>
#include <string.h>

void shellword(struct buf *out, const char *text)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
				    "%+,-./:=@_";

	if (*text && !text[strspn(text, plain)]) {
		bufputs(out, text);
		return;
	}
	bufputc(out, '\'');
	for (; *text; text++) {
		if (*text == '\'')
			bufputs(out, "'\\''");
		else
			bufputc(out, *text);
	}
	bufputc(out, '\'');
}

void shellquoted(struct buf *out, const char *text)
{
	for (; *text; text++) {
		if (strchr("$`\"\\", *text))
			bufputc(out, '\\');
		bufputc(out, *text);
	}
}

int shellwordnext(const char **text, struct buf *word, bool everywhere)
{
	const char *p = *text;
	char quote = '\0';

	bufclear(word);
	bufputs(word, "");
	while (isspace((unsigned char)*p))
		p++;
	*text = p;
	if (!*p)
		return 0;
	for (; *p && (quote || !isspace((unsigned char)*p)); p++) {
		if (*p == '\\' && p[1] && (everywhere || quote != '\''))
			bufputc(word, *++p);
		else if (*p == quote)
			quote = '\0';
		else if (!quote && (*p == '"' || *p == '\''))
			quote = *p;
		else
			bufputc(word, *p);
	}
	*text = p;
	return quote ? -1 : 1;
}
